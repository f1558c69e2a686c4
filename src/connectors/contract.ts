import type { Clock } from '../core/clock.ts';
import type { Facts, SourceAttachment, SourceDocument } from '../core/document.ts';
import type { CtxError } from '../core/errors/index.ts';
import type { LocalFiles } from '../core/local-files.ts';
import type { Logger } from '../core/logger.ts';
import type { Plain } from '../core/plain.ts';
import type { SourceRepositories } from '../core/source-repositories.ts';
import type { Network } from '../http/network.ts';

/**
 * Why a document is known to be gone: each is a successful answer of the source, never an absence, or (`excluded`) the
 * configuration's own word.
 */
export type DeleteReason =
  | 'trashed'
  | 'archived'
  | 'purged'
  | 'moved-out'
  | 'left-views'
  | 'restricted'
  | 'excluded';

/** What a source remembers between runs: facts of the source, small, and fit for YAML. Never the clock. */
export type Checkpoint = { readonly [key: string]: Plain };

/**
 * What a connector tells of its source, in any order but for `complete`, which comes after everything of its
 * scope. A document that no event names and whose scopes are all complete is gone; without `complete` it stays.
 */
export type SourceEvent =
  /** What a document was at a former time; told before its `upsert`, the oldest first. Only if `revisions` asks for it. */
  | { readonly type: 'revision'; readonly document: SourceDocument; readonly revision: Revision }
  /** How many documents the run will read or pass over, once that is known; for progress alone. */
  | { readonly type: 'expect'; readonly documents: number }
  /** A new or changed document. `revision` says whose change made it what it is, where the source tells. */
  | { readonly type: 'upsert'; readonly document: SourceDocument; readonly revision?: Revision }
  /** Listed and unchanged: no body was requested. */
  | { readonly type: 'present'; readonly id: string }
  /** Positive evidence that the document is gone from what we sync; ids that are not known are passed over. */
  | { readonly type: 'delete'; readonly id: string; readonly reason: DeleteReason }
  /** Every document of the scope has been named: the listing ended as the API says that it ends. */
  | { readonly type: 'complete'; readonly scope: string }
  /** One document (`id`) or a whole scope could not be read; what is in the repository stays. */
  | { readonly type: 'failed'; readonly id?: string; readonly scope?: string; readonly error: CtxError }
  /**
   * If the run is interrupted after this, another can go on from this checkpoint, with all that was delivered before as
   * known. Asked for at once, or not at all.
   */
  | { readonly type: 'resumable'; readonly checkpoint: () => Checkpoint }
  /** Replaces the checkpoint when everything before it has been committed. */
  | { readonly type: 'checkpoint'; readonly value: Checkpoint };

/** One change of a document in its source: when, by whom, and what they said or did. */
export interface Revision {
  /** ISO 8601 in UTC. */
  readonly date: string;
  /** Unknown for changes that the service made itself or does not tell the author of. */
  readonly author?: { readonly id: string; readonly name: string };
  /** In words, such as `status To Do → Done`, or what the author noted. */
  readonly message?: string;
  /** The source's own number of it. */
  readonly number?: number;
  /** Where the source shows it. */
  readonly url?: string;
}

/** Which former states of documents to deliver. Of known documents, it is those that came after the known one. */
export interface RevisionsWanted {
  /** Of new documents: those after this time (ISO 8601), and the one that was current then; without it, all. */
  readonly since?: string;
  /** Of new documents, no more than the last so many. */
  readonly max?: number;
  /** Take every document for a new one. */
  readonly anew: boolean;
}

/** The documents of one source as the repository holds them before the run, and an interrupted run had read them. */
export interface KnownDocuments {
  get(id: string): Facts | undefined;
  /** Whether the repository itself has it. */
  isInRepository(id: string): boolean;
  values(): Iterable<Facts>;
  readonly size: number;
  /**
   * The ids of documents whose text links to this document, or to a file of it that the repository has not; of a name that
   * no document has, the ids of those whose links call it.
   */
  linkingTo(idOrName: string): Iterable<string>;
}

export interface ChangesOptions {
  /** Absent in a first build. */
  readonly checkpoint: Checkpoint | undefined;
  readonly known: KnownDocuments;
  /** Fetch and render every document, changed or not. */
  readonly full: boolean;
  /** Ids of documents to deliver anew, changed or not: the pipeline could not take them when they last came. */
  readonly again?: readonly string[];
  /** Without it, documents come as they are now. */
  readonly revisions?: RevisionsWanted;
  readonly signal: AbortSignal;
}

/** Where a document lives, before names are made unique. */
export interface Placement {
  /** Fixed folders below the source's own, such as `['ENG']` or `['ASSIGNED']`; at least one, since the index is of the first. */
  readonly folder: readonly [string, ...string[]];
  /** The id of a document or container that this one is shown under, if that one is laid out too. */
  readonly parent?: string;
  /** What the file's name is made from: slugged, behind `prefix`, which stays as it is (a ticket's key). */
  readonly name: string;
  readonly prefix?: string;
  /** The subfolder to use when the folder would hold too many entries, such as a year and month. */
  readonly shard: string;
  /** True for the document whose children stay in its own folder, such as a space's home page. */
  readonly root?: boolean;
}

/** A link's target, known by name whether or not it is synced. */
export interface Reference {
  /** One of the target's `names`. A document's own `url` resolves to one of its own names. */
  readonly name: string;
  /** The address of that name, a function of the name alone, for targets that are not in the repository. */
  readonly url: string;
  /** The fragment asked for, without `#`. */
  readonly anchor?: string;
}

/** A node of the source's tree that is not a document but gives its children a folder. */
export interface Container {
  readonly id: string;
  readonly title: string;
  readonly folder: Placement['folder'];
  readonly parent?: string;
}

/**
 * What can be said of a source's documents from the repository alone, without a request. The pipeline lays out,
 * links and removes by these, for documents of this run and of earlier ones alike.
 */
export interface SourceModel {
  readonly source: string;
  /** What its folders hold and what its frontmatter has of its own, in markdown of a line or a few: for `AGENTS.md`. */
  readonly layout: string;
  placement(facts: Facts): Placement;
  containers(checkpoint: Checkpoint | undefined): Iterable<Container>;
  /** The listings a document appears in; it is gone when all of them are complete and none named it. */
  scopes(facts: Facts): readonly string[];
  /** The names by which links may call the document, unique over all sources, such as `jira:ACME-12`. */
  names(facts: Facts): readonly string[];
  /** What a URL calls; undefined for URLs that name no document of such a source. */
  resolve(url: URL): Reference | undefined;
  /** The id of the document that the file at an address is attached to, where the address tells. */
  fileOwner?(url: URL): string | undefined;
}

/** Which files the repository keeps. `referenced`: those that a document's text shows or links to. */
export interface AttachmentPolicy {
  readonly keep: 'referenced' | 'all' | 'none';
  /** In bytes. */
  readonly maxBytes: number;
}

/** Takes a file's bytes as they come; called anew, from the first byte on, when an attempt broke. */
export type AttachmentSink<T> = (bytes: AsyncIterable<Uint8Array>) => Promise<T>;

/** What a source says when it is asked whether a run would succeed. */
export interface Probe {
  /** In words and numbers, such as `signed in as Ada` or `3 spaces`. */
  readonly found: readonly string[];
  /** What a run would stumble over: what is named and not there, what the credentials may not do. */
  readonly problems: readonly CtxError[];
}

/** Something of a service that a configuration may name, such as a space. */
export interface Offer {
  readonly kind: 'space' | 'project';
  readonly key: string;
  readonly name: string;
}

/** One configured source, ready to be read. Holds no document between events. */
export interface Connector {
  readonly model: SourceModel;
  /** Changes when the same answers would be rendered to other text: by the configuration or by a new renderer. */
  readonly fingerprint: string;
  /**
   * Streams what changed. It throws only when nothing of the source can be trusted (wrong address, refused
   * credentials); everything smaller is a `failed` event.
   */
  changes(options: ChangesOptions): AsyncIterable<SourceEvent>;
  /** Tries with few requests, and without reading a document, what a run needs. Throws like `changes`. */
  probe(): Promise<Probe>;
  /** All that the credentials can see and the configuration could name; absent where there are no such names. */
  offers?(): AsyncIterable<Offer>;
  /**
   * The same source as if it had nothing but one document, called by its id, its key or its address, for its `changes`; undefined
   * for what calls none of this source. Fails with `source.not-found`. Absent where documents are not read singly.
   */
  one?(name: string): Promise<Pick<Connector, 'changes'> | undefined>;
  readonly attachments: AttachmentPolicy;
  /**
   * Fetches a file of this version and answers what `sink` made of it. Fails with `http.too-large` beyond
   * `attachments.maxBytes`, with `http.not-found` when it is gone, and with what the sink throws.
   */
  download<T>(attachment: SourceAttachment, sink: AttachmentSink<T>): Promise<T>;
  /** Requests sent so far, retries included. */
  readonly requests: number;
  close(): Promise<void>;
}

export interface ConnectorEnvironment {
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** What the sources of a run share of the services that they read; a source that gets none has its own. */
  readonly network?: Network;
  /** The files of this machine. */
  readonly files: LocalFiles;
  /** Git repositories, of this machine and elsewhere. */
  readonly repositories: SourceRepositories;
}

/**
 * A connector's entry in the registry; `Config` is its validated section of the configuration. `open` reaches the
 * service once, so that a wrong address or a refused credential is said before anything else.
 */
export interface ConnectorDefinition<Config> {
  readonly type: string;
  open(config: Config, environment: ConnectorEnvironment): Promise<Connector>;
  /** Needs no configuration, so that documents of a source that is skipped are still laid out and linked. */
  model(source: string): SourceModel;
}
