import type { DocumentWithChunks } from '../store/store.ts';

/** A file of a collection's commit. */
export interface CollectedFile {
  readonly path: string;
  readonly blob: string;
}

/** That the commit has a file, or none any more, where the one before had another. */
export interface FileChange {
  readonly path: string;
  readonly blob: string | null;
}

/** The files of one commit of a repository, and how they become documents of the index. */
export interface Collection {
  /** `context`, or a code repository's name. */
  readonly name: string;
  /** The commit. */
  readonly head: string;
  /** The path that a file has in the index. */
  indexed(path: string): string;
  /** What differs from another commit; undefined where nothing is known of that one. */
  changesSince(commit: string): Promise<AsyncIterable<FileChange> | undefined>;
  /** All files that may be documents. A listing that ends is whole. */
  files(): AsyncIterable<CollectedFile>;
  /** Reads files and cuts them, in the order asked for; null for one that is no document of the index. */
  read(
    files: readonly CollectedFile[],
  ): AsyncIterable<{ readonly file: CollectedFile; readonly document: DocumentWithChunks | null }>;
}

/** The repository's own documents. */
export const CONTEXT = 'context';
