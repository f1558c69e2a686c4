import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { git, newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 120_000 });

async function machine() {
  const made = await newMachine();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made;
}

test('ctx demo builds three times and commits twice, into a repository that git accepts', async () => {
  const { folder, ctx } = await machine();
  const ran = await ctx(['demo', '--json', '--dir', 'shown']);
  expect(ran.code, ran.stderr).toBe(0);
  const { dir, builds } = JSON.parse(ran.stdout) as {
    dir: string;
    builds: { commit: string | null; sources: { id: string; status: string; unchanged: number }[] }[];
  };
  expect(ran.stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(dir).toBe(join(folder, 'shown'));
  const [first, second, third] = builds.map(({ commit }) => commit);
  expect(builds).toHaveLength(3);
  expect(second).toBeNull();
  expect(builds[1]?.sources.every(({ status, unchanged }) => status === 'ok' && unchanged > 60)).toBe(true);
  expect(git(dir, 'rev-list', '--reverse', 'HEAD').split('\n')).toEqual([first, third]);
  expect(git(dir, 'fsck', '--strict', '--full')).toBe('');
  expect(git(dir, 'status', '--porcelain')).toBe('');

  const diff = git(dir, 'diff', '--unified=0', 'HEAD~1', 'HEAD', '--', 'confluence/INFRA/on-call-runbook.md');
  expect(diff).toMatch(/^-.*\bwithin 15 minutes\b/m);
  expect(diff).toMatch(/^\+.*\bwithin 5 minutes\b/m);
  const renames = git(dir, 'diff', '--name-status', '-M', 'HEAD~1', 'HEAD');
  expect(renames).toMatch(/^R\d+\t\S+seedbank-stock\.md\t\S+seedbank-the-stock-ledger\.md$/m);
});

test('ctx demo tells the story to people: the log of the last commit, and one diff', async () => {
  const { ctx } = await machine();
  const { code, stdout, stderr } = await ctx(['demo', '--dir', 'shown']);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/# First build\nconfluence: \d+ added.*\njira: \d+ added.*\ncommit [0-9a-f]{10}\n/);
  expect(stdout).toMatch(
    /# Second build: .*\nconfluence: \d+ unchanged.*\njira: \d+ unchanged.*\nno commit\n/,
  );
  expect(stdout).toMatch(/\$ git diff HEAD~1 HEAD -- \S+\.md\n[\s\S]*^@@ .*@@[\s\S]*^\+\S/m);
});
