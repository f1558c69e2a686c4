import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type GitOptions, git } from '../spawned/command.ts';
import { type RemoteCommand, runWithRemote } from './ask-remote.ts';

export interface Mirror extends Omit<RemoteCommand, 'cwd'> {
  /** Absolute; the lock on it is held. */
  readonly gitDir: string;
}

/** Holds what the last run read, so that the next one needs only what came since. */
const REF = 'refs/ctx/source';

/** What a git that was killed leaves behind. Nobody else works in the copy. */
const LOCKS = ['config.lock', 'HEAD.lock', 'packed-refs.lock', 'shallow.lock', `${REF}.lock`];

/**
 * Only commands that fetch are told that contents may be missing: told by the copy itself, each git that reads would fetch
 * them one by one.
 */
const PARTIAL = ['remote.origin.promisor=true', 'remote.origin.partialclonefilter=blob:none'];

/**
 * Brings the history of a ref without its contents, where the server can leave them out: those that are read are fetched
 * then. A tree's size is nothing beside that of all that ever stood in it. Answers the commit that the ref is at now.
 */
export async function renewMirror(
  mirror: Mirror,
  { ref, commit }: { readonly ref: string; readonly commit: string },
): Promise<string> {
  const { gitDir } = mirror;
  for (const lock of LOCKS) rmSync(join(gitDir, lock), { force: true });
  await make(mirror, commit.length === 64 ? 'sha256' : 'sha1');
  await fetch(mirror, ['--force', '--refmap='], [`+${ref}:${REF}`]);
  // Without it each run would leave a pack more. It does nothing for as long as there are few.
  const settings = ['gc.auto=6700', 'gc.autoDetach=false', ...PARTIAL];
  await git(['gc', '--auto', '--quiet'], { cwd: gitDir, settings });
  return (await git(['rev-parse', '--verify', `${REF}^{commit}`], { cwd: gitDir })).trim();
}

/** Brings contents that the copy has left at its remote, in one request. */
export async function fetchBlobs(mirror: Mirror, blobs: readonly string[]): Promise<void> {
  const input = blobs.map((blob) => `${blob}\n`);
  await fetch(mirror, ['--stdin'], [], { input, settings: ['fetch.negotiationAlgorithm=noop'] });
}

async function fetch(
  mirror: Mirror,
  options: readonly string[],
  refspecs: readonly string[],
  { input = [], settings = [] }: Pick<GitOptions, 'input' | 'settings'> = {},
): Promise<void> {
  const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no'];
  const args = ['fetch', ...quiet, '--filter=blob:none', ...options, '--', 'origin', ...refspecs];
  const command = { ...mirror, cwd: mirror.gitDir };
  await runWithRemote(command, args, { input, settings: [...settings, ...PARTIAL] });
}

/** HEAD comes last: without it there is no repository yet. */
async function make({ gitDir, remote }: Mirror, format: 'sha1' | 'sha256'): Promise<void> {
  if (!existsSync(join(gitDir, 'HEAD'))) {
    const options = ['--quiet', '--bare', '--template=', `--object-format=${format}`];
    await git(['init', ...options, gitDir], { cwd: gitDir });
  }
  await git(['config', 'remote.origin.url', remote.url], { cwd: gitDir });
}
