import { realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { secretsOfRemote } from '../../config/remote.ts';
import { oneLine } from '../../core/one-line.ts';

/** What of a shell's environment a run needs too, besides what every process of the user has. */
const KEPT = [
  'PATH',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_STATE_HOME',
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSH_COMMAND',
  'GIT_SSH',
  'GIT_CONFIG_GLOBAL',
  'GH_CONFIG_DIR',
];

export interface RunEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that hold a password, which the files of a scheduler, readable as they are, must not. */
  readonly withheld: readonly string[];
}

/** The environment that scheduled runs get, from that of the shell. */
export function runEnvironment(env: NodeJS.ProcessEnv): RunEnvironment {
  const set = KEPT.flatMap((name) => {
    const value = name === 'PATH' ? searchPath(env.PATH) : env[name];
    return value && oneLine(value) === value ? [[name, value] as const] : [];
  });
  const isSecret = ([, value]: readonly [string, string]) => secretsOfRemote(value).length > 0;
  return {
    variables: Object.fromEntries(set.filter((variable) => !isSecret(variable))),
    withheld: set.filter(isSecret).map(([name]) => name),
  };
}

/** Without the folders that npm puts in front for what it runs itself, and those that depend on where one is. */
function searchPath(path = ''): string {
  const npm = [join('node_modules', '.bin'), 'node-gyp-bin'];
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !npm.some((end) => folder.endsWith(`${sep}${end}`)))
    .join(delimiter);
}

/**
 * Where Node.js will be after an upgrade, too: package managers keep versions in folders of their own, such as
 * `/opt/homebrew/Cellar/node/24.1.0/bin`, and what is on the search path leads to the current one.
 */
export function lastingNode(executable: string, path: string): string {
  const target = realPath(executable);
  const onPath = path.split(delimiter).map((folder) => join(folder, 'node'));
  return onPath.find((candidate) => realPath(candidate) === target) ?? executable;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    // It is not there, or not for this user.
    return undefined;
  }
}
