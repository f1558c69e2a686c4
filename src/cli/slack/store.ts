import type { Config } from '../../config/schema.ts';
import type { Store } from '../../connectors/slack/stored/store.ts';
import { isContextFolder } from '../../git/reading.ts';
import type { ManifestEntry } from '../../pipeline/manifest.ts';

export interface OpenStore extends Store {
  /** The commit that it is as of. */
  readonly commit: string;
}

/** What the repository has of a source; undefined if that is nothing, or there is no repository. */
export async function openStore(config: Config, source: string): Promise<OpenStore | undefined> {
  if (!isContextFolder(config.repo.path)) return undefined;
  const [{ openRepo }, { loadManifest }, { loadStates }, { readDocuments }] = await Promise.all([
    import('../../git/open.ts'),
    import('../../pipeline/manifest.ts'),
    import('../../pipeline/state.ts'),
    import('../../pipeline/read-documents.ts'),
  ]);
  const repo = await openRepo(config.repo);
  // Before the documents: a build that ends in between makes these newer than what the state says of them, and never older.
  const states = await loadStates(repo, [source]);
  const commit = await repo.head();
  if (commit === null) return undefined;
  const ids = config.sources.map(({ id }) => id);
  const manifest = await loadManifest(repo, ids, commit);
  const { checkpoint, fingerprint, again = [] } = states.get(source) ?? {};
  const own = manifest.sources.get(source) ?? new Map<string, ManifestEntry>();
  if (checkpoint === undefined && own.size === 0) return undefined;
  return {
    ...{ commit, checkpoint, again },
    // Behind it comes that of the rules for secrets, by which all is looked through again.
    fingerprint: fingerprint?.split(' ')[0],
    documents: new Map([...own].map(([id, { facts }]) => [id, facts])),
    read: (wanted) =>
      readDocuments(
        repo,
        manifest,
        [...wanted].flatMap((id) => own.get(id) ?? []),
      ),
  };
}
