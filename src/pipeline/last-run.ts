import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import { replaceFile } from '../core/replace-file.ts';
import type { BuildResult, SourceReport } from './report.ts';

const time = z.iso.datetime();
const problem = z.strictObject({ code: z.string(), message: z.string(), hint: z.string() });

const sourceRun = z.strictObject({
  /** When it was last read, if only in part; absent until it was. */
  read: time.optional(),
  /** When a run last tried. */
  tried: time,
  status: z.enum(['ok', 'partial', 'failed', 'skipped']),
  /** Why it was skipped. */
  reason: z.string().optional(),
  ...{ added: z.number(), modified: z.number(), renamed: z.number() },
  ...{ deleted: z.number(), unchanged: z.number(), failed: z.number() },
});

const lastRun = z.strictObject({
  started: time,
  /** Absent while it runs, and if it was killed. */
  ended: time.optional(),
  outcome: z.enum(['done', 'partial', 'failed', 'interrupted']).optional(),
  /** The first of what failed. */
  problems: z.array(problem),
  /** How many failures there were in all. */
  failures: z.number(),
  sources: z.record(z.string(), sourceRun),
});

/** What the last run on this clone did. Times are ISO 8601 in UTC. */
export type LastRun = z.output<typeof lastRun>;
export type LastSourceRun = z.output<typeof sourceRun>;

const KEPT_PROBLEMS = 10;

const fileOf = (gitDir: string): string => join(gitDir, 'ctx', 'last-run.json');

/** Undefined before the first run of this clone. A note that is not readable counts for none. */
export async function readLastRun(gitDir: string): Promise<LastRun | undefined> {
  try {
    return lastRun.safeParse(JSON.parse(await readFile(fileOf(gitDir), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Notes a run in the clone, where nothing is committed: the clock has no place in a repository whose quiet runs make no commit.
 * What former runs did with sources that this one is not asked for stays. The caller holds the repository's lock.
 */
export class RunNote {
  readonly #gitDir: string;
  readonly #now: () => number;
  #run: LastRun;

  private constructor(gitDir: string, now: () => number, run: LastRun) {
    this.#gitDir = gitDir;
    this.#now = now;
    this.#run = run;
  }

  static async begin(gitDir: string, now: () => number): Promise<RunNote> {
    const before = await readLastRun(gitDir);
    const run = { started: timeOf(now()), problems: [], failures: 0, sources: before?.sources ?? {} };
    const note = new RunNote(gitDir, now, run);
    await note.#write();
    return note;
  }

  async end({ report, errors }: BuildResult): Promise<void> {
    const now = timeOf(this.#now());
    const asked = report.sources.filter(({ reason }) => reason !== NOT_ASKED_FOR);
    const isRead = asked.some(({ status }) => status === 'ok' || status === 'partial');
    const sources = Object.fromEntries(
      asked.map((source) => [source.id, noteOf(source, now, this.#run.sources[source.id])]),
    );
    const failed = isRead ? 'partial' : 'failed';
    await this.#end(errors.length === 0 ? 'done' : failed, errors, { ...this.#run.sources, ...sources });
  }

  /** It came to no result. */
  async fail(error: unknown, isInterrupted: boolean): Promise<void> {
    await this.#end(isInterrupted ? 'interrupted' : 'failed', isCtxError(error) ? [error] : []);
  }

  async #end(
    outcome: LastRun['outcome'],
    errors: readonly CtxError[],
    sources = this.#run.sources,
  ): Promise<void> {
    const problems = errors
      .slice(0, KEPT_PROBLEMS)
      .map(({ code, message, hint }) => ({ code, message, hint }));
    const ended = timeOf(this.#now());
    this.#run = { ...this.#run, ended, outcome, problems, failures: errors.length, sources };
    await this.#write();
  }

  #write(): Promise<void> {
    return replaceFile(fileOf(this.#gitDir), JSON.stringify(this.#run), { mode: 0o600 });
  }
}

/** The reason of a source that a run leaves out because others were named. */
export const NOT_ASKED_FOR = 'not asked for';

function noteOf(source: SourceReport, now: string, before: LastSourceRun | undefined): LastSourceRun {
  const { status, reason } = source;
  const read = status === 'ok' || status === 'partial' ? now : before?.read;
  return {
    ...(read !== undefined && { read }),
    ...{ tried: now, status },
    ...(reason !== undefined && { reason }),
    ...{ added: source.added, modified: source.modified, renamed: source.renamed },
    ...{ deleted: source.deleted, unchanged: source.unchanged, failed: source.failed },
  };
}

const timeOf = (now: number): string => new Date(now).toISOString();
