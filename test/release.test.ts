import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly needs?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

test('a release is published after all checks, by the identity of the workflow and without a token', () => {
  const file = new URL('../.github/workflows/release.yml', import.meta.url);
  const release = parse(readFileSync(file, 'utf8')) as Workflow;
  expect(release.on).toEqual({ push: { tags: ['v*.*.*'] } });
  expect(release.permissions).toEqual({});
  const { test: checks, publish } = release.jobs;
  expect(checks?.steps.slice(-2).map(({ run }) => run)).toEqual(['.ci/run', 'npm run test:install']);
  expect(checks?.permissions).toEqual({ contents: 'read' });
  expect(publish?.needs).toBe('test');
  expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(publish?.steps.at(-1)?.run).toMatch(/^npm publish --provenance\b/);
  expect(JSON.stringify(release)).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
  const uses = Object.values(release.jobs).flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? []));
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((action) => !/@[\da-f]{40}$/.test(action))).toEqual([]);
});
