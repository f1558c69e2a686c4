import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { harmlessCause, messageOf, type Remote, reasonOf, withoutCredentials } from '../credentials.ts';
import type { Engine } from '../engine.ts';
import type { Place } from '../open.ts';
import { accessTo } from './access.ts';
import { git, gitOutcome, reasonIn } from './command.ts';
import { gitEngine } from './engine.ts';
import { porcelain } from './porcelain.ts';

const OLDEST = [2, 30] as const;

/** Whether `git` is in PATH and not older than what the engine is tested with. */
export async function hasUsableGit(cwd: string): Promise<boolean> {
  try {
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(await git(['version'], { cwd })) ?? [];
    return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  } catch (error) {
    if (isCtxError(error)) return false;
    throw error;
  }
}

export async function openGit(place: Place): Promise<Engine> {
  const { path: cwd, branch, remote } = place;
  if (place.empty) await make(place);
  const gitDir = await gitDirOf(cwd);
  await checkBranch(cwd, branch);
  if (remote !== null) await addOrigin(cwd, remote.url);
  const format = (await git(['rev-parse', '--show-object-format'], { cwd })).trim();
  return gitEngine({ path: cwd, gitDir, branch, objectFormat: format === 'sha256' ? 'sha256' : 'sha1' });
}

/** Clones the remote when it has the branch already; an empty template keeps sample hooks and excludes out. */
async function make({ path, branch, remote }: Place): Promise<void> {
  if (remote !== null && (await remoteHas(path, remote, branch))) {
    const options = ['--template=', '--branch', branch, '--single-branch', '--no-tags'];
    await porcelain(path, accessTo(remote))
      .clone(remote.url, path, options)
      .catch((error: unknown) => {
        const reason = reasonOf(reasonIn(messageOf(error)), remote);
        const params = { command: 'clone', code: 'error', reason };
        throw ctxError('git.command-failed', params, harmlessCause(error, remote));
      });
  } else await git(['init', '--quiet', '--template=', `--initial-branch=${branch}`], { cwd: path });
}

async function remoteHas(path: string, remote: Remote, branch: string): Promise<boolean> {
  try {
    const asked = ['--heads', '--', remote.url, `refs/heads/${branch}`];
    return (await porcelain(path, accessTo(remote)).listRemote(asked)).trim() !== '';
  } catch (error) {
    const reason = reasonOf(reasonIn(messageOf(error)), remote);
    const params = { remote: withoutCredentials(remote.url), reason };
    throw ctxError('git.remote-unreachable', params, harmlessCause(error, remote));
  }
}

/** The folder must be a repository's top, not one of its folders: a run would commit to a stranger's project. */
async function gitDirOf(cwd: string): Promise<string> {
  const asked = ['rev-parse', '--is-bare-repository', '--absolute-git-dir'];
  const { code, stdout } = await gitOutcome(asked, {
    cwd,
    accept: existsSync(join(cwd, '.git')) ? [] : [128],
  });
  const [bare, gitDir] = stdout.trim().split('\n');
  if (code !== 0 || gitDir === undefined) throw ctxError('git.not-a-repo', { path: cwd });
  if (bare === 'true') {
    throw realpathSync(gitDir) === cwd || existsSync(join(cwd, '.git'))
      ? ctxError('git.bare-repo', { path: cwd })
      : ctxError('git.not-a-repo', { path: cwd });
  }
  const top = (await git(['rev-parse', '--show-cdup'], { cwd })).trim();
  if (top !== '' || !existsSync(join(cwd, '.git'))) throw ctxError('git.not-a-repo', { path: cwd });
  return gitDir;
}

/** A repository without a commit is put on the branch; one with commits stays on its own, and is refused. */
async function checkBranch(cwd: string, branch: string): Promise<void> {
  const wanted = `refs/heads/${branch}`;
  const { stdout } = await gitOutcome(['symbolic-ref', '--quiet', 'HEAD'], { cwd, accept: [1] });
  const head = stdout.trim();
  if (head === wanted) return;
  const exists = async (ref: string) =>
    (await gitOutcome(['rev-parse', '--verify', '--quiet', ref], { cwd, accept: [1] })).code === 0;
  if (head !== '' && !(await exists('HEAD')) && !(await exists(wanted))) {
    await git(['symbolic-ref', 'HEAD', wanted], { cwd });
    return;
  }
  const checkedOut =
    head === '' ? 'no branch (a detached HEAD)' : `branch ${head.replace('refs/heads/', '')}`;
  throw ctxError('git.wrong-branch', { path: cwd, branch, checkedOut });
}

async function addOrigin(cwd: string, remote: string): Promise<void> {
  const simple = porcelain(cwd);
  const remotes = await simple.getRemotes();
  if (!remotes.some(({ name }) => name === 'origin')) await simple.addRemote('origin', remote);
}
