import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import git from 'isomorphic-git';
import { type CtxError, ctxError } from '../../core/errors/index.ts';
import { harmlessCause, messageOf, type Remote, reasonOf, withoutCredentials } from '../credentials.ts';
import type { Engine } from '../engine.ts';
import type { Place } from '../open.ts';
import { isomorphicEngine } from './engine.ts';
import { type DurableFiles, durableFiles } from './files.ts';
import { http, isHttp, onAuth } from './http.ts';

/** A repository as isomorphic-git's functions take it. */
interface Repository {
  readonly fs: DurableFiles['fs'];
  readonly gitdir: string;
}

export async function openIsomorphic(place: Place): Promise<Engine> {
  const { path, branch, remote } = place;
  const gitDir = join(path, '.git');
  const repository = { fs: durableFiles(gitDir).fs, gitdir: gitDir };
  if (place.empty) await make(repository, place);
  checkFolder(path, gitDir);
  await checkFormat(repository, path);
  await checkBranch(repository, path, branch);
  if (remote !== null) await addOrigin(repository, remote.url);
  return isomorphicEngine({ path, gitDir, branch });
}

async function make(repository: Repository, { path, branch, remote }: Place): Promise<void> {
  if (remote !== null && (await remoteHas(path, remote, branch))) {
    const from = { http, url: remote.url, onAuth: onAuth(remote), ref: branch };
    await git
      .clone({ ...repository, ...from, dir: path, singleBranch: true, noTags: true })
      .catch((error: unknown) => {
        throw unreachable(error, remote);
      });
  } else {
    await git.init({ ...repository, dir: path, defaultBranch: branch });
  }
  await describeFileSystem(repository);
}

async function remoteHas(path: string, remote: Remote, branch: string): Promise<boolean> {
  const { url } = remote;
  if (!isHttp(url)) {
    const what = `the remote ${withoutCredentials(url)}, which is not http(s),`;
    throw ctxError('git.unsupported', { path, what });
  }
  try {
    const ref = `refs/heads/${branch}`;
    const refs = await git.listServerRefs({ http, url, onAuth: onAuth(remote), prefix: ref });
    return refs.some((found) => found.ref === ref);
  } catch (error) {
    throw unreachable(error, remote);
  }
}

function unreachable(error: unknown, remote: Remote): CtxError {
  const params = {
    remote: withoutCredentials(remote.url),
    reason: reasonOf(messageOf(error), remote),
  };
  return ctxError('git.remote-unreachable', params, harmlessCause(error, remote));
}

/** isomorphic-git describes every file system as Windows'; git would then miss changes of case and of links. */
async function describeFileSystem(repository: Repository): Promise<void> {
  if (process.platform === 'win32') return;
  await git.setConfig({ ...repository, path: 'core.filemode', value: true });
  await git.setConfig({ ...repository, path: 'core.symlinks', value: undefined });
  if (process.platform === 'linux')
    await git.setConfig({ ...repository, path: 'core.ignorecase', value: undefined });
}

function checkFolder(path: string, gitDir: string): void {
  const stat = lstatSync(gitDir, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return;
  if (stat) throw ctxError('git.unsupported', { path, what: 'a git folder that lies elsewhere' });
  const bare = ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(path, name)));
  throw bare ? ctxError('git.bare-repo', { path }) : ctxError('git.not-a-repo', { path });
}

/** Refuses what isomorphic-git would read wrongly or corrupt without a word. */
async function checkFormat(repository: Repository, path: string): Promise<void> {
  const setting = async (name: string): Promise<string> =>
    String((await git.getConfig({ ...repository, path: name })) ?? '').toLowerCase();
  const refuse = (what: string) => {
    throw ctxError('git.unsupported', { path, what });
  };
  if ((await setting('core.bare')) === 'true') throw ctxError('git.bare-repo', { path });
  if (!['', 'sha1'].includes(await setting('extensions.objectformat'))) refuse('SHA-256 object ids');
  if (!['', 'files'].includes(await setting('extensions.refstorage')))
    refuse('another ref storage than files');
  if ((await setting('extensions.partialclone')) !== '') refuse('a partial clone');
  if (['true', 'yes', 'on', '1'].includes(await setting('core.sparsecheckout'))) refuse('a sparse checkout');
  if (['true', 'yes', 'on', '1'].includes(await setting('extensions.worktreeconfig')))
    refuse('a configuration of its own for each work tree, as sparse checkouts do');
  if (existsSync(join(repository.gitdir, 'objects', 'info', 'alternates')))
    refuse('objects of another repository');
}

/** A repository without a commit is put on the branch; one with commits stays on its own, and is refused. */
async function checkBranch(repository: Repository, path: string, branch: string): Promise<void> {
  const head = await git.currentBranch({ ...repository, fullname: true });
  const wanted = `refs/heads/${branch}`;
  if (head === wanted) return;
  const branches = await git.listBranches(repository);
  if (head && !branches.includes(head.replace('refs/heads/', '')) && !branches.includes(branch)) {
    await git.writeRef({ ...repository, ref: 'HEAD', value: wanted, symbolic: true, force: true });
    return;
  }
  const checkedOut = head ? `branch ${head.replace('refs/heads/', '')}` : 'no branch (a detached HEAD)';
  throw ctxError('git.wrong-branch', { path, branch, checkedOut });
}

async function addOrigin(repository: Repository, url: string): Promise<void> {
  const remotes = await git.listRemotes(repository);
  if (!remotes.some(({ remote }) => remote === 'origin'))
    await git.addRemote({ ...repository, remote: 'origin', url });
}
