import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

test('R16 what is published is what is compiled, and nothing else of the project', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const env = { ...process.env, npm_config_update_notifier: 'false' };
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const packed = execFileSync('npm', args, { cwd: project, encoding: 'utf8', env, stdio: [...stdio] });
  const [{ files }] = Object.values(JSON.parse(packed)) as [{ files: { path: string }[] }];
  const compiled = files.map(({ path }) => path).filter((path) => path.startsWith('dist/'));
  const known = /^dist\/(?:(?:cli\/)?[\w.-]+\.js|types\/.+\.d\.ts|licenses\/@?[\w.-]+\.txt)$/;
  expect(compiled.filter((path) => !known.test(path))).toEqual([]);
  expect(compiled).toEqual(expect.arrayContaining(['dist/cli/main.js', 'dist/index.js']));
  const paths = files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
  expect(paths.sort()).toEqual([
    '.github/workflows/context.yml',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'context.config.yaml',
    'context.schema.json',
    'package.json',
    'persona.schema.json',
    ...['incident-review', 'quarterly-review', 'weekly-changes'].flatMap((name) => [
      `templates/slides/${name}/template.pptx`,
      `templates/slides/${name}/template.yaml`,
    ]),
  ]);
  expect(manifest.bin.ctx).toBe('dist/cli/main.js');
  expect(readFileSync(new URL('../src/cli/main.ts', import.meta.url), 'utf8')).toMatch(
    /^#!\/usr\/bin\/env node\n/,
  );
});

// npx links a clone's program once for each path, and lets the rights of the file be.
test.skipIf(process.platform === 'win32')(
  'what is compiled can be run in a clone at a path that had one before',
  () => {
    const { mode } = statSync(new URL('../dist/cli/main.js', import.meta.url));
    expect(mode & 0o111).toBe(0o111);
  },
);
