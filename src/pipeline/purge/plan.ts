import { ctxError } from '../../core/errors/index.ts';
import type { CommitNode, History, Root } from '../../git/history.ts';
import type { ContextRepo } from '../../git/repo.ts';
import type { DocumentKey } from '../links.ts';
import type { Findings } from './find.ts';

/** A place in a commit's tree that holds a purged document. */
export interface Held {
  readonly path: string;
  readonly oid: string;
}

/** What there is to do, found out before anything is changed. */
export interface PurgePlan extends Findings {
  readonly head: string;
  /** The branch's commits that can't stay as they are, parents first: those with a document, and all after them. */
  readonly commits: readonly CommitNode[];
  /** All commits of the branch, as their ids are now. */
  readonly former: ReadonlySet<string>;
  /** Commit → where it holds a purged document; commits without any are absent. */
  readonly held: ReadonlyMap<string, readonly Held[]>;
  /** All commits, of the branch and others, whose history leads to a document. */
  readonly tainted: ReadonlySet<string>;
  /** Every path that the documents have had. */
  readonly paths: readonly string[];
  /** When commits first and last held one of them, in seconds since the epoch. */
  readonly span: { readonly first: number; readonly last: number } | undefined;
  /** What this clone remembers of remotes, and leads to a commit with a document. */
  readonly tracking: readonly string[];
  /** Documents that include a purged one, with the last path of each. */
  readonly includers: readonly { readonly document: DocumentKey; readonly path: string }[];
}

/** Fails with `purge.held-elsewhere` when the documents would not be gone with the branch's commits. */
export async function planPurge(repo: ContextRepo, history: History, findings: Findings): Promise<PurgePlan> {
  const head = (await repo.head()) as string;
  const commits = await history.commits();
  const survey = await surveyTrees(history, commits, findings);
  const roots = await history.roots();
  const reaching = roots.filter(({ commit }) => survey.tainted.has(commit));
  const holders = [
    ...namesOf(reaching.filter((root) => !isExpected(root, repo.branch))),
    ...(await oddHolders(history, findings)),
    ...(await stagedHolders(repo, history, findings)),
  ];
  if (holders.length > 0) throw ctxError('purge.held-elsewhere', { holders });
  const own = await history.commitsOf(head);
  const seconds = commits.filter(({ id }) => survey.held.has(id)).map((commit) => commit.seconds);
  return {
    ...findings,
    head,
    commits: own.filter(({ id }) => survey.tainted.has(id)),
    former: new Set(own.map(({ id }) => id)),
    held: survey.held,
    tainted: survey.tainted,
    paths: [...survey.paths].sort(),
    span:
      seconds.length === 0 ? undefined : { first: least(seconds), last: -least(seconds.map((at) => -at)) },
    tracking: [...new Set(reaching.filter(isTracking).map(({ ref }) => ref))],
    includers: [...survey.includers].map(([document, path]) => ({ document, path })),
  };
}

/** What still finds one of the documents: for the last look, after all was done. */
export async function remainingHolders(history: History, findings: Findings): Promise<string[]> {
  const { tainted } = await surveyTrees(history, await history.commits(), findings);
  const roots = (await history.roots()).filter(({ commit }) => tainted.has(commit));
  return [...namesOf(roots), ...(await oddHolders(history, findings))];
}

interface Survey {
  readonly held: Map<string, readonly Held[]>;
  /** Commits that hold a document, and their descendants, from which the history leads to it. */
  readonly tainted: Set<string>;
  readonly paths: Set<string>;
  readonly includers: Map<DocumentKey, string>;
}

async function surveyTrees(
  history: History,
  commits: readonly CommitNode[],
  { versions, including }: Findings,
): Promise<Survey> {
  const survey: Survey = { held: new Map(), tainted: new Set(), paths: new Set(), includers: new Map() };
  const now = new Map<string, string>();
  let held: readonly Held[] = [];
  for await (const { commit, differences } of history.trees(commits)) {
    let changed = false;
    for (const { path, new: entry } of differences) {
      const isVersion = entry !== null && versions.has(entry.oid);
      if (isVersion) {
        now.set(path, entry.oid);
        survey.paths.add(path);
      }
      if (!isVersion && now.delete(path)) changed = true;
      changed ||= isVersion;
      const includer = entry === null ? undefined : including.get(entry.oid);
      if (includer !== undefined) survey.includers.set(includer, path);
    }
    if (changed) held = [...now].map(([path, oid]) => ({ path, oid }));
    if (held.length > 0) survey.held.set(commit.id, held);
    if (held.length > 0 || commit.parents.some((parent) => survey.tainted.has(parent)))
      survey.tainted.add(commit.id);
  }
  return survey;
}

const isTracking = ({ kind, ref }: Root): boolean => kind === 'ref' && ref.startsWith('refs/remotes/');

/** Roots that the purge itself moves, empties or deletes. */
function isExpected({ kind, ref }: Root, branch: string): boolean {
  if (kind === 'worktree') return false;
  return ref === 'HEAD' || ref === `refs/heads/${branch}` || ref.startsWith('refs/remotes/');
}

/** Each as a person deletes it: a ref goes with its log, entries of the stash one by one. */
function namesOf(roots: readonly Root[]): string[] {
  const refs = new Set(roots.filter(({ kind }) => kind === 'ref').map(({ ref }) => ref));
  const named = roots.filter(({ kind, ref }) =>
    ref === 'refs/stash' ? kind === 'reflog' : kind !== 'reflog' || !refs.has(ref),
  );
  return [...new Set(named.map(describe))];
}

/** As a person calls it. */
const describe = ({ kind, name }: Root): string => {
  if (kind === 'worktree') return `the work tree ${name}`;
  const short = name.replace(/^refs\/(?:heads\/|tags\/|(?=stash@))/, '');
  if (kind === 'reflog')
    return name.startsWith('refs/stash') ? short : `the reflog of ${short.replace(/@.*$/, '')}`;
  if (name.startsWith('refs/heads/')) return `branch ${short}`;
  return name.startsWith('refs/tags/') ? `tag ${short}` : short;
};

async function oddHolders(history: History, { versions }: Findings): Promise<string[]> {
  const holders: string[] = [];
  for (const ref of await history.oddRefs()) {
    for (const oid of await history.objectsOf(ref)) {
      if (!versions.has(oid)) continue;
      holders.push(ref);
      break;
    }
  }
  return holders;
}

/** Copies that were added to the index; the branch's own files are there as it has them. */
async function stagedHolders(repo: ContextRepo, history: History, { versions }: Findings): Promise<string[]> {
  const own = new Set<string>();
  for await (const { path, oid } of repo.tree()) if (versions.has(oid)) own.add(`${oid} ${path}`);
  const staged = await history.staged();
  return staged
    .filter(({ path, oid }) => versions.has(oid) && !own.has(`${oid} ${path}`))
    .map(({ path }) => `${path} in the index`);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}
