import type { Facts } from '../../core/document.ts';
import { isRenamed } from '../renamed.ts';
import type { Listed } from './listing.ts';

/** Whether links by title call the document by another name now. */
export function calledOtherwise(facts: Facts, { title, space }: Listed): boolean {
  return facts.space !== space.key || isRenamed(facts.title, title);
}
