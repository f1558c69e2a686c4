import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import { withoutCredentials } from '../credentials.ts';
import type { Engine } from '../engine.ts';
import { lockRepo } from '../lock.ts';
import type { Place } from '../open.ts';
import { recover } from '../recover.ts';
import { clone, isMade } from './clone.ts';
import { git, gitOutcome } from './command.ts';
import { type GitEngineOptions, gitEngine } from './engine.ts';
import { porcelain } from './porcelain.ts';
import { tipOf } from './publish.ts';
import { readHead } from './refs.ts';

export async function openGit(place: Place): Promise<Engine> {
  const { path: cwd, branch, remote } = place;
  if (place.empty) await make(place);
  const layout = await layoutOf(cwd);
  await checkBranch(cwd, layout.gitDir, branch);
  if (remote !== null) await addOrigin(cwd, remote.url);
  return gitEngine({ path: cwd, branch, ...layout });
}

/** Clones the remote when it has the branch already; an empty template keeps sample hooks and excludes out. */
async function make({ path, branch, remote, onlyClones }: Place): Promise<void> {
  const tip = remote === null ? null : await tipOf(path, remote, branch);
  if (remote !== null && tip !== null) {
    const gitDir = join(path, '.git');
    await using _lock = await lockRepo(gitDir);
    if (isMade(gitDir)) return;
    await clone({ gitDir, branch, remote, tip });
    await recover(gitEngine({ path, branch, ...(await layoutOf(path)) }));
  } else if (remote !== null && onlyClones) {
    throw ctxError('pull.no-branch', { remote: withoutCredentials(remote.url), branch });
  } else await git(['init', '--quiet', '--template=', `--initial-branch=${branch}`], { cwd: path });
}

/** The folder must be a repository's top, not one of its folders: a run would commit to a stranger's project. */
async function layoutOf(
  cwd: string,
): Promise<Pick<GitEngineOptions, 'gitDir' | 'commonDir' | 'objectFormat'>> {
  const isTop = existsSync(join(cwd, '.git'));
  const asked = ['--is-bare-repository', '--show-object-format', '--absolute-git-dir', '--git-common-dir'];
  const { code, stdout } = await gitOutcome(['rev-parse', ...asked, '--show-cdup'], {
    cwd,
    accept: isTop ? [] : [128],
  });
  // The way up to the top comes last: empty at the top, no line at all without a work tree.
  const [bare, format, gitDir, commonDir, up] = stdout.split('\n');
  if (code !== 0 || gitDir === undefined || commonDir === undefined)
    throw ctxError('git.not-a-repo', { path: cwd });
  if (bare === 'true') {
    throw isTop || realpathSync(gitDir) === cwd
      ? ctxError('git.bare-repo', { path: cwd })
      : ctxError('git.not-a-repo', { path: cwd });
  }
  if (up !== '' || !isTop) throw ctxError('git.not-a-repo', { path: cwd });
  const objectFormat = format === 'sha256' ? 'sha256' : 'sha1';
  return { gitDir, commonDir: resolve(cwd, commonDir), objectFormat };
}

/** A repository without a commit is put on the branch; one with commits stays on its own, and is refused. */
async function checkBranch(cwd: string, gitDir: string, branch: string): Promise<void> {
  const wanted = `refs/heads/${branch}`;
  if (readHead(gitDir) === wanted) return;
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
