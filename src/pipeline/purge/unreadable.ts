import type { History } from '../../git/history.ts';
import type { PurgedVersion } from './find.ts';
import { identityOf } from './identity.ts';

/**
 * Versions that do not say what they are, such as one that a person broke: what stood at the document's own path just
 * before or after a version, unless it is another document's.
 */
export async function unreadableVersions(
  history: History,
  versions: ReadonlyMap<string, PurgedVersion>,
): Promise<Map<string, PurgedVersion>> {
  const neighbours = new Map<string, Set<string>>();
  for (const path of await ownPaths(history, versions)) {
    for (const { before, after } of await history.stepsAt(path)) {
      if (before === null || after === null) continue;
      neighbours.set(before, (neighbours.get(before) ?? new Set()).add(after));
      neighbours.set(after, (neighbours.get(after) ?? new Set()).add(before));
    }
  }
  await using reader = history.reader();
  const found = new Map<string, PurgedVersion>();
  const open = [...versions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [oid, { document, title, url }] = next;
    for (const other of neighbours.get(oid) ?? []) {
      if (versions.has(other) || found.has(other)) continue;
      const content = await reader.read(other);
      // An empty file is the same blob wherever it lies.
      if (content.length === 0 || identityOf(content.toString('utf8')) !== undefined) continue;
      const version: PurgedVersion = { document, title, url, files: [] };
      found.set(other, version);
      open.push([other, version]);
    }
  }
  return found;
}

/** The paths in the folders of their sources at which versions stood: there, files are ours. */
async function ownPaths(
  history: History,
  versions: ReadonlyMap<string, PurgedVersion>,
): Promise<Set<string>> {
  const paths = new Set<string>();
  if (versions.size === 0) return paths;
  for await (const { differences } of history.trees(await history.commits())) {
    for (const { path, new: entry } of differences) {
      const version = entry === null ? undefined : versions.get(entry.oid);
      if (version?.document.startsWith(path.slice(0, path.indexOf('/') + 1)) && path.includes('/'))
        paths.add(path);
    }
  }
  return paths;
}
