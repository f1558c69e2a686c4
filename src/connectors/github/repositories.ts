import type { Facts } from '../../core/document.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Overview } from './listing-schema.ts';
import type { GithubReader } from './run.ts';

/** Which repositories a run reads, and which it has done with. */
export interface Choice {
  readonly chosen: readonly Overview[];
  /** Those of the configuration that could not be opened, by what it calls them. */
  readonly failures: ReadonlyMap<string, CtxError>;
  /** Ids of repositories that documents are of and that the configuration does not name. */
  readonly leftOut: ReadonlySet<string>;
}

/** Documents by the repository that they are of. */
export type KnownByRepository = ReadonlyMap<string, readonly Facts[]>;

export function knownByRepository(all: Iterable<Facts>): Map<string, Facts[]> {
  const repositories = new Map<string, Facts[]>();
  for (const facts of all) {
    const id = facts.fields?.repository_id;
    if (typeof id !== 'string') continue;
    const own = repositories.get(id);
    if (own) own.push(facts);
    else repositories.set(id, [facts]);
  }
  return repositories;
}

/** A repository that was renamed is followed: its id is what it is known by. */
export async function chooseRepositories(reader: GithubReader, known: KnownByRepository): Promise<Choice> {
  const { client, config } = reader;
  const failures = new Map<string, CtxError>();
  const chosen = new Map<string, Overview>();
  for (const written of new Set(config.repositories)) {
    const [owner = '', name] = written.split('/');
    const names = name === '*' ? await attempt(() => client.repositoriesOf(owner)) : [written];
    if (isCtxError(names)) {
      failures.set(written, names);
      continue;
    }
    for (const each of names) {
      const found = await attempt(() => client.overview(each));
      if (isCtxError(found)) failures.set(each, found);
      else if (found) chosen.set(found.id, found);
      else failures.set(each, ctxError('github.repository-lost', { source: config.id, repository: each }));
    }
  }
  const unnamed = [...known.keys()].filter((id) => !chosen.has(id));
  const leftOut = await notAskedFor(reader, unnamed, known, failures);
  for (const id of unnamed) {
    const repository = nameIn(known.get(id));
    const isOfSource = known.get(id)?.some(({ fields }) => fields?.only_in_views !== true);
    if (isOfSource && !leftOut.has(id) && !failures.has(repository))
      failures.set(repository, ctxError('github.repository-lost', { source: config.id, repository }));
  }
  return { chosen: [...chosen.values()], failures, leftOut };
}

/**
 * Of repositories that the configuration did not lead to, those that it does not name: by the name that they have now. One that
 * does not answer may be the one that could not be opened.
 */
async function notAskedFor(
  { client, config }: GithubReader,
  ids: readonly string[],
  known: KnownByRepository,
  failures: Choice['failures'],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const patterns = config.repositories.map((written) => written.toLowerCase());
  const isNamed = (name: string) => {
    const folded = name.toLowerCase();
    return patterns.includes(folded) || patterns.includes(`${folded.split('/')[0]}/*`);
  };
  const names = await client.repositoryNames(ids);
  return new Set(
    ids.filter((id) => {
      const name = names.get(id);
      if (name !== undefined) return !isNamed(name);
      return failures.size === 0 && !isNamed(nameIn(known.get(id)));
    }),
  );
}

function nameIn(documents: readonly Facts[] = []): string {
  const name = documents[0]?.fields?.repository;
  return typeof name === 'string' ? name : 'unknown';
}
