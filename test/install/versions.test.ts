import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { VERSION } from '../../src/core/version.ts';
import { installGlobally } from './installed.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const root = mkdtempSync(join(tmpdir(), 'ctx-installed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Where npm keeps a Node.js of this major version; undefined where it can't be had. */
function nodeOf(major: number): string | undefined {
  const args = ['--yes', `node@${major}`, '--print', 'process.execPath'];
  const { status, stdout } = spawnSync('npx', args, { encoding: 'utf8', cwd: tmpdir(), timeout: 120_000 });
  if (status === 0) return stdout.trim();
  process.stderr.write(`skipped: npm has no node@${major} for this machine, or no network\n`);
  return undefined;
}

describe('R16 what npm installs globally', () => {
  let ctx: string | undefined;
  beforeAll(() => {
    ctx = installGlobally(root);
  });

  const env = { ...process.env, HOME: root, NODE_COMPILE_CACHE: join(root, 'compiled') };

  test.for([22, 24, 26])('runs on Node.js %d: version, help and a whole demo', (major, { skip }) => {
    const node = nodeOf(major);
    if (ctx === undefined || node === undefined) return skip();
    const run = (...args: string[]) =>
      execFileSync(node, [ctx ?? '', ...args], {
        cwd: root,
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(run('--version').trim()).toBe(VERSION);
    expect(run('--help')).toContain('Exit codes:');
    expect(run('completion', 'bash')).toContain('complete -F _ctx ctx');
    const dir = join(root, `demo-${major}`);
    const { builds } = JSON.parse(run('demo', '--json', '--dir', dir)) as {
      builds: { commit: string | null; sources: { status: string }[] }[];
    };
    expect(builds.flatMap(({ sources }) => sources.filter(({ status }) => status !== 'ok'))).toEqual([]);
    expect(readFileSync(join(dir, 'INDEX.md'), 'utf8')).toContain('confluence');
  });

  test('says on an older Node.js which one it needs, and nothing else', ({ skip }) => {
    const node = nodeOf(20);
    if (ctx === undefined || node === undefined) return skip();
    const { status, stdout, stderr } = spawnSync(node, [ctx, 'build'], { cwd: root, env, encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^ctx needs Node\.js 22\.19 or newer; this is 20\.\d+\.\d+\.\n$/);
    expect(status).toBe(1);
  });
});
