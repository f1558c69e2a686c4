import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBuild } from '../../../src/cli/run-build.ts';
import type { EmailSource } from '../../../src/config/sources/email.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { type ReadDocument, readDocument } from '../../../src/frontmatter/read.ts';
import type { BuildResult } from '../../../src/pipeline/report.ts';
import { fingerprintsOf } from '../../harness/context.ts';
import { documentsAt, filesAt, git } from '../../harness/git.ts';

export interface EmailBuild {
  readonly full?: boolean;
  readonly resume?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** Configuration that differs for this build alone. */
  readonly config?: Partial<EmailSource>;
  /** Interrupts the build. */
  readonly signal?: AbortSignal;
  /** Each look at the clock is seconds after the last, so that all that is read is durable at once. */
  readonly isHasty?: boolean;
  /** The repository to build into. Default: the context's. */
  readonly path?: string;
}

/** A configuration in memory and a repository in a temporary folder. */
export interface EmailContext extends AsyncDisposable {
  /** The repository. */
  readonly path: string;
  /** The source as builds are configured. */
  readonly source: EmailSource;
  /** An empty folder for mail, which goes with the context. */
  readonly mail: string;
  /** Everything that was logged. */
  readonly lines: readonly string[];
  build(choices?: EmailBuild): Promise<BuildResult>;
  /** Builds, and again with the confirmation if deletions were held back. */
  buildConfirming(choices?: EmailBuild): Promise<BuildResult>;
  documents(): Map<string, string>;
  files(): Map<string, string>;
  /** Threads by their ids. */
  threads(): Map<string, ReadDocument & { readonly path: string }>;
  /** The documents of a build from nothing, in another repository. */
  fresh(choices?: EmailBuild): Promise<Map<string, string>>;
  git(...args: string[]): string;
}

export const NOW = Date.parse('2026-11-21T12:00:00Z');

/** Defaults of the configuration, as loading a file fills them in. */
export const EMAIL_DEFAULTS = {
  ...{ id: 'email', type: 'email', attachments: 'none', max_attachment_mb: 25, optional: false, exclude: [] },
} satisfies EmailSource;

/** `config` is given the folder for mail. */
export async function startEmail(
  config: (mail: string) => Partial<EmailSource> = (mail) => ({ path: mail }),
): Promise<EmailContext> {
  const root = await mkdtemp(join(tmpdir(), 'context-sync-test-'));
  const mail = await mkdtemp(join(root, 'mail-'));
  const path = join(root, 'repo');
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log = { info: say, warn: say, debug: say, progress() {} };
  let folders = 0;
  const own: EmailSource = { ...EMAIL_DEFAULTS, ...config(mail) };

  const build = async (choices: EmailBuild = {}) => {
    const source: EmailSource = { ...own, ...choices.config };
    return runBuild({
      loaded: {
        file: 'context.config.yaml',
        config: {
          version: 1,
          repo: { path: choices.path ?? path, remote: null, branch: 'main', commit: 'per-run' },
          secrets: { allow: [] },
          sources: [source],
        },
        sources: [{ status: 'ready', config: source }],
        warnings: [],
        secrets: source.auth ? [source.auth.token] : [],
      },
      ...{ full: choices.full ?? false, resume: choices.resume ?? true },
      ...{ push: false, backfill: [], dryRun: false, confirmDeletes: choices.confirmDeletes ?? [] },
      ...{
        clock: clockOf(choices.isHasty ? 1001 : 0),
        log,
        signal: choices.signal ?? new AbortController().signal,
      },
    });
  };
  const documents = () => documentsAt(path);

  return {
    ...{ path, source: own, mail, lines, build, documents },
    files: () => filesAt(path),
    async buildConfirming(choices = {}) {
      const result = await build(choices);
      const confirmDeletes = fingerprintsOf(result);
      return confirmDeletes.length === 0 ? result : build({ ...choices, confirmDeletes });
    },
    threads() {
      const read = [...documents()].map(([file, text]) => ({ path: file, document: readDocument(text) }));
      return new Map(
        read.flatMap((one) =>
          one.document ? [[one.document.facts.id, { ...one.document, path: one.path }] as const] : [],
        ),
      );
    },
    async fresh(choices = {}) {
      const other = join(root, `fresh-${folders++}`);
      await build({ ...choices, path: other });
      return documentsAt(other);
    },
    git: (...args) => git(path, args).toString(),
    async [Symbol.asyncDispose]() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Nobody waits. */
function clockOf(step: number): Clock {
  let waited = 0;
  return {
    now() {
      waited += step;
      return NOW + waited;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waited += ms;
    },
  };
}
