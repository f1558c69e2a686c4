import type { SourceModel } from '../../connectors/contract.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import { withoutCredentials } from '../../git/credentials.ts';
import { type History, type HistorySink, openHistory } from '../../git/history.ts';
import { clearCaches } from '../../git/own-files.ts';
import type { CommitStep, ContextRepo } from '../../git/repo.ts';
import { blobId } from '../../git/work-tree.ts';
import type { DocumentKey } from '../links.ts';
import { refuseLocalEdits } from '../local-edits.ts';
import { loadManifest } from '../manifest.ts';
import { findDocuments } from './find.ts';
import { forgetObjects } from './forget.ts';
import { clearLeftovers, SHORTEST } from './leftovers.ts';
import { type PurgePlan, planPurge } from './plan.ts';
import { type PurgeRecord, readRecord, writeRecord } from './record.ts';
import { rewriteCommits } from './rewrite.ts';
import type { EditCounts } from './tree-edit.ts';

/** The points of a purge after which a test may kill the process. */
export type PurgeStep = CommitStep | 'excluded' | 'written' | 'recorded' | 'pushed' | 'cleared' | 'forgotten';

export interface PurgeOptions {
  readonly repo: ContextRepo;
  /** Of all configured sources, in the order of the configuration. */
  readonly models: readonly SourceModel[];
  /** Ids, keys, addresses or paths of the documents. */
  readonly names: readonly string[];
  /** The only source that they may be of. */
  readonly source?: string;
  /** Say what there is to do, and change nothing. */
  readonly dryRun: boolean;
  /** The remote whose history shall be replaced too. */
  readonly push?: { readonly remote: string; readonly branch: string };
  /** Keeps builds from bringing the documents back; called before the history is touched. */
  readonly exclude: (documents: readonly DocumentKey[]) => Promise<void>;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** @internal For crash tests: called after each step has been made durable. */
  readonly onStep?: (step: PurgeStep) => void;
}

export interface PurgeResult {
  readonly documents: readonly DocumentKey[];
  /** Every path that they had. */
  readonly paths: readonly string[];
  /** When the first and the last commit was made that held one of them. */
  readonly first: Date | undefined;
  readonly last: Date | undefined;
  readonly commits: { readonly rewritten: number; readonly dropped: number };
  /** Heads before and after; the same if the branch did not hold them. */
  readonly from: string;
  readonly to: string;
  readonly attachments: { readonly removed: readonly string[]; readonly shared: readonly string[] };
  /** How many other documents moved or link otherwise. */
  readonly relinked: number;
  /** Files of the last commit that still name one of them, by title or file name. */
  readonly namedIn: readonly string[];
  /** Remote branches that held them when this clone last looked. */
  readonly tracking: readonly string[];
  readonly pushed: boolean;
  /** What is not as it should be although all was done that could be. */
  readonly problems: readonly CtxError[];
}

/**
 * Rewrites the branch's history to one that never held the documents, and removes them from the clone. The caller holds
 * the repository's lock. Whatever it refuses, it refuses before anything is changed; after a kill the same call ends what
 * was begun.
 */
export async function purge(options: PurgeOptions): Promise<PurgeResult> {
  const { repo, models, names, source, dryRun, push, signal, log, onStep = () => {} } = options;
  const history = await openHistory(repo);
  await repo.recover();
  const record = readRecord(repo.gitDir);
  if ((await repo.head()) === null) throw ctxError('purge.unknown-document', { names, path: repo.path });
  const sources = models.map((model) => model.source);
  await refuseLocalEdits(repo, await loadManifest(repo, sources), 'git.local-edits');
  log.debug('looking for the documents in all commits');
  const findings = await findDocuments(history, {
    path: repo.path,
    names,
    source,
    former: record.documents,
  });
  const plan = await planPurge(repo, history, findings);
  const remote = push && (await readRemote(history, push, plan, record));
  signal.throwIfAborted();
  if (dryRun) {
    const counts = await rewriteCommits(history, plan, models, idleSink(repo));
    return result(plan, counts, {
      dropped: 0,
      to: plan.head,
      namedIn: await namedIn(history, plan, plan.head),
    });
  }

  await options.exclude(plan.documents);
  onStep('excluded');
  const { to, counts, dropped } = await rewriteBranch(options, history, plan, record);
  clearCaches(repo.gitDir);
  onStep('cleared');
  const problems: CtxError[] = [];
  const orProblem = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!isCtxError(error)) throw error;
      problems.push(error);
    }
  };
  // Pushed before the former commits are gone, which tell git what the remote has already.
  if (push !== undefined && remote !== undefined) {
    await orProblem(async () => {
      await pushTo(repo, history, push, remote, to);
      writeRecord(repo.gitDir, { ...readRecord(repo.gitDir), former: [] });
      onStep('pushed');
    });
  }
  const pushed = push !== undefined && problems.length === 0;
  await deleteTracking(history, plan);
  await orProblem(() => clearLeftovers(history, plan, readRecord(repo.gitDir)));
  await orProblem(() => forgetObjects(repo, history, plan));
  onStep('forgotten');
  if (plan.includers.length > 0) {
    const documents = plan.includers.map(({ document, path }) => `${document} (${path})`);
    problems.push(ctxError('purge.included', { documents }));
  }
  const found = await namedIn(history, plan, to);
  return { ...result(plan, counts, { dropped, to, namedIn: found }), pushed, problems };
}

interface RemoteState {
  readonly head: string | null;
  /** Whether the branch goes on from there, so that no history is replaced. */
  readonly forward: boolean;
}

/** Fails with `purge.remote-moved` if the remote has commits that would be lost. */
async function readRemote(
  history: History,
  { remote, branch }: { readonly remote: string; readonly branch: string },
  plan: PurgePlan,
  record: PurgeRecord,
): Promise<RemoteState> {
  const head = await history.remoteHead(remote, branch);
  if (head === null) return { head, forward: true };
  if (!plan.former.has(head) && !record.former.includes(head))
    throw ctxError('purge.remote-moved', { remote: withoutCredentials(remote), branch });
  return { head, forward: plan.former.has(head) && plan.commits.every(({ id }) => id !== head) };
}

async function pushTo(
  repo: ContextRepo,
  history: History,
  push: { readonly remote: string; readonly branch: string },
  { head, forward }: RemoteState,
  to: string,
): Promise<void> {
  if (head === to) return;
  try {
    if (forward || head === null) await repo.push(push);
    else await history.replaceRemote({ ...push, lease: head });
  } catch (error) {
    // What helps against that elsewhere, a rebase, would bring the old history back.
    if (!isCtxError(error) || !error.is('git.push-rejected')) throw error;
    const { remote, branch } = push;
    throw ctxError('purge.remote-moved', { remote: withoutCredentials(remote), branch }, error);
  }
}

/** A fetch brings back what is there; those that a push has moved meanwhile stay. */
async function deleteTracking(history: History, { tracking, tainted }: PurgePlan): Promise<void> {
  const now = await history.roots();
  const stale = now.filter(
    ({ kind, ref, commit }) => kind === 'ref' && tracking.includes(ref) && tainted.has(commit),
  );
  await history.deleteRefs(stale.map(({ ref }) => ref));
}

/** Leaves branch, index and work tree at the new history, if the branch held a document. */
async function rewriteBranch(
  { repo, models, signal, log, onStep = () => {} }: PurgeOptions,
  history: History,
  plan: PurgePlan,
  record: PurgeRecord,
): Promise<{ to: string; counts: EditCounts; dropped: number }> {
  const gone = new Set([...record.objects, ...plan.leaving, ...plan.held.keys()]);
  const documents = [...new Set([...record.documents, ...plan.documents])];
  if (plan.commits.length === 0) {
    writeRecord(repo.gitDir, { documents, objects: [...gone], former: record.former });
    onStep('recorded');
    return { to: plan.head, counts: NO_EDITS, dropped: 0 };
  }
  log.info(`rewriting ${plan.commits.length} commits`);
  await using writer = history.writer();
  const sink: HistorySink = {
    async blob(content) {
      const oid = await writer.blob(content);
      // An index without the document may be one that stood there with it before: of its path's next document.
      gone.delete(oid);
      return oid;
    },
    commit(commit, edit) {
      signal.throwIfAborted();
      return writer.commit(commit, edit);
    },
  };
  const counts = await rewriteCommits(history, plan, models, sink);
  const to = await writer.end(plan.head);
  onStep('written');
  const former = [...new Set([...record.former, ...plan.commits.map(({ id }) => id)])];
  writeRecord(repo.gitDir, { documents, objects: [...gone], former });
  onStep('recorded');
  await repo.moveTo(to, { signal, onStep });
  return { to, counts, dropped: writer.dropped };
}

const NO_EDITS: EditCounts = { relinked: new Set() };

/** Takes everything and writes nothing. */
function idleSink({ objectFormat }: ContextRepo): HistorySink {
  return { blob: async (content) => blobId(objectFormat, content), commit: async () => {} };
}

/** Files that a person must look at: texts of others that say the title or the file name. */
async function namedIn(history: History, plan: PurgePlan, commit: string): Promise<string[]> {
  const titles = [...plan.versions.values()].map(({ title }) => title.trim());
  const stems = plan.paths.map((path) => path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, ''));
  const words = new Set([...titles, ...stems].filter((text) => [...text].length >= SHORTEST));
  const files = await history.filesNaming(commit, [...words]);
  return files.filter((path) => !plan.paths.includes(path));
}

function result(
  plan: PurgePlan,
  { relinked }: EditCounts,
  { dropped, to, namedIn: found }: { dropped: number; to: string; namedIn: readonly string[] },
): PurgeResult {
  const date = (seconds: number | undefined) =>
    seconds === undefined ? undefined : new Date(seconds * 1000);
  return {
    documents: plan.documents,
    paths: plan.paths,
    first: date(plan.span?.first),
    last: date(plan.span?.last),
    commits: { rewritten: plan.commits.length - dropped, dropped },
    from: plan.head,
    to,
    attachments: plan.attachments,
    relinked: relinked.size,
    namedIn: found,
    tracking: plan.tracking,
    pushed: false,
    problems: [],
  };
}
