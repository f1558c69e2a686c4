import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readJudgements } from '../../src/search/judgements.ts';
import { git, newMachine } from './machine.ts';

const JUDGEMENTS = new URL('../../bench/search/demo-judgements.yaml', import.meta.url);

vi.setConfig({ testTimeout: 120_000 });

test('ctx demo tells the story to people, and leaves a repository of two commits that git accepts', async () => {
  await using machine = await newMachine();
  const { code, stdout, stderr } = await machine.ctx(['demo', '--dir', 'shown']);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(
    /# First build\nconfluence: \d+ added.*\njira: \d+ added.*\nslack: \d+ added.*\nemail: \d+ added.*\ngithub: \d+ added.*\ncheckout: \d+ added.*\nmemory: no documents.*\ncommit [0-9a-f]{10}\n/,
  );
  expect(stdout).toMatch(
    /# Second build: .*\nconfluence: \d+ unchanged.*\njira: \d+ unchanged.*\nslack: \d+ unchanged.*\nemail: \d+ unchanged.*\ngithub: \d+ unchanged.*\ncheckout: \d+ unchanged.*\nmemory: no documents.*\nno commit\n/,
  );
  expect(stdout).toMatch(/\$ git diff HEAD~1 HEAD -- \S+\.md\n[\s\S]*^@@ .*@@[\s\S]*^\+\S/m);

  const dir = join(machine.folder, 'shown');
  const commits = [...stdout.matchAll(/^commit ([0-9a-f]{10})$/gm)].map(([, id]) => id);
  expect(git(dir, 'log', '--reverse', '--abbrev=10', '--format=%h').split('\n')).toEqual(commits);
  expect(commits).toHaveLength(2);
  expect(git(dir, 'fsck', '--strict', '--full')).toBe('');
  expect(git(dir, 'status', '--porcelain')).toBe('');
  const diff = git(dir, 'diff', '--unified=0', 'HEAD~1', 'HEAD', '--', 'confluence/INFRA/on-call-runbook.md');
  expect(diff).toMatch(/^-.*\bwithin 15 minutes\b/m);
  expect(diff).toMatch(/^\+.*\bwithin 5 minutes\b/m);
  // A thread of days ago has an answer of this morning, and its link to a page is to the file of that page.
  const late = git(dir, 'diff', 'HEAD~1', 'HEAD', '--', 'slack/fernhollow/*delayed-mails*');
  expect(late).toMatch(
    /^\+.*is in \[On-call runbook\]\((?:\.\.\/)+confluence\/INFRA\/on-call-runbook\.md\)/m,
  );
  // So has a mail, without what it quotes.
  const mail = git(dir, 'diff', 'HEAD~1', 'HEAD', '--', 'email/*/2026/02/*discounts*');
  expect(mail).toMatch(/^\+.*switch on \[.*\]\((?:\.\.\/)+jira\/.*SHOP-12.*\.md\)/m);
  expect(mail).not.toMatch(/^\+.*It is meant/m);
  // What was decided is in the company's own repository, which lies beside this one with its mail and an assistant's memory.
  const decision = git(dir, 'diff', '--name-status', 'HEAD~1', 'HEAD', '--', 'checkout/checkout/docs');
  expect(decision).toMatch(/^A\t\S+discounts\S+\.md$/);
  const beside = `${dir}.fernhollow`;
  expect(git(join(beside, 'checkout'), 'status', '--porcelain')).toBe('');
  expect(await readFile(join(beside, 'memory/state/current_work.yaml'), 'utf8')).toMatch(
    /^ticket: SHOP-47$/m,
  );
  // Pages, tickets and talk about one thing lead to each other, and to the documents of its code.
  const billing = await machine.read('shown/confluence/ENG/architecture/billing.md');
  expect(billing).toMatch(/\]\((?:\.\.\/)+checkout\/checkout\/docs\/billing\.md\)/);
  // What the judged queries name is there.
  const documents = git(dir, 'ls-tree', '-r', '--name-only', 'HEAD').split('\n');
  const sources = git(join(beside, 'checkout'), 'ls-tree', '-r', '--name-only', 'HEAD').split('\n');
  const names = new Set([...documents, ...sources.map((path) => `checkout:${path}`)]);
  const judged = readJudgements(await readFile(JUDGEMENTS, 'utf8')).flatMap(({ relevant }) => [
    ...relevant.keys(),
  ]);
  expect(judged.filter((name) => !names.has(name))).toEqual([]);
  const renames = git(dir, 'diff', '--name-status', '-M', 'HEAD~1', 'HEAD');
  expect(renames).toMatch(/^R\d+\t\S+seedbank-stock\.md\t\S+seedbank-the-stock-ledger\.md$/m);
});

test('without git, the demo shows all but the company’s code', async () => {
  await using machine = await newMachine();
  const { code, stdout, stderr } = await machine.ctx(['demo', '--dir', 'shown'], {
    env: { PATH: machine.home },
  });
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/# Second build: .*\nconfluence: [\s\S]*\nmemory: no documents.*\nno commit\n/);
  expect(stdout).not.toMatch(/checkout/);
});
