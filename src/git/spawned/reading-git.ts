import { ObjectReader } from './cat-file.ts';
import { type GitOptions, git, gitOutcome, records, startGit } from './command.ts';

/** What a user or a repository may have set that would change what is printed. */
const UNCHANGED = [
  'log.follow=false',
  'log.showRoot=true',
  'log.diffMerges=first-parent',
  'diff.algorithm=myers',
  'diff.interHunkContext=0',
  'diff.suppressBlankEmpty=false',
  'grep.patternType=default',
  'grep.extendedRegexp=false',
  'grep.fallbackToNoIndex=false',
  'submodule.recurse=false',
  'trailer.separators=:',
  'mailmap.file=',
  'mailmap.blob=',
];

/**
 * Nothing is fetched: what a partial clone lacks would come by programs that its configuration names, and that may be
 * another user's. Nothing is locked, not even to refresh the index.
 */
const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
};

/** What every command that shows commits or differences is given, against the settings that no `-c` undoes. */
export const PLAIN_DIFF = ['--no-color', '--no-renames', '--no-ext-diff', '--no-textconv', '-O/dev/null'];
export const PLAIN_LOG = [...PLAIN_DIFF, '--no-show-signature', '--no-notes', '--encoding=UTF-8'];

export interface ReadingGitOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What has to succeed once before anything is asked. */
  readonly check?: () => Promise<unknown>;
}

/** git for one repository that is only read, whoever owns it: it is named as safe, and no other is. */
export class ReadingGit {
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  readonly #check: () => Promise<unknown>;
  #checked: Promise<unknown> | undefined;
  readonly #options: Required<Pick<GitOptions, 'cwd' | 'env' | 'settings'>>;

  /** The work tree, or a repository without one; absolute, without symbolic links. */
  constructor(
    path: string,
    signal?: AbortSignal,
    { env = {}, check = async () => {} }: ReadingGitOptions = {},
  ) {
    this.path = path;
    this.signal = signal;
    this.#check = check;
    const settings = [...UNCHANGED, `safe.directory=${path}`];
    this.#options = { cwd: path, env: { ...ENVIRONMENT, ...env }, settings };
  }

  /** To be awaited before `access` and `reader` are used. */
  async ready(): Promise<void> {
    this.#checked ??= this.#check();
    await this.#checked;
  }

  /** What `catFiles` needs. */
  get access(): Pick<GitOptions, 'env' | 'settings'> {
    return this.#options;
  }

  async text(args: readonly string[], input: Iterable<string> = []): Promise<string> {
    await this.ready();
    return git(args, { ...this.#options, input });
  }

  async outcome(
    args: readonly string[],
    accept: readonly number[],
  ): Promise<{ code: number; stdout: string }> {
    await this.ready();
    return gitOutcome(args, { ...this.#options, accept });
  }

  /** What a command prints with `-z`. Whoever stops early stops it, and so does the signal. */
  async *records(args: readonly string[]): AsyncGenerator<string> {
    await this.ready();
    const child = startGit(args, this.#options);
    child.stdin.end();
    try {
      for await (const record of records(child.stdout)) {
        this.signal?.throwIfAborted();
        yield record;
      }
      await child.done;
    } finally {
      child.kill();
    }
  }

  reader(): ObjectReader {
    return new ObjectReader(this.path, this.#options);
  }
}
