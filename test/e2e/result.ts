import { z } from 'zod';
import type { Ran } from './machine.ts';

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);

const source = z.strictObject({
  id: z.string(),
  status: z.enum(['ok', 'skipped', 'partial', 'failed']),
  added: count,
  modified: count,
  renamed: count,
  deleted: count,
  unchanged: count,
  failed: count,
  warnings: count,
  fidelity: z.strictObject({ kept: count, degraded: count, lost: count }),
  redacted: count,
  redactions: counts,
  allowed: count,
  invisible: count,
  guarded: z.array(z.strictObject({ path: z.string(), redacted: counts, allowed: counts, invisible: count })),
  attachments: z.strictObject({ added: count, removed: count, skipped: count }),
  withdrawn: z.array(
    z.strictObject({
      id: z.string(),
      path: z.string(),
      since: z.iso.datetime().optional(),
      sinceAtLeast: z.literal(true).optional(),
      until: z.iso.datetime(),
    }),
  ),
  requests: count,
  ms: count,
  reason: z.string().optional(),
});

const result = z.strictObject({
  version: z.string(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
  revisions: count,
  sources: z.array(source),
  worst: z.array(
    z.strictObject({ path: z.string(), degraded: count, lost: count, constructs: z.array(z.string()) }),
  ),
});

export type Result = z.output<typeof result>;
export type SourceResult = z.output<typeof source>;

/** What `--json` printed: one line that holds one object of the documented shape, and nothing else. */
export function resultOf({ stdout }: Ran): Result {
  const lines = stdout.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`not one line: ${JSON.stringify(stdout)}`);
  return result.parse(JSON.parse(lines[0] ?? ''));
}

export function sourceOf(ran: Ran, id: string): SourceResult {
  const found = resultOf(ran).sources.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no source ${id} in ${ran.stdout}`);
  return found;
}
