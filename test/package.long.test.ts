import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const project = fileURLToPath(new URL('..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'ctx-package-'));
/** As it would lie in somebody's node_modules, beside its dependencies. */
const installed = join(root, 'app', 'node_modules', 'context-sync');

/** Packs a copy, so that the checkout's own `dist` is neither needed nor touched, and unpacks it as npm would. */
beforeAll(() => {
  const copy = join(root, 'copy');
  mkdirSync(copy);
  for (const name of ['src', 'package.json', 'tsconfig.json', 'rolldown.config.ts', 'LICENSE', 'README.md'])
    cpSync(join(project, name), join(copy, name), { recursive: true });
  for (const name of ['context.schema.json', 'context.config.yaml'])
    cpSync(join(project, name), join(copy, name));
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  run('npm', ['run', '--silent', 'build'], copy);
  const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--offline'], copy);
  const [name] = readdirSync(copy).filter((file) => file.endsWith('.tgz'));
  expect(name, packed).toBeDefined();

  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', join(copy, name ?? ''), '--strip-components=1', '-C', installed], root);
  const modules = join(root, 'app', 'node_modules');
  const { dependencies } = manifest();
  for (const dependency of Object.keys(dependencies)) {
    const link = join(modules, dependency);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(project, 'node_modules', dependency), link);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: root,
      npm_config_cache: join(root, 'cache'),
      npm_config_update_notifier: 'false',
    },
  });
}

function manifest() {
  return JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
    bin: { ctx: string };
    dependencies: Record<string, string>;
  };
}

test('R16 the tarball holds compiled JavaScript, and no sources or tests', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'LICENSE',
      'README.md',
      'context.schema.json',
      'context.config.yaml',
    ]),
  );
  expect(files).toContain(manifest().bin.ctx);
  expect(files.filter((file) => /\.ts$|(^|\/)(test|bench|src)(\/|$)|\.test\./.test(file))).toEqual([]);
});

test('R16 what is installed runs: ctx --version and a whole demo', () => {
  const { version, bin } = manifest();
  const ctx = join(installed, bin.ctx);
  // Types are not stripped under node_modules, nor here by any loader.
  expect(run(process.execPath, ['--no-experimental-strip-types', ctx, '--version'], root).trim()).toBe(
    version,
  );
  const shown = run(process.execPath, [ctx, 'demo', '--json', '--dir', join(root, 'shown')], root);
  expect(shown.trimEnd().split('\n')).toHaveLength(1);
  const { dir, builds } = JSON.parse(shown) as {
    dir: string;
    builds: { commit: string | null; sources: { status: string; unchanged: number }[] }[];
  };
  expect(dir).toBe(join(root, 'shown'));
  const [first, second, third] = builds.map(({ commit }) => commit);
  expect(builds).toHaveLength(3);
  expect(second).toBeNull();
  expect(builds[1]?.sources).toHaveLength(5);
  expect(builds[1]?.sources.every(({ status, unchanged }) => status === 'ok' && unchanged > 10)).toBe(true);
  expect(run('git', ['rev-list', '--reverse', 'HEAD'], dir).trim().split('\n')).toEqual([first, third]);
});
