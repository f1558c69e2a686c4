import type { RepositoryPlace } from '../../core/source-repositories.ts';
import type { Store, StoreWriter } from '../store/store.ts';

/** A code repository that is indexed beside the documents. */
export interface CodeRoot {
  /** The source's id, or the folder's name. */
  readonly name: string;
  readonly place: RepositoryPlace;
  /** Where it is shown on the web, if that is known. */
  readonly web?: string | undefined;
  /** Whether its markdown is indexed as well; not of a source, whose markdown is among the documents. */
  readonly markdown: boolean;
}

const NAME = 'code';

/** The repositories of this machine that the index has code of, as it was told: none of elsewhere, and without credentials. */
export async function readRoots(store: Store): Promise<CodeRoot[]> {
  const kept = await store.kept(NAME);
  return kept === null ? [] : (JSON.parse(new TextDecoder().decode(kept)) as CodeRoot[]);
}

export async function writeRoots(writer: StoreWriter, roots: readonly CodeRoot[]): Promise<void> {
  const known = roots.map(({ name, place: { address, branch }, web, markdown }) => ({
    ...{ name, web, markdown },
    place: { address, ...(branch !== undefined && { branch }) },
  }));
  await writer.keep(NAME, new TextEncoder().encode(JSON.stringify(known)));
}

/** Whether its commit is known without a network. */
export const isLocal = ({ place }: CodeRoot): boolean => place.address.startsWith('/');
