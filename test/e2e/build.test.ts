import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { VERSION } from '../../src/core/version.ts';
import { startSimulator } from '../../src/demo/server.ts';
import { editIssue, editPage, pageIdByTitle, retitlePage } from '../../src/demo/workspace/edits.ts';
import { builtOnce, documentsOf, machineWith } from './built.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { git } from './machine.ts';
import { resultOf, sourceOf } from './result.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const built = builtOnce();

describe('ctx build', () => {
  test('leaves a repository that git accepts and people can read', () => {
    expect(built.machine.git('fsck', '--strict', '--full')).toBe('');
    expect(built.machine.git('status', '--porcelain')).toBe('');
    expect(built.machine.git('log', '--format=%s').split('\n')).toHaveLength(1);
    const log = built.machine.git('log', '-1', '--format=%B');
    expect(log).toMatch(
      /^Sync \d+ documents: confluence \+\d+, jira \+\d+\n\nconfluence: \d+ added\n {2}\+ \S/,
    );
    expect(log).toMatch(/\nContext-Sources: confluence, jira$/);
    const page = built.machine.git('show', 'HEAD:confluence/INFRA/on-call-runbook.md');
    expect(page).toMatch(/^---\nid: "\d+"\nsource: confluence\ntype: page\ntitle: On-call runbook\n/);
    expect(readdirSync(built.machine.repo)).toEqual(
      expect.arrayContaining([
        'AGENTS.md',
        'CLAUDE.md',
        'INDEX.md',
        'llms.txt',
        'confluence',
        'jira',
        '.ctx',
      ]),
    );
  });

  test('R4 a second run requests no body and makes no commit', async () => {
    await using machine = await machineWith(configuration(), built.machine);
    const ran = await machine.ctxHere(['build', '--json'], { env: variables(built.simulator) });
    expect(ran.code, ran.stderr).toBe(0);
    const { commit, sources } = resultOf(ran);
    expect(commit).toBeNull();
    expect(sources.map(({ id, status }) => `${id} ${status}`)).toEqual(['confluence ok', 'jira ok']);
    for (const { added, modified, renamed, deleted, unchanged, requests } of sources) {
      expect({ added, modified, renamed, deleted }).toEqual({
        added: 0,
        modified: 0,
        renamed: 0,
        deleted: 0,
      });
      expect(unchanged).toBeGreaterThan(60);
      expect(requests).toBeLessThan(unchanged / 3);
    }
    expect(built.bodies()).toEqual([]);
    expect(machine.git('rev-parse', 'HEAD')).toBe(built.machine.git('rev-parse', 'HEAD'));
  });

  test('counts in --json what the commit holds', async () => {
    const other = await startSimulator();
    try {
      await using machine = await machineWith(configuration({ sources: ['confluence'] }));
      const env = variables(other);
      const first = await machine.ctxHere(['build', '--json'], { env });
      expect(first.code, first.stderr).toBe(0);
      const { commit, version, sources } = resultOf(first);
      expect(commit).toBe(machine.git('rev-parse', 'HEAD'));
      expect(version).toBe(VERSION);
      expect(sources.map(({ id }) => id)).toEqual(['confluence']);
      expect(sourceOf(first, 'confluence').added).toBe(documentsOf(machine, 'confluence').length);
      expect(machine.git('fsck', '--strict')).toBe('');

      const runbook = pageIdByTitle(other.workspace, 'INFRA', 'On-call runbook');
      editPage(other.workspace, runbook, { body: '<p>Call the number on the wall.</p>' });
      retitlePage(other.workspace, pageIdByTitle(other.workspace, 'ENG', 'Checkout service'), 'Checkout');
      const second = await machine.ctxHere(['build', '--json'], { env });
      expect(second.code, second.stderr).toBe(0);
      const status = machine.git('diff', '--name-status', '-M40', 'HEAD~1', 'HEAD', '--', 'confluence');
      const documents = status.split('\n').filter((line) => !line.endsWith('/INDEX.md'));
      const letters = documents.map((line) => line.charAt(0)).sort();
      const { added, modified, renamed, deleted } = sourceOf(second, 'confluence');
      expect({ added, deleted, renamed }).toEqual({ added: 0, deleted: 0, renamed: 1 });
      expect(letters).toEqual([...Array(modified).fill('M'), 'R']);
      expect(status).toMatch(/^R\d+\t\S*\/checkout-service\.md\t\S*\/checkout\.md$/m);
      expect(machine.git('show', '--format=', 'HEAD', '--', 'confluence/INFRA/on-call-runbook.md')).toContain(
        '\n+Call the number on the wall.',
      );
    } finally {
      await other.close();
    }
  });

  test('--source reads that source alone and keeps the documents of the others', async () => {
    await using machine = await machineWith(configuration(), built.machine);
    const env = { ...variables(built.simulator), CONFLUENCE_API_TOKEN: undefined };
    const ran = await machine.ctxHere(['build', '--source', 'jira', '--json'], { env });
    expect(ran.code, ran.stderr).toBe(0);
    expect(sourceOf(ran, 'confluence')).toMatchObject({ status: 'skipped', requests: 0, deleted: 0 });
    expect(sourceOf(ran, 'jira').status).toBe('ok');
    expect(built.requests().filter(({ path }) => path.includes('/wiki/'))).toEqual([]);
    expect(resultOf(ran).commit).toBeNull();
  });

  test('R4 a build from a fresh clone is incremental', async () => {
    await using machine = await machineWith(configuration());
    git(machine.folder, 'clone', '--quiet', '--no-local', built.machine.repo, machine.repo);
    expect(existsSync(join(machine.repo, '.git', 'ctx'))).toBe(false);
    const ran = await machine.ctxHere(['build', '--json'], { env: variables(built.simulator) });
    expect(ran.code, ran.stderr).toBe(0);
    expect(resultOf(ran).commit).toBeNull();
    expect(built.bodies()).toEqual([]);
    expect(machine.git('status', '--porcelain')).toBe('');
  });
});

describe('ctx build --push', () => {
  test('R8 pushes a fast-forward, and goes on from what the remote has moved to', async () => {
    const other = await startSimulator();
    try {
      const edits = { 'remote: null': `remote: "${variable('REMOTE')}"` };
      await using machine = await machineWith(configuration({ sources: ['jira'], edits }));
      const remote = join(machine.folder, 'remote.git');
      git(machine.folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
      const env = { ...variables(other), REMOTE: remote };
      const first = await machine.ctxHere(['build', '--push', '--json'], { env });
      expect(first.code, first.stderr).toBe(0);
      expect(git(remote, 'rev-parse', 'main')).toBe(resultOf(first).commit);

      const tree = git(remote, 'rev-parse', 'main^{tree}');
      const theirs = git(remote, 'commit-tree', tree, '-p', 'main', '-m', 'Theirs');
      git(remote, 'update-ref', 'refs/heads/main', theirs);
      editIssue(other.workspace, 'OPS-18', { summary: 'Mails leave late', by: other.workspace.accountId });
      const second = await machine.ctxHere(['build', '--push'], { env });
      expect(second.code, second.stderr).toBe(0);
      expect(second.stdout).toMatch(new RegExp(`^Commit \\w{10} in .*\\nPushed main to ${remote}$`, 'm'));
      expect(git(remote, 'rev-parse', 'main^')).toBe(theirs);
      const found = git(remote, 'grep', '-l', 'title: Mails leave late', 'main', '--', 'jira');
      expect(found).toMatch(/^main:jira\/\w+\/OPS-18-mails-leave-late\.md$/);
    } finally {
      await other.close();
    }
  });
});

describe('credentials and addresses', () => {
  test("an optional source without credentials is skipped and said so; the user's .env is read", async () => {
    await using machine = await machineWith(configuration(), built.machine);
    const { CONFLUENCE_API_TOKEN: _, ...others } = variables(built.simulator);
    await machine.write('../home/.config/context-sync/.env', dotenv(others));
    const ran = await machine.ctxHere(['build']);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/^confluence: skipped \(not set: CONFLUENCE_API_TOKEN\)$/m);
    expect(ran.stdout).toMatch(/^jira: \d+ unchanged/m);
    expect(machine.git('status', '--porcelain')).toBe('');
    expect(machine.git('rev-parse', 'HEAD')).toBe(built.machine.git('rev-parse', 'HEAD'));
  });

  test('a required source without credentials ends the run', async () => {
    await using machine = await machineWith(
      configuration({ edits: { 'optional: true': 'optional: false' } }),
    );
    const env = { ...variables(built.simulator), JIRA_API_TOKEN: undefined };
    const ran = await machine.ctxHere(['build', '--json'], { env });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/context\.config\.yaml:\d+:\d+: sources\[1\]\.auth\.token: JIRA_API_TOKEN\n/);
    expect(built.requests()).toEqual([]);
    expect(existsSync(machine.repo)).toBe(false);
  });
});

/** How a configuration names a variable of the environment. */
const variable = (name: string) => `\${${name}}`;
