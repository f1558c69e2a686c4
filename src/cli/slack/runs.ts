import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../core/replace-file.ts';
import { syncChoices } from './choices.ts';

const syncRun = z.strictObject({
  started: z.string(),
  /** Absent while it runs, and if it was killed. */
  ended: z.string().optional(),
  outcome: z.enum(['done', 'partial', 'failed', 'interrupted']).optional(),
  sources: z.array(z.string()),
  choices: syncChoices,
  added: z.number().optional(),
  modified: z.number().optional(),
  deleted: z.number().optional(),
  requests: z.number().optional(),
});
/** A run of `ctx slack sync` on this clone. Times are ISO 8601 in UTC. */
export type SyncRun = z.output<typeof syncRun>;

const KEPT = 10;

const fileOf = (gitDir: string): string => join(gitDir, 'ctx', 'slack-sync.json');

/** The last runs, the oldest first. A note that is not readable counts for nothing. */
export async function readRuns(gitDir: string): Promise<SyncRun[]> {
  try {
    const read = z.array(syncRun).safeParse(JSON.parse(await readFile(fileOf(gitDir), 'utf8')));
    return read.success ? read.data : [];
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Notes a run, or what became of it: by its start. The caller holds the repository's lock. */
export async function noteRun(gitDir: string, noted: SyncRun): Promise<void> {
  const others = (await readRuns(gitDir)).filter(({ started }) => started !== noted.started);
  await replaceFile(fileOf(gitDir), JSON.stringify([...others, noted].slice(-KEPT)));
}

/** The last run, if it did not come to its end. */
export function unfinished(runs: readonly SyncRun[]): SyncRun | undefined {
  const last = runs.at(-1);
  return last && (last.ended === undefined || last.outcome === 'interrupted') ? last : undefined;
}
