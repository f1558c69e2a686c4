import type { PathChange, SourceRepository } from '../../core/source-repositories.ts';

/** The first and the last of the commits that are known to have changed a file. */
export interface History {
  readonly first: PathChange;
  readonly last: PathChange;
}

/** Of each of the paths, by one walk through the log: what it says is the same for the same commit, whatever was read before. */
export async function historyOf(
  repository: SourceRepository,
  paths: ReadonlySet<string>,
): Promise<ReadonlyMap<string, History>> {
  const found = new Map<string, History>();
  for await (const change of repository.changes()) {
    if (!paths.has(change.path)) continue;
    const known = found.get(change.path);
    found.set(change.path, { first: change, last: known?.last ?? change });
  }
  return found;
}
