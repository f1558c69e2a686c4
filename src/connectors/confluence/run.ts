import type { ConfluenceSource } from '../../config/sources/confluence.ts';
import type { Logger } from '../../core/logger.ts';
import type { ChangesOptions } from '../contract.ts';
import type { ConfluenceClient } from './client.ts';

/** What the configuration says about the source, and the means to read it. */
export interface ConfluenceSite {
  readonly config: ConfluenceSource;
  readonly client: ConfluenceClient;
  readonly siteUrl: string;
  readonly log: Logger;
}

export interface ConfluenceRunOptions extends ChangesOptions, ConfluenceSite {}
