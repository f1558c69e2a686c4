import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../git/durable.ts';
import type { DocumentKey } from '../links.ts';

const ids = z.array(z.string());
const schema = z.strictObject({
  version: z.literal(1),
  /** Documents of which something is left to do, as `source/id`. */
  documents: z.array(z.string().regex(/^[^/]+\/./)),
  /** Objects that must be gone from this clone, and were not seen to be yet. */
  objects: ids,
  /** Commits that the branch had and has no more: a remote that is at one of them has nothing of its own. */
  former: ids,
});

/** What of earlier purges is left to do in this clone, and what a push must know. Holds ids alone. */
export interface PurgeRecord {
  readonly documents: readonly DocumentKey[];
  readonly objects: readonly string[];
  readonly former: readonly string[];
}

const NOTHING: PurgeRecord = { documents: [], objects: [], former: [] };
const NAME = 'purge.json';

export function readRecord(gitDir: string): PurgeRecord {
  try {
    return schema.parse(
      JSON.parse(readFileSync(join(gitDir, 'ctx', NAME), 'utf8')),
    ) as unknown as PurgeRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw error;
  }
}

/** A record of nothing is no file. */
export function writeRecord(gitDir: string, { documents, objects, former }: PurgeRecord): void {
  const file = join(gitDir, 'ctx', NAME);
  mkdirSync(join(gitDir, 'ctx'), { recursive: true });
  if (objects.length === 0 && former.length === 0) rmSync(file, { force: true });
  else writeDurably(file, `${JSON.stringify({ version: 1, documents, objects, former })}\n`);
}
