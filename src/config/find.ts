import { accessSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import { configDir, type Environment, expandHome, homeOf } from '../core/paths.ts';

const configFileName = 'context.config.yaml';

/**
 * The configuration that is meant: the file asked for, or the one here, or the user's. Fails with `config.not-found` and the
 * places looked at.
 */
export function findConfig(asked: string | undefined, env: Environment, cwd: string): string {
  const candidates =
    asked === undefined
      ? [join(cwd, configFileName), join(configDir(env), configFileName)]
      : [resolve(cwd, expandHome(asked, homeOf(env)))];
  const found = candidates.find(exists);
  if (found === undefined) throw ctxError('config.not-found', { searched: candidates });
  return found;
}

function exists(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw ctxError('config.unreadable', { file, reason: code ?? 'unknown' }, error);
  }
}
