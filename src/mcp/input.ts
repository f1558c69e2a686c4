import { z } from 'zod';

/*
 * What tools are asked with. Their list is in every conversation, so that a description says what its name does not, and no more.
 */

export const since = z.string().max(100);
export const cursor = z.string().max(200).describe('From the last answer').optional();
export const limit = (most: number, normal: number) => z.int().min(1).max(most).default(normal);
export const maxTokens = (normal: number) => z.int().min(500).max(100_000).default(normal);
/** A document's name; longer ones are none. */
export const name = z.string().min(1).max(2_000);
export const names = z.array(z.string().max(200)).min(1).max(50).optional();
