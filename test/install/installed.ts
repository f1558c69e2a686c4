import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packCopy } from '../harness/packed.ts';

/** The program, packed and put below `root` as `npm install --global` does; undefined where the registry can't be reached. */
export function installGlobally(root: string): string | undefined {
  const prefix = join(root, 'global');
  const args = ['install', '--global', '--prefix', prefix, '--prefer-offline', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', [...args, packCopy(root)], { encoding: 'utf8', cwd: root });
  if (status === 0) return join(prefix, 'bin', 'ctx');
  if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(stderr)) throw new Error(stderr);
  process.stderr.write('skipped: the registry of npm cannot be reached\n');
  return undefined;
}
