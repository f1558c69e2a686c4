import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program with a home of its own below `root`; answers what it prints. */
export function runAt(root: string, command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      HOME: root,
      npm_config_cache: join(root, 'cache'),
      npm_config_update_notifier: 'false',
    },
  });
}

/** Compiles and packs a copy below `root`, so that the checkout's own `dist` is neither needed nor touched. The tarball's path. */
export function packCopy(root: string): string {
  const copy = join(root, 'copy');
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: project, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files.filter((name) => !/^(?:test|bench)\//.test(name))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(project, file), join(copy, file));
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  runAt(root, 'npm', ['run', '--silent', 'build'], copy);
  const packed = runAt(root, 'npm', ['pack', '--json', '--ignore-scripts', '--offline'], copy);
  const [name] = readdirSync(copy).filter((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack made no tarball: ${packed}`);
  return join(copy, name);
}
