import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the configuration of a user's programs lives: https://specifications.freedesktop.org/basedir-spec/latest/ */
export function configHome(env: Environment, home = homeOf(env)): string {
  return baseDir(env.XDG_CONFIG_HOME) ?? join(home, '.config');
}

/** Where that of ours lives. */
export function configDir(env: Environment, home = homeOf(env)): string {
  return join(configHome(env, home), 'context-sync');
}

/** Where logs live. */
export function stateDir(env: Environment, home = homeOf(env)): string {
  return join(baseDir(env.XDG_STATE_HOME) ?? join(home, '.local', 'state'), 'context-sync');
}

/** Where copies of what can be fetched again live. */
export function cacheDir(env: Environment, home = homeOf(env)): string {
  return join(baseDir(env.XDG_CACHE_HOME) ?? join(home, '.cache'), 'context-sync');
}

/** The search index of a clone: made of its documents, so that what removes one of them for good removes it too. */
export function searchIndexOf(gitDir: string): string {
  return join(gitDir, 'ctx', 'search.sqlite');
}

/** `~` and `~/…` as the shell reads them; other paths stay as they are. */
export function expandHome(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}

export function homeOf(env: Environment): string {
  return env.HOME || homedir();
}

/** The specification has relative values ignored. */
function baseDir(value: string | undefined): string | undefined {
  return value && isAbsolute(value) ? value : undefined;
}
