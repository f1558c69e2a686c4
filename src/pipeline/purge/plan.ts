import { ctxError } from '../../core/errors/index.ts';
import type { CommitNode, History, Root } from '../../git/history.ts';
import type { ContextRepo } from '../../git/repo.ts';
import type { DocumentKey } from '../links.ts';
import type { Findings } from './find.ts';
import { type Held, type Survey, survey } from './survey.ts';
import { findTraces, type Traces } from './traces.ts';

/** What there is to do, found out before anything is changed. */
export interface PurgePlan extends Findings {
  readonly head: string;
  /** The branch's commits that can't stay as they are, parents first: those that hold something, and all after them. */
  readonly commits: readonly CommitNode[];
  /** All commits of the branch, as their ids are now. */
  readonly former: ReadonlySet<string>;
  /** Commit → what it holds of the documents; commits without any are absent. */
  readonly held: ReadonlyMap<string, readonly Held[]>;
  /** All commits, of the branch and others, whose history leads to a document. */
  readonly tainted: ReadonlySet<string>;
  /** Every path that the documents have had. */
  readonly paths: readonly string[];
  readonly attachments: { readonly removed: readonly string[]; readonly shared: readonly string[] };
  /** Blobs of the documents' files, with the paths of the attachments that they are. */
  readonly files: Traces['files'];
  /** Blobs that must be gone in the end. */
  readonly leaving: ReadonlySet<string>;
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
  const traces = await findTraces(history, commits, findings);
  const found = await survey(history, commits, findings, traces);
  const roots = await history.roots();
  const reaching = roots.filter(({ commit }) => found.tainted.has(commit));
  const holders = [
    ...namesOf(reaching.filter((root) => !isExpected(root, repo.branch))),
    ...(await oddHolders(history, found.leaving)),
    ...(await stagedHolders(repo, history, found.leaving)),
    ...(await stagedElsewhere(history, found.leaving)),
  ];
  if (holders.length > 0) throw ctxError('purge.held-elsewhere', { holders });
  const own = await history.commitsOf(head);
  const seconds = commits.filter(({ id }) => found.held.has(id)).map((commit) => commit.seconds);
  return {
    ...findings,
    head,
    commits: own.filter(({ id }) => found.tainted.has(id)),
    former: new Set(own.map(({ id }) => id)),
    held: found.held,
    tainted: found.tainted,
    paths: [...found.paths].sort(),
    attachments: { removed: removedFiles(own, found.held), shared: [...found.shared].sort() },
    files: traces.files,
    leaving: found.leaving,
    span:
      seconds.length === 0 ? undefined : { first: least(seconds), last: -least(seconds.map((at) => -at)) },
    tracking: [...new Set(reaching.filter(isTracking).map(({ ref }) => ref))],
    includers: [...found.includers].map(([document, path]) => ({ document, path })),
  };
}

/** What still finds one of the documents: for the last look, after all was done. `files`: those of the plan. */
export async function remainingHolders(
  history: History,
  findings: Findings,
  files: Traces['files'],
): Promise<string[]> {
  const commits = await history.commits();
  const traces = await findTraces(history, commits, findings, files);
  const { tainted, leaving } = await survey(history, commits, findings, traces);
  const roots = (await history.roots()).filter(({ commit }) => tainted.has(commit));
  return [...namesOf(roots), ...(await oddHolders(history, leaving))];
}

function removedFiles(commits: readonly CommitNode[], held: Survey['held']): string[] {
  const lists = new Set(commits.flatMap(({ id }) => (held.has(id) ? [held.get(id)] : [])));
  const files = [...lists].flatMap((list = []) => list.filter(({ kind }) => kind === 'file'));
  return [...new Set(files.map(({ path }) => path))].sort();
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

async function oddHolders(history: History, leaving: ReadonlySet<string>): Promise<string[]> {
  const holders: string[] = [];
  for (const ref of await history.oddRefs()) {
    for (const oid of await history.objectsOf(ref)) {
      if (!leaving.has(oid)) continue;
      holders.push(ref);
      break;
    }
  }
  return holders;
}

/** Copies that were added to the index; the branch's own files are there as it has them. */
async function stagedHolders(
  repo: ContextRepo,
  history: History,
  leaving: ReadonlySet<string>,
): Promise<string[]> {
  const own = new Set<string>();
  for await (const { path, oid } of repo.tree()) if (leaving.has(oid)) own.add(`${oid} ${path}`);
  const staged = await history.staged();
  return staged
    .filter(({ path, oid }) => leaving.has(oid) && !own.has(`${oid} ${path}`))
    .map(({ path }) => `${path} in the index`);
}

/** What is staged in other work trees of the repository, which this one's branch says nothing about. */
async function stagedElsewhere(history: History, leaving: ReadonlySet<string>): Promise<string[]> {
  const staged = await history.stagedElsewhere();
  return staged
    .filter(({ oid }) => leaving.has(oid))
    .map(({ path, index }) => `${path} in the index of another work tree (${index})`);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}
