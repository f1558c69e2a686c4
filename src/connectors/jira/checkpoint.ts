import { z } from 'zod';
import type { Checkpoint } from '../contract.ts';

/** What the connector remembers between runs. */
export interface JiraCheckpoint {
  /** Per view, when the issue of it that changed last did so, as its listing knew it (ISO 8601). */
  readonly updated: Readonly<Record<string, string>>;
  /** Issues that are listed but could not be read. */
  readonly pending: readonly string[];
  /** Listed issues that are withheld because of their security level: id to `updated`. */
  readonly restricted: Readonly<Record<string, string>>;
  /** Listed issues that the configuration leaves out: id to `updated`. */
  readonly excluded: Readonly<Record<string, string>>;
  /** Digest of the custom fields' names. Absent when they could not be read. */
  readonly fields?: string | undefined;
}

const schema = z.object({
  updated: z.record(z.string(), z.string()).catch({}),
  pending: z.array(z.string()).catch([]),
  restricted: z.record(z.string(), z.string()).catch({}),
  excluded: z.record(z.string(), z.string()).catch({}),
  fields: z.string().optional().catch(undefined),
});

const EMPTY: JiraCheckpoint = { updated: {}, pending: [], restricted: {}, excluded: {} };

/** What it cannot make sense of counts as absent: that only costs reading again. */
export function readCheckpoint(value: Checkpoint | undefined): JiraCheckpoint {
  const result = schema.safeParse(value);
  return result.success ? result.data : EMPTY;
}

/** With every list and map in a fixed order, so that equal states have equal text. */
export function writeCheckpoint({
  updated,
  pending,
  restricted,
  excluded,
  fields,
}: JiraCheckpoint): Checkpoint {
  return {
    updated: sorted(updated),
    pending: [...pending].sort(),
    restricted: sorted(restricted),
    excluded: sorted(excluded),
    ...(fields !== undefined && { fields }),
  };
}

function sorted(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
