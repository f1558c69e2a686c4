import type { SlackSource } from '../../config/sources/slack.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { SlackClient } from './client.ts';

/** The workspace as the connection showed it. */
export interface Workspace {
  /** Such as `https://acme.slack.com`. */
  readonly site: string;
  /** Its name in addresses, such as `acme`. */
  readonly domain: string;
}

/** What the configuration says of the source, and the means to read it. */
export interface SlackReader {
  readonly config: SlackSource;
  readonly workspace: Workspace;
  readonly client: SlackClient;
  readonly clock: Clock;
  readonly log: Logger;
}
