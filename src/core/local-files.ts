/** A file of this machine, as its folder lists it. */
export interface LocalFile {
  /** Absolute. */
  readonly path: string;
  /** Below the folder that was asked for, `/` between segments; of a single file its own name. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When its content was last written, in milliseconds. */
  readonly modified: number;
}

/** What a source may read of this machine: a mailbox, an export, a folder of notes. Never writes. */
export interface LocalFiles {
  /** The user's home folder, without symbolic links. */
  readonly home: string;
  /**
   * The file at a path, or all files below the folder there, in the order of their names' code units. Symbolic links are
   * not followed. Fails with `files.not-found` if nothing is there and `files.unreadable` if something can't be read: a
   * listing that ends is whole.
   */
  list(path: string, options?: { readonly skipFolder?: (name: string) => boolean }): AsyncIterable<LocalFile>;
  /** A file's bytes from `start` (0) to before `end` (its end). Fails like `list`. */
  read(path: string, range?: { readonly start?: number; readonly end?: number }): AsyncIterable<Uint8Array>;
}
