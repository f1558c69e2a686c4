import type { Difference } from './engine.ts';
import type { ContextRepo, Identity } from './repo.ts';
import { commitsNotIn, isAncestor, placesOf } from './spawned/ancestry.ts';
import { ObjectReader } from './spawned/cat-file.ts';
import { differencesOf } from './spawned/diff.ts';
import { fetchBranch, findSource } from './spawned/fetch.ts';

/** A commit that the remote has not. */
export interface OwnCommit {
  readonly author: Identity;
  readonly committer: Identity;
  readonly date: Date;
  readonly message: string;
  /** From its parent. */
  readonly differences: readonly Difference[];
}

export interface Divergence {
  /** The remote's commit, held by the pending ref. */
  readonly theirs: string;
  /** What the clone has beyond it, the oldest first. */
  readonly own: readonly OwnCommit[];
}

/**
 * Fetches a branch that went on elsewhere, and reads what this clone has beyond it. Undefined where that is no row of
 * commits on one that the remote had and has, nor one that was begun when the remote had none: then a person must decide.
 * Needs git itself.
 */
export async function divergenceFrom(
  repo: ContextRepo,
  { remote, branch }: { readonly remote: string; readonly branch: string },
): Promise<Divergence | undefined> {
  const { path: cwd } = repo;
  const [source, head] = [await findSource(cwd, remote, branch), await repo.head()];
  if (repo.engine !== 'git' || source === null || head === null) return undefined;
  // Commits that the remote had and has no more were taken out of it: they must not come back.
  if (source.tracking === null) return undefined;
  const places = await placesOf(cwd, source.tracking);
  const theirs = await fetchBranch(cwd, source, branch);
  for (const place of places)
    if ((await isAncestor(cwd, place, head)) && !(await isAncestor(cwd, place, theirs))) return undefined;
  const wasEmpty = places.length === 0;
  const isCommon = async (base: string | undefined) =>
    base === undefined ? wasEmpty : !wasEmpty && (await isAncestor(cwd, base, theirs));
  const ids = (await commitsNotIn(cwd, [head], [theirs])).reverse();
  await using objects = new ObjectReader(cwd);
  const own: OwnCommit[] = [];
  let parent: string | undefined;
  for (const id of ids) {
    const commit = parseCommit((await objects.read(id)).toString('utf8'));
    const [before, ...others] = commit.parents;
    if (others.length > 0 || (parent !== undefined && parent !== before)) return undefined;
    if (parent === undefined && !(await isCommon(before))) return undefined;
    own.push({ ...commit, differences: await differencesOf(cwd, repo.objectFormat, before ?? null, id) });
    parent = id;
  }
  return { theirs, own };
}

/** https://git-scm.com/docs/git-commit-tree; of commits that this program made, whose text is UTF-8. */
function parseCommit(text: string): Omit<OwnCommit, 'differences'> & { readonly parents: readonly string[] } {
  const end = text.indexOf('\n\n');
  const header = text.slice(0, end);
  const who = (role: string) => {
    const [, name = '', email = '', seconds = '0'] =
      new RegExp(`^${role} (.*) <(.*)> (\\d+) `, 'm').exec(header) ?? [];
    return { identity: { name, email }, date: new Date(Number(seconds) * 1000) };
  };
  const [author, committer] = [who('author'), who('committer')];
  return {
    parents: [...header.matchAll(/^parent (\w+)$/gm)].map(([, id = '']) => id),
    ...{ author: author.identity, committer: committer.identity, date: author.date },
    message: text.slice(end + 2),
  };
}
