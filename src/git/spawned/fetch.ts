import { ctxError } from '../../core/errors/index.ts';
import {
  harmlessCause,
  messageOf,
  type Remote,
  reasonOf,
  splitRemote,
  withoutCredentials,
} from '../credentials.ts';
import { PENDING_REF } from '../engine.ts';
import { accessTo } from './access.ts';
import { git, gitOutcome, reasonIn } from './command.ts';
import { porcelain } from './porcelain.ts';

/** Where commits come from. */
export interface Source {
  /** What git is told: the name under which the clone knows the remote, which is how it finds its filter; or its address. */
  readonly from: string;
  readonly remote: Remote;
  /** The ref that remembers where the branch was there; null for an address that the clone doesn't know. */
  readonly tracking: string | null;
}

/** The remote that is meant: one of the clone's by name or address, or another; null if none is said and there is no `origin`. */
export async function findSource(
  cwd: string,
  asked: string | undefined,
  branch: string,
): Promise<Source | null> {
  const remotes = await remotesOf(cwd);
  const known = (name: string, remote: Remote): Source => ({
    from: name,
    remote,
    tracking: `refs/remotes/${name}/${branch}`,
  });
  const named = remotes.get(asked ?? 'origin');
  if (named !== undefined) return known(asked ?? 'origin', splitRemote(named));
  if (asked === undefined) return null;
  const remote = splitRemote(asked);
  for (const [name, url] of remotes) if (splitRemote(url).url === remote.url) return known(name, remote);
  return { from: remote.url, remote, tracking: null };
}

/** Names and addresses. Of several addresses git fetches from the first. */
async function remotesOf(cwd: string): Promise<Map<string, string>> {
  const args = ['config', '-z', '--get-regexp', '^remote\\..*\\.url$'];
  const { stdout } = await gitOutcome(args, { cwd, accept: [1] });
  const remotes = new Map<string, string>();
  for (const [, name = '', url = ''] of stdout.matchAll(/remote\.([^\n]*)\.url\n([^\0]*)\0/g))
    if (!remotes.has(name)) remotes.set(name, url);
  return remotes;
}

/**
 * Brings the branch's commit, with all that leads to it from what the clone has, and answers its id. Nothing but the
 * pending ref holds it: what the remote's own ref said before is how a rewritten history is known.
 */
export async function fetchBranch(cwd: string, { from, remote }: Source, branch: string): Promise<string> {
  const options = ['--quiet', '--no-tags', '--no-prune', '--no-write-fetch-head', '--recurse-submodules=no'];
  const refspec = `+refs/heads/${branch}:${PENDING_REF}`;
  try {
    await porcelain(cwd, accessTo(remote)).raw(['fetch', ...options, '--refmap=', '--', from, refspec]);
  } catch (error) {
    throw failure(messageOf(error), remote, branch, error);
  }
  return (await git(['rev-parse', '--verify', PENDING_REF], { cwd })).trim();
}

/**
 * Brings those blobs in one request that a partial clone has left at the remote, as git does before a checkout. Otherwise
 * the first reader of each would ask for it alone.
 */
export async function fetchBlobs(
  cwd: string,
  { from, remote }: Source,
  oids: readonly string[],
): Promise<void> {
  if (oids.length === 0) return;
  const { settings, env } = accessTo(remote);
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no'];
  try {
    await git(['fetch', ...options, '--filter=blob:none', '--stdin', '--', from], {
      cwd,
      env: { ...env },
      settings: [...settings, 'fetch.negotiationAlgorithm=noop'],
      input: oids.map((oid) => `${oid}\n`),
    });
  } catch (error) {
    throw failure(messageOf(error), remote, undefined, error);
  }
}

function failure(said: string, remote: Remote, branch: string | undefined, error: unknown) {
  const shown = withoutCredentials(remote.url);
  const cause = harmlessCause(error, remote);
  if (branch !== undefined && /couldn't find remote ref/.test(said))
    return ctxError('pull.no-branch', { remote: shown, branch }, cause);
  return ctxError(
    'git.remote-unreachable',
    { remote: shown, reason: reasonOf(reasonIn(said), remote) },
    cause,
  );
}

/** Whether the clone leaves objects at a remote until they are needed. */
export async function isPartial(cwd: string): Promise<boolean> {
  const args = ['config', '--get-regexp', '^(extensions\\.partialclone|remote\\..*\\.promisor)$'];
  return (await gitOutcome(args, { cwd, accept: [1] })).stdout.trim() !== '';
}
