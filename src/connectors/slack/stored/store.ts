import type { Facts } from '../../../core/document.ts';
import type { Checkpoint } from '../../contract.ts';

/** What the repository has of a source, as of one commit. */
export interface Store {
  readonly checkpoint: Checkpoint | undefined;
  /** The connector's own, under which the documents were rendered. */
  readonly fingerprint: string | undefined;
  /** Ids of documents that are not as the source has them: they could not be written anew. */
  readonly again: readonly string[];
  /** By id. */
  readonly documents: ReadonlyMap<string, Facts>;
  /** The texts of documents, streamed. */
  read(ids: Iterable<string>): AsyncIterable<StoredDocument>;
}

export interface StoredDocument {
  readonly facts: Facts;
  readonly body: string;
  /** The address that a link of the text stands for, if it leads to another file of the repository. */
  readonly addressOf: (destination: string) => string;
}
