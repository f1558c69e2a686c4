import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'ctx-new-connector-'));

beforeAll(() => {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: project, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(project, file), join(copy, file));
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  // Its linter asks git what is ignored.
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What a program prints; of one that fails, in the assertion. */
function run(...args: string[]): string {
  const { status, stdout } = spawnSync('npx', args, { cwd: copy, encoding: 'utf8' });
  expect(status === 0 ? '' : stdout, args.join(' ')).toBe('');
  return stdout;
}

const make = (name: string) =>
  execFileSync('node', ['tools/new-connector/main.ts', name], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });

test('a new connector is typed, linted, registered and documented, and passes the suite of the contract', () => {
  expect(make('issue-tracker')).toContain('made     src/connectors/issue-tracker/index.ts');
  run('tsc', '--noEmit');
  run('biome', 'check', 'src/connectors', 'src/config', 'test/connectors/issue-tracker', 'docs');
  const generated = [
    'test/config/json-schema.test.ts',
    'test/docs/reference.test.ts',
    'test/imports.test.ts',
  ];
  const shown = run('vitest', 'run', 'test/connectors/issue-tracker', ...generated);
  expect(shown).toMatch(/4 passed/);
  expect(readFileSync(join(copy, 'docs/reference/configuration.md'), 'utf8')).toContain('### issue-tracker');
  expect(readFileSync(join(copy, 'docs/README.md'), 'utf8')).toContain('](connectors/issue-tracker.md)');
});

test('nothing is overwritten, and no name is taken that is none', () => {
  const state = () => execFileSync('git', ['status', '--short'], { cwd: copy, encoding: 'utf8' });
  const before = state();
  expect(() => make('slack')).toThrow(/is there already\. Nothing was written/);
  expect(() => make('Issue Tracker')).toThrow(/Usage: npm run new-connector NAME/);
  expect(() => make('')).toThrow(/Usage/);
  expect(state()).toBe(before);
});
