import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ctxError } from '../core/errors/index.ts';
import { writeDurably } from './durable.ts';

const oid = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const schema = z.strictObject({ version: z.literal(1), branch: z.string(), old: oid.nullable(), new: oid });

/** What a run has promised to complete: the branch and the work tree go from `old` (null: unborn) to `new`. */
export type Intent = z.infer<typeof schema>;

export const intentFile = (gitDir: string): string => join(gitDir, 'ctx', 'intent.json');

export function writeIntent(gitDir: string, intent: Omit<Intent, 'version'>): void {
  mkdirSync(join(gitDir, 'ctx'), { recursive: true });
  writeDurably(intentFile(gitDir), `${JSON.stringify({ version: 1, ...intent })}\n`);
}

/** Null when no run was interrupted. The file is written as a whole, so that other content isn't a crash's. */
export function readIntent(gitDir: string): Intent | null {
  const file = intentFile(gitDir);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw ctxError('git.bad-intent', { intent: file }, error);
  }
}

export function dropIntent(gitDir: string): void {
  rmSync(intentFile(gitDir), { force: true });
  rmSync(`${intentFile(gitDir)}.tmp`, { force: true });
}
