import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../harness/command-line.ts';
import { git } from '../harness/git.ts';
import { CRONTAB, makeHome } from './fixture.ts';

// Runs give way to everything else on the machine, and so may take long.
test("a run builds with cron's own environment, from a home with any name", async () => {
  using home = makeHome('ada\'s 100% "home" $HOME');
  home.program('crontab', CRONTAB);
  const ctx = (...args: string[]) => startCommand(args, home.env, home.project).ended;
  expect(await ctx('schedule', 'install')).toMatchObject({ code: 0 });
  const run = await ctx('schedule', 'run', '--json');
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({
    ...{ kind: 'cron', waited: true, ok: true },
    last: { ok: true, code: 0 },
  });
  const repo = join(home.project, 'repo');
  expect(git(repo, ['ls-tree', '-r', '--name-only', 'HEAD']).toString()).toContain('notes/plan.md\n');
  const logs = await ctx('schedule', 'logs');
  expect(logs.stdout).toContain('notes: 1 added');
  expect(logs.stdout).toMatch(/=== ended with exit code 0 at \S+\n$/);
  const status = await ctx('schedule', 'status', '--json');
  expect(status.code).toBe(0);
  expect(Date.parse(JSON.parse(status.stdout).next)).toBeGreaterThan(Date.now());
});
