import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Remote } from '../credentials.ts';
import { dropIntent, writeIntent } from '../intent.ts';
import { draftOfClone } from '../unmade.ts';
import { git } from './command.ts';
import { fetchBranch, type Source } from './fetch.ts';
import { incoming } from './incoming.ts';

export interface CloneOptions {
  readonly gitDir: string;
  readonly branch: string;
  readonly remote: Remote;
  /** The commit that the branch is at. */
  readonly tip: string;
}

/**
 * Makes the folder a clone of the one branch, whose commit is still to be moved to: an intent says so. All is put
 * together in a place where git looks for nothing, and HEAD comes last, so that what a kill leaves is no repository yet
 * or one that `recover` completes; `git clone` would leave one with half of its files. The caller holds the lock.
 */
export async function clone({ gitDir, branch, remote: given, tip }: CloneOptions): Promise<void> {
  const remote = { ...given, url: addressOf(given.url, dirname(gitDir)) };
  const draft = draftOfClone(gitDir);
  for (const name of readdirSync(gitDir))
    if (name !== 'ctx') rmSync(join(gitDir, name), { recursive: true, force: true });
  rmSync(draft, { recursive: true, force: true });
  dropIntent(gitDir);
  mkdirSync(draft, { recursive: true });
  const format = tip.length === 64 ? 'sha256' : 'sha1';
  // An empty template keeps sample hooks and excludes out.
  const options = ['--quiet', '--template=', `--initial-branch=${branch}`, `--object-format=${format}`];
  await git(['init', ...options], { cwd: draft });
  const tracking = `refs/remotes/origin/${branch}`;
  const settings = {
    'remote.origin.url': remote.url,
    'remote.origin.fetch': `+refs/heads/${branch}:${tracking}`,
    'remote.origin.tagOpt': '--no-tags',
    [`branch.${branch}.remote`]: 'origin',
    [`branch.${branch}.merge`]: `refs/heads/${branch}`,
  };
  for (const [name, value] of Object.entries(settings)) await git(['config', name, value], { cwd: draft });
  const origin: Source = { from: 'origin', remote, tracking };
  const next = await fetchBranch(draft, origin, branch);
  await incoming(draft, format, { old: null, next, remote });
  await git(['update-ref', '-m', 'ctx: pull', tracking, next], { cwd: draft });
  writeIntent(gitDir, { branch: `refs/heads/${branch}`, old: null, new: next });
  const made = join(draft, '.git');
  for (const name of readdirSync(made).filter((entry) => entry !== 'HEAD'))
    renameSync(join(made, name), join(gitDir, name));
  renameSync(join(made, 'HEAD'), join(gitDir, 'HEAD'));
  rmSync(draft, { recursive: true });
}

/** As `git clone` keeps it: what is a folder, seen from the clone, is known by its whole path. */
function addressOf(url: string, clone: string): string {
  const path = resolve(clone, url);
  return existsSync(path) ? path : url;
}

/** Whether another process has made the repository meanwhile. */
export const isMade = (gitDir: string): boolean => existsSync(join(gitDir, 'HEAD'));
