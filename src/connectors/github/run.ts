import type { GithubSource } from '../../config/sources/github.ts';
import type { Clock } from '../../core/clock.ts';
import type { Facts } from '../../core/document.ts';
import type { Logger } from '../../core/logger.ts';
import type { ChangesOptions, SourceModel } from '../contract.ts';
import type { PendingKind } from './checkpoint.ts';
import type { GithubClient } from './client.ts';
import type { Views } from './views.ts';

/** What the configuration says of the source, and the means to read it. */
export interface GithubReader {
  readonly config: GithubSource;
  readonly client: GithubClient;
  readonly clock: Clock;
  readonly log: Logger;
}

/** One run, and what it found out so far. */
export interface Run extends GithubReader {
  readonly options: ChangesOptions;
  readonly views: Views;
  /** By the repository's id. */
  readonly progress: Map<string, Progress>;
  /** What of documents that only searches find is to be read. */
  readonly pending: Map<string, PendingKind>;
  /** Ids of documents that an event has named. */
  readonly named: Set<string>;
  /** Ids of known documents that are there, and were not read; each with the id of the repository that is read for it. */
  readonly unchanged: Map<string, string | undefined>;
  readonly model: SourceModel;
  /** The known document that links call by a name. */
  readonly idOf: (name: string) => string | undefined;
  /** Whether a document names somebody who is called otherwise now. */
  readonly hasOldNames: (facts: Facts) => boolean;
}

/** What is remembered of a repository, while a run adds to it. */
export interface Progress {
  updated?: string | undefined;
  discussions?: string | undefined;
  unread?: { readonly items: number; readonly discussions: number } | undefined;
  /** To be read, by this run or by another. */
  readonly pending: Map<string, PendingKind>;
}

/** What tells whether the configuration leaves a document out. */
export function isExcluded(
  { exclude }: Pick<GithubSource, 'exclude'>,
  id: string,
  key: string | undefined,
): boolean {
  return exclude.includes(id) || (key !== undefined && exclude.includes(key));
}
