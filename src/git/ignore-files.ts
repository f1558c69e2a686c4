import { join, resolve } from 'node:path';
import { configHome, type Environment, homeOf } from '../core/paths.ts';
import { gitOutcome } from './spawned/command.ts';

export interface IgnoreFiles {
  /** What the user has git ignore in all repositories. */
  readonly everywhere: string;
  /** What the user has git ignore in this repository alone, without a file of it. */
  readonly here: string;
}

/**
 * The files that say what git ignores for this user and nobody else: https://git-scm.com/docs/gitignore. Undefined in a folder
 * that is in no work tree.
 */
export async function ignoreFilesFor(folder: string, env: Environment): Promise<IgnoreFiles | undefined> {
  const home = homeOf(env);
  const options = { cwd: folder, env: { HOME: home }, accept: [1, 128] };
  const ask = async (...args: readonly string[]) =>
    (await gitOutcome(args, options)).stdout.replace(/\n$/, '');
  const exclude = await ask('rev-parse', '--git-path', 'info/exclude');
  if (exclude === '') return undefined;
  const configured = await ask('config', '--get', '--type=path', 'core.excludesFile');
  return {
    everywhere: configured === '' ? join(configHome(env), 'git', 'ignore') : resolve(folder, configured),
    here: resolve(folder, exclude),
  };
}

/** Whether git keeps a file of a work tree. */
export async function isTracked(folder: string, name: string): Promise<boolean> {
  const args = ['ls-files', '--error-unmatch', '--', name];
  return (await gitOutcome(args, { cwd: folder, accept: [1, 128] })).code === 0;
}
