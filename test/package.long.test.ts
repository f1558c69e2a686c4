import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { packCopy, runAt } from './harness/packed.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const project = fileURLToPath(new URL('..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'ctx-package-'));
/** As it would lie in somebody's node_modules, beside its dependencies. */
const installed = join(root, 'app', 'node_modules', 'context-sync');

/** Unpacks the tarball as npm would. */
beforeAll(() => {
  const tarball = packCopy(root);
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed], root);
  const modules = join(root, 'app', 'node_modules');
  const { dependencies } = manifest();
  for (const dependency of Object.keys(dependencies)) {
    const link = join(modules, dependency);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(project, 'node_modules', dependency), link);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (command: string, args: readonly string[], cwd: string) => runAt(root, command, args, cwd);

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
      'persona.schema.json',
      'context.config.yaml',
    ]),
  );
  expect(files).toContain(manifest().bin.ctx);
  const foreign = /(?<!\.d)\.ts$|(^|\/)(test|bench|src)(\/|$)|\.test\./;
  expect(files.filter((file) => foreign.test(file))).toEqual([]);
  // What those who import it see, and nothing of what is inside.
  const types = files.filter((file) => file.endsWith('.d.ts'));
  expect(types).toContain('dist/types/library/index.d.ts');
  expect(types.filter((file) => /types\/(cli|config|connectors|demo|pipeline)\//.test(file))).toEqual([]);
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
  expect(builds[1]?.sources).toHaveLength(7);
  expect(builds[1]?.sources.every(({ status }) => status === 'ok')).toBe(true);
  // A repository of code has few documents, and memory that is not copied has none.
  expect(builds[1]?.sources.filter(({ unchanged }) => unchanged > 10)).toHaveLength(5);
  expect(run('git', ['rev-list', '--reverse', 'HEAD'], dir).trim().split('\n')).toEqual([first, third]);

  const made = run(process.execPath, [ctx, 'slides', 'build', '--template', 'weekly-changes', '--json'], dir);
  const { slides, location } = JSON.parse(made) as { slides: unknown[]; location: string };
  expect([slides.length > 1, location]).toEqual([true, join(dir, 'weekly-changes.pptx')]);
});

test('R16 what is installed can be imported, with its types', () => {
  const app = join(root, 'app');
  const script = `
    import { ContextInjector, openContextInjector, type GatheredContext } from 'context-sync';
    const injector: ContextInjector = openContextInjector({ repo: '/nowhere', memory: ['memory'] });
    const gathered: GatheredContext = await injector.gatherContext({ query: 'billing', includeCode: false });
    // @ts-expect-error it is no number
    const query: number = gathered.query;
    console.log(JSON.stringify([query, gathered.formatted, gathered.sources.map(({ source }) => source)]));
  `;
  mkdirSync(join(app, 'memory'), { recursive: true });
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(app, 'memory', 'billing.md'), 'Billing runs early.\n');
  writeFileSync(join(app, 'script.ts'), script);
  mkdirSync(join(app, 'node_modules', '@types'));
  symlinkSync(join(project, 'node_modules/@types/node'), join(app, 'node_modules/@types/node'));
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  const options = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,esnext',
  ];
  run(process.execPath, [compiler, ...options, '--types', 'node', 'script.ts'], app);
  const shown = run(process.execPath, ['script.ts'], app);
  const [query, formatted, sources] = JSON.parse(shown) as [string, string, string[]];
  expect([query, sources]).toEqual(['billing', ['slack', 'jira', 'docs', 'memory']]);
  expect(formatted).toContain('Billing runs early.');
});
