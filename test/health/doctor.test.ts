import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { lockRepo } from '../../src/git/lock.ts';
import type { CheckResult } from '../../src/health/check.ts';
import { builtOnce } from '../e2e/built.ts';
import { configuration, dotenv, variables } from '../e2e/configuration.ts';
import { git, type Machine, newMachine, type RunHereOptions } from '../e2e/machine.ts';
import { serveRepositories } from '../git/http-remote.ts';
import { serve } from '../http/server.ts';

vi.setConfig({ testTimeout: 60_000 });

const built = builtOnce();

/** A machine that has built the workspace, with a configuration that may differ. */
async function machine(edits: Readonly<Record<string, string>> = {}): Promise<Machine> {
  const made = await newMachine();
  await made.write('context.config.yaml', configuration({ edits }));
  await made.write('.env', dotenv(variables(built.simulator)));
  await made.takeRepoOf(built.machine);
  return made;
}

interface Examined {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ok: boolean;
  of(name: string): CheckResult;
}

async function doctor(
  on: Machine,
  options: RunHereOptions = {},
  args: readonly string[] = [],
): Promise<Examined> {
  const ran = await on.ctxHere(['doctor', '--json', ...args], options);
  const { ok, checks } = JSON.parse(ran.stdout) as { ok: boolean; checks: CheckResult[] };
  return {
    ...{ ...ran, ok },
    of: (name) => {
      const found =
        checks.find((check) => check.name === name && check.status !== 'ok') ??
        checks.find((check) => check.name === name);
      if (found === undefined) throw new Error(`no check ${name} among ${checks.map((check) => check.name)}`);
      return found;
    },
  };
}

/** Every file below a folder, with its content and when it was written. */
function everything(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, `${statSync(path).mtimeMs} ${readFileSync(path).toString('base64')}`];
    }),
  );
}

describe('a set-up that is well', () => {
  test('passes every check, and nothing is written anywhere', async () => {
    await using well = await machine();
    const before = everything(join(well.folder, '..'));
    const ran = await well.ctxHere(['doctor']);
    expect(ran.stdout).toMatch(/^ok {4}source confluence +answers in \d+ ms, 3 spaces$/m);
    expect(ran.stdout).toMatch(/^ok {4}source jira +answers in \d+ ms, signed in as Mina Okafor, 3 views$/m);
    expect(ran.stdout).toMatch(/^ok {4}last run +done/m);
    expect(ran.stdout).toContain('All is well.');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(everything(join(well.folder, '..'))).toEqual(before);
    expect(built.bodies()).toEqual([]);
  });

  test('may have no repository yet, and none is made', async () => {
    await using fresh = await newMachine();
    await fresh.write('context.config.yaml', configuration());
    await fresh.write('.env', dotenv(variables(built.simulator)));
    const examined = await doctor(fresh);
    expect(examined.code).toBe(0);
    expect(examined.of('repository').detail).toMatch(/not there yet/);
    expect(readdirSync(fresh.folder).sort()).toEqual(['.env', 'context.config.yaml']);
  });
});

describe('the configuration', () => {
  test('that is wrong is told by line and column, and the rest is looked at all the same', async () => {
    await using broken = await machine({ 'branch: main': 'branch: main, comit: per-run' });
    const { code, of } = await doctor(broken);
    expect(of('config')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/context\.config\.yaml:2:49: /),
    });
    expect(of('git').status).toBe('ok');
    expect(code).toBe(1);
  });

  test('that is not there has a command to make it', async () => {
    await using empty = await newMachine();
    const { code, of } = await doctor(empty);
    expect(of('config')).toMatchObject({ status: 'fail', fix: expect.stringContaining('ctx init') });
    expect(code).toBe(1);
  });

  test('variables that are not set concern their own source', async () => {
    await using half = await machine({ 'optional: true': 'optional: false' });
    await half.write('.env', dotenv({ ...variables(built.simulator), JIRA_API_TOKEN: '' }));
    const { code, of } = await doctor(half);
    expect(of('source jira')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('JIRA_API_TOKEN'),
    });
    expect(of('source confluence').status).toBe('ok');
    expect(code).toBe(3);
  });
});

describe('a source', () => {
  test('with a wrong token fails with exit 3, what to do, and no token', async () => {
    await using wrong = await machine();
    const env = { JIRA_API_TOKEN: 'a-token-that-has-expired' };
    const { code, of, stdout } = await doctor(wrong, { env });
    expect(code).toBe(3);
    expect(of('source jira')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('401'),
      fix: expect.stringContaining('token'),
    });
    expect(of('source confluence').status).toBe('ok');
    expect(stdout).not.toContain(env.JIRA_API_TOKEN);
  });

  test('at a host that nobody knows', async () => {
    await using lost = await machine();
    const { code, of } = await doctor(lost, { env: { JIRA_URL: 'https://nobody.invalid' } }, [
      '--limit',
      '10',
    ]);
    expect(code).toBe(1);
    expect(of('source jira')).toMatchObject({ status: 'fail', fix: expect.stringContaining('`url`') });
  });

  test('that names what is not there, and queries that are refused', async () => {
    await using wrong = await machine({
      'spaces: [ENG, INFRA, PRODUCT]': 'spaces: [ENG, NOPE]',
      'PROJECT: project in (SHOP, OPS) AND updated >= -90d': 'PROJECT: nonsense (',
    });
    const { code, of } = await doctor(wrong);
    expect(code).toBe(1);
    expect(of('source confluence').detail).toContain('NOPE');
    expect(of('source jira')).toMatchObject({ fix: expect.stringContaining('views.PROJECT') });
  });

  test('that only asks to wait is given up when its time is over, and the others are told', async () => {
    await using limited = await machine();
    built.simulator.faults.add({
      ...{ fault: { kind: 'rate-limit', seconds: 60 }, path: /\/rest\/api\/3\/myself/, times: 100 },
    });
    const { code, of } = await doctor(limited, {}, ['--limit', '2']);
    expect(of('source jira')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/no answer within 2 s \(jira: rate limited, waiting/),
    });
    expect(of('git').status).toBe('ok');
    expect(code).toBe(1);
  });

  test('whose clock is another shows that ours is wrong', async () => {
    await using skewed = await machine();
    await using front = await serve(async (response, { method, path, headers, body }) => {
      const answer = await fetch(built.simulator.url + path, {
        ...{
          method,
          headers: { ...(headers as Record<string, string>), host: new URL(built.simulator.url).host },
        },
        ...(method === 'POST' && { body }),
      });
      const date = new Date(Date.now() + 20 * 60_000).toUTCString();
      response.writeHead(answer.status, { 'content-type': 'application/json', date });
      response.end(await answer.text());
    });
    const env = { CONFLUENCE_URL: front.origin, JIRA_URL: front.origin };
    const { of } = await doctor(skewed, { env });
    expect(of('clock')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^(?:19|20) min behind the services$/),
      fix: expect.stringContaining('timedatectl'),
    });
  });
});

describe('the repository', () => {
  test('on another branch', async () => {
    await using other = await machine();
    other.git('switch', '--quiet', '--create', 'draft');
    const { of } = await doctor(other);
    expect(of('repository')).toMatchObject({ status: 'fail', fix: expect.stringContaining('switch main') });
  });

  test('that is none', async () => {
    await using none = await machine({ 'path: repo,': 'path: elsewhere,' });
    mkdirSync(join(none.folder, 'elsewhere'));
    writeFileSync(join(none.folder, 'elsewhere', 'notes.txt'), 'mine');
    const { of } = await doctor(none);
    expect(of('repository')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('git repository'),
    });
  });

  test('in which packs have piled up', async () => {
    await using piled = await machine();
    const folder = join(piled.repo, '.git', 'objects', 'pack');
    piled.git('repack', '-adq');
    const [pack = ''] = readdirSync(folder).filter((name) => name.endsWith('.pack'));
    for (let n = 0; n <= 50; n += 1) {
      const name = `pack-${n.toString(16).padStart(40, '0')}`;
      for (const end of ['.pack', '.idx'])
        copyFileSync(join(folder, pack.replace('.pack', end)), join(folder, name + end));
    }
    const { of, code } = await doctor(piled);
    expect(of('repository')).toMatchObject({ status: 'warn', fix: `git -C ${piled.repo} gc` });
    expect(code).toBe(0);
  });

  test('that a run writes to, and that a killed one has left', async () => {
    await using busy = await machine();
    const lock = await lockRepo(join(busy.repo, '.git'));
    expect((await doctor(busy)).of('lock')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining(`process ${process.pid}`),
    });
    lock.release();
    writeFileSync(join(busy.repo, '.git', 'ctx', 'lock.json'), JSON.stringify({ pid: 1, since: 'then' }));
    expect((await doctor(busy)).of('lock')).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('killed'),
    });
  });

  test('in which a run was interrupted', async () => {
    await using torn = await machine();
    const head = torn.git('rev-parse', 'HEAD');
    const intent = { version: 1, branch: 'refs/heads/main', old: head, new: head };
    writeFileSync(join(torn.repo, '.git', 'ctx', 'intent.json'), JSON.stringify(intent));
    expect((await doctor(torn)).of('repository')).toMatchObject({
      status: 'warn',
      fix: expect.stringContaining('ctx build'),
    });
    writeFileSync(join(torn.repo, '.git', 'ctx', 'intent.json'), '{');
    expect((await doctor(torn)).of('repository')).toMatchObject({
      status: 'fail',
      fix: expect.stringContaining('delete'),
    });
  });

  test('that was last read too long ago, as configured', async () => {
    await using old = await machine({
      'comments: true\n    optional: true\n    gateway':
        'comments: true\n    max_age: 2d\n    optional: true\n    gateway',
    });
    const later = Date.now() + 3 * 86_400_000;
    const { of } = await doctor(old, { now: () => later });
    expect(of('last run')).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/last read 3 days ago.*2d/),
    });
    expect((await doctor(old, { now: () => later - 2 * 86_400_000 })).of('last run').status).toBe('ok');
  });
});

describe('the remote', () => {
  test('that takes a push gets none', async () => {
    await using ready = await machine({ 'remote: null': 'remote: ./remote.git' });
    await using pushed = await machine();
    execFileSync('git', ['init', '--quiet', '--bare', join(ready.folder, 'remote.git')]);
    const { of, code } = await doctor(ready);
    expect(of('remote')).toMatchObject({ status: 'ok' });
    expect(code).toBe(0);
    expect(git(join(ready.folder, 'remote.git'), 'for-each-ref')).toBe('');
    expect(ready.git('for-each-ref')).toBe(pushed.git('for-each-ref'));
  });

  test('that has moved on, is not there, or lets nobody push', async () => {
    await using behind = await machine({ 'remote: null': 'remote: ./remote.git' });
    const remote = join(behind.folder, 'remote.git');
    const missing = await doctor(behind);
    expect(missing.of('remote')).toMatchObject({ status: 'fail', fix: expect.stringContaining('address') });
    expect(missing.code).toBe(1);

    cpSync(join(behind.repo, '.git'), remote, { recursive: true });
    git(remote, 'config', 'core.bare', 'true');
    const commit = git(remote, 'commit-tree', '-m', 'theirs', '-p', 'HEAD', 'HEAD^{tree}');
    git(remote, 'update-ref', 'refs/heads/main', commit);
    expect((await doctor(behind)).of('remote')).toMatchObject({
      status: 'warn',
      fix: expect.stringContaining('--push'),
    });

    const origin = await serveRepositories(behind.folder, { access: 'bot:right-password' });
    await behind.write(
      'context.config.yaml',
      configuration({
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own syntax
        edits: { 'remote: null': `remote: "${origin.replace('://', '://bot:${PUSH_TOKEN}@')}/remote.git"` },
      }),
    );
    const refused = await doctor(behind, { env: { PUSH_TOKEN: 'wrong-password' } });
    expect(refused.of('remote')).toMatchObject({ status: 'fail', kind: 'credentials' });
    expect(refused.code).toBe(3);
    expect(refused.stdout).not.toContain('wrong-password');
  });
});
