import { z } from 'zod';
import type { GithubKind } from '../../config/sources/github.ts';
import type { Checkpoint } from '../contract.ts';

/** What is remembered of a repository between runs. */
export interface RepositoryProgress {
  /** When that of its issues and pull requests changed last which did so last, as far as it was listed (ISO 8601). */
  readonly updated?: string | undefined;
  /** The same of discussions. */
  readonly discussions?: string | undefined;
  /** How many issues and pull requests, and discussions, it has that are left unread: they are too old, or excluded. */
  readonly unread?: { readonly items: number; readonly discussions: number } | undefined;
  /** Documents that are listed but could not be read, by their ids. */
  readonly pending: Readonly<Record<string, PendingKind>>;
}

export type PendingKind = Exclude<GithubKind, 'readme'>;

export interface GithubCheckpoint {
  /** By the repository's id. */
  readonly repositories: Readonly<Record<string, RepositoryProgress>>;
  /** The same as a repository's, of documents that only searches find. */
  readonly pending: Readonly<Record<string, PendingKind>>;
}

const pending = z
  .record(z.string(), z.enum(['pulls', 'issues', 'discussions', 'releases']))
  .default({})
  .catch({});

const schema = z.object({
  repositories: z
    .record(
      z.string(),
      z.object({
        updated: z.string().optional(),
        discussions: z.string().optional(),
        unread: z.object({ items: z.number(), discussions: z.number() }).optional(),
        pending,
      }),
    )
    .catch({}),
  pending,
});

/** What it cannot make sense of counts as absent: that only costs reading again. */
export function readCheckpoint(value: Checkpoint | undefined): GithubCheckpoint {
  const result = schema.safeParse(value);
  return result.success ? result.data : { repositories: {}, pending: {} };
}

/** With every map in a fixed order, so that equal states have equal text. */
export function writeCheckpoint({ repositories, pending }: GithubCheckpoint): Checkpoint {
  return {
    repositories: sorted(
      Object.fromEntries(
        Object.entries(repositories).map(([id, { updated, discussions, unread, pending }]) => [
          id,
          {
            ...(updated !== undefined && { updated }),
            ...(discussions !== undefined && { discussions }),
            ...(unread !== undefined && { unread: { items: unread.items, discussions: unread.discussions } }),
            ...(Object.keys(pending).length > 0 && { pending: sorted(pending) }),
          },
        ]),
      ),
    ),
    ...(Object.keys(pending).length > 0 && { pending: sorted(pending) }),
  };
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
