import type { Logger } from '../../core/logger.ts';
import type { KnownDocuments, RevisionsWanted } from '../contract.ts';
import type { JiraCheckpoint } from './checkpoint.ts';
import type { JiraClient } from './client.ts';
import type { Excluded } from './exclude.ts';
import type { FieldDirectory } from './fields.ts';
import type { PeopleDirectory } from './people.ts';
import type { Namers } from './relations.ts';
import type { Listing } from './views.ts';

/** What the configuration says about the source, and the means to read it. */
export interface JiraSite {
  readonly source: string;
  readonly siteUrl: string;
  readonly client: JiraClient;
  readonly log: Logger;
  readonly views: Readonly<Record<string, string>>;
  readonly comments: boolean;
  readonly includeRestricted: boolean;
  /** Ids and keys of tickets to leave out. */
  readonly exclude: readonly string[];
  /** Names of the custom fields to show; all without it. */
  readonly fields: readonly string[] | undefined;
}

/** One run's progress. */
export interface Run extends JiraSite {
  readonly known: KnownDocuments;
  readonly signal: AbortSignal;
  /** Which former states of the issues are told. */
  readonly revisions: RevisionsWanted | undefined;
  readonly listing: Listing;
  readonly excluded: Excluded;
  readonly people: PeopleDirectory;
  /** Undefined when the service did not tell; each issue's own `names` are used then. */
  readonly directory: FieldDirectory | undefined;
  /** What the run begins with. */
  readonly checkpoint: JiraCheckpoint;
  /** To be read in this run. */
  readonly wanted: ReadonlySet<string>;
  /** Read in this run, with whatever result. */
  readonly handled: Set<string>;
  readonly failed: Set<string>;
  /** Issues that are no documents, as others may name them: id to `updated`. */
  readonly withheld: Readonly<Record<'restricted' | 'excluded', Map<string, string>>>;
  /** Ids whose documents' links are outdated: their key changed, or they are gone. */
  readonly displaced: Set<string>;
  /** Issues whose sub-tasks or links came or went, which their own `updated` may not tell. */
  readonly outdated: Set<string>;
  /** Known issues that no listing has and that are still there: a view lost them, or can't be told of. */
  readonly missed: Set<string>;
  readonly namers: Namers;
}
