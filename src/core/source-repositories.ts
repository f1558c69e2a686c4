/** A git repository that a source reads: its address or folder, and who may. */
export interface RepositoryPlace {
  /** A URL (https, ssh, git, file or `user@host:path`), or the absolute path of a folder. */
  readonly address: string;
  /** Default: the branch that the repository's HEAD names. */
  readonly branch?: string | undefined;
  /** For http(s) alone; without it, git asks whom the user has told it to ask. */
  readonly credentials?: { readonly username: string; readonly password: string } | undefined;
}

/** A file of a commit's tree. Links and submodules are none. */
export interface TrackedFile {
  /** `/` between segments. */
  readonly path: string;
  /** Equal for equal contents. */
  readonly blob: string;
}

/** That a commit made, changed or removed a file. */
export interface PathChange {
  readonly path: string;
  readonly commit: string;
  /** When the author made the change, in ISO 8601 and UTC. */
  readonly date: string;
  readonly author: string;
}

/** One commit of a repository, opened to be read. Nothing of it is executed, and nothing that it says leads elsewhere. */
export interface SourceRepository extends AsyncDisposable {
  readonly head: string;
  /**
   * All files of the commit: those that git ignores are in none. Names that are not UTF-8 are counted in `unnamed` when the
   * listing has ended. A listing that ends is whole.
   */
  files(): AsyncIterable<TrackedFile>;
  readonly unnamed: number;
  /** Contents in the order asked for; undefined for those of more than `maxBytes`. Fails with `git.missing-object`. */
  read<T extends TrackedFile>(
    files: readonly T[],
    maxBytes: number,
  ): AsyncIterable<{ readonly file: T; readonly content: Uint8Array | undefined }>;
  /** What led to the commit, the newest first. Of a shallow clone's oldest commits it is not known what they changed. */
  changes(): AsyncIterable<PathChange>;
}

export interface FoundRepository {
  /** Undefined where no branch is checked out. */
  readonly branch: string | undefined;
  /** The commit that the branch is at. */
  readonly head: string;
  /** Of a folder: where it was cloned from, without credentials, if it says so. */
  readonly origin: string | undefined;
  /** Brings what is not here yet, and opens the branch's commit. */
  open(): Promise<SourceRepository>;
}

/** The git repositories that a source may read: those of this machine, never written, and copies of others in the cache. */
export interface SourceRepositories {
  /**
   * Asks a repository where its branch is. Fails with `git.remote-unreachable`, `repository.refused`, `repository.not-found`,
   * `repository.no-branch` and `git.not-found`.
   */
  find(place: RepositoryPlace, signal: AbortSignal): Promise<FoundRepository>;
}
