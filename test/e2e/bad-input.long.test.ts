import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { lockRepo } from '../../src/git/lock.ts';
import { builtOnce, machineWith as newMachineWith } from './built.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { type Machine, newMachine, type Ran } from './machine.ts';
import { resultOf, sourceOf } from './result.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const built = builtOnce();

/** A machine of its own, with the credentials that the site wants. */
async function machineWith(config: string, repo?: Machine): Promise<Machine> {
  const machine = await newMachineWith(config, repo);
  onTestFinished(() => machine[Symbol.asyncDispose]());
  await machine.write('.env', dotenv(variables(built.simulator)));
  return machine;
}

/** The exit code, and on stderr what happened and where (`says`), then on a line of its own what to do (`advises`). */
function expectClear(
  { code, stdout, stderr }: Ran,
  expected: { readonly code: number; readonly says: RegExp; readonly advises: RegExp },
): void {
  expect(code, stderr).toBe(expected.code);
  const errors = stderr.split(/^(?=error: )/m).filter((part) => part.startsWith('error: '));
  const error = errors.find((part) => expected.says.test(part));
  expect(error, stderr).toBeDefined();
  const lines = (error ?? '').trimEnd().split('\n').slice(1);
  expect(
    lines.some((line) => line.startsWith('  ') && expected.advises.test(line)),
    stderr,
  ).toBe(true);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+|\bnode:internal\b|UnhandledPromise/m);
  for (const secret of [built.simulator.credentials.token, 'ATATT3xFfGF0-not-a-real-token']) {
    expect(stdout + stderr).not.toContain(secret);
    expect(stdout + stderr).not.toContain(Buffer.from(secret).toString('base64').slice(0, -4));
  }
}

/** HEAD is where it was, and neither the index nor the work tree differs from it. */
function expectUntouched(machine: Machine): void {
  expect(machine.git('rev-parse', 'HEAD')).toBe(built.machine.git('rev-parse', 'HEAD'));
  expect(machine.git('status', '--porcelain')).toBe('');
}

describe('the command line', () => {
  test('an option that does not exist', async () => {
    const machine = await machineWith(configuration());
    const ran = await machine.ctx(['build', '--fulll']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/unknown option '--fulll'[\s\S]*did you mean --full/i);
    expect(ran.stdout).toBe('');
  });

  test('a source that is not configured', async () => {
    const machine = await machineWith(configuration());
    expectClear(await machine.ctxHere(['build', '--source', 'jria']), {
      code: 2,
      says: /no source jria/,
      advises: /confluence, jira/,
    });
    expect(existsSync(machine.repo)).toBe(false);
  });

  test('no configuration anywhere', async () => {
    await using machine = await newMachine();
    expectClear(await machine.ctxHere(['build']), {
      code: 2,
      says: /work\/context\.config\.yaml and .*\/\.config\/context-sync\/context\.config\.yaml do not exist/,
      advises: /--config FILE/,
    });
  });
});

describe('the configuration', () => {
  test.each([
    {
      name: 'a misspelt key',
      edits: { 'spaces:': 'spacs:' },
      says: /context\.config\.yaml:8:5: sources\[0\]\.spacs is not known; did you mean spaces\?/,
    },
    {
      name: 'a literal token',
      edits: { '"${JIRA_API_TOKEN}"': 'ATATT3xFfGF0-not-a-real-token' },
      says: /context\.config\.yaml:15:\d+: sources\[1\]\.auth\.token must be a variable, written \$\{NAME\}/,
    },
    {
      name: 'broken YAML, told once',
      edits: { 'spaces: [ENG, INFRA, PRODUCT]': 'spaces: [ENG, INFRA, PRODUCT' },
      says: /^error: The configuration has a problem:\n {2}\S*context\.config\.yaml:\d+:\d+: .*\n {2}Correct/,
    },
  ])('$name', async ({ edits, says }) => {
    const machine = await machineWith(configuration({ edits }));
    expectClear(await machine.ctxHere(['build']), {
      code: 2,
      says,
      advises: /Correct .*context\.config\.yaml/,
    });
    expect(existsSync(machine.repo)).toBe(false);
  });
});

describe('the repository', () => {
  test('a folder with other files', async () => {
    const machine = await machineWith(configuration());
    await machine.write('repo/thesis.txt', 'mine');
    expectClear(await machine.ctxHere(['build']), {
      code: 2,
      says: /\/repo is neither empty nor the top folder of a git repository/,
      advises: /repo\.path/,
    });
    expect(readdirSync(machine.repo)).toEqual(['thesis.txt']);
  });

  test('R2 local edits of our files are named and kept', async () => {
    const machine = await machineWith(configuration(), built.machine);
    const page = 'confluence/INFRA/on-call-runbook.md';
    await machine.write(`repo/${page}`, 'my own notes');
    await machine.write('repo/notes.txt', 'a file of mine, which is none of the build');
    const before = built.simulator.requests.length;
    expectClear(await machine.ctxHere(['build', '--full']), {
      code: 5,
      says: /confluence\/INFRA\/on-call-runbook\.md/,
      advises: /git checkout|git restore/,
    });
    expect(await machine.read(`repo/${page}`)).toBe('my own notes');
    expect(built.simulator.requests.slice(before).filter(({ isBody }) => isBody)).toEqual([]);
    expect(machine.git('status', '--porcelain').split('\n')).toEqual([` M ${page}`, '?? notes.txt']);
  });

  test('a second run while another one holds the lock', async () => {
    const machine = await machineWith(configuration(), built.machine);
    await using _lock = await lockRepo(join(machine.repo, '.git'));
    expectClear(await machine.ctx(['build']), {
      code: 1,
      says: new RegExp(`Another run is writing to .*: process ${process.pid}, since 20`),
      advises: /Wait until it has ended/,
    });
    expectUntouched(machine);
  });

  test('a folder that may not be written', async (context) => {
    const machine = await machineWith(configuration());
    // root may write everywhere, so the program then runs as nobody.
    const isRoot = process.getuid?.() === 0;
    for (const folder of [join(machine.folder, '..'), machine.home, machine.folder])
      await chmod(folder, 0o755);
    for (const file of ['context.config.yaml', '.env']) await chmod(join(machine.folder, file), 0o644);
    await mkdir(machine.repo);
    await chmod(machine.repo, 0o555);
    const ran = await machine
      .ctx(['build'], {
        env: { ...variables(built.simulator) },
        ...(isRoot ? { uid: 65_534 } : {}),
      })
      .catch((error: unknown) => error as Error);
    if (ran instanceof Error) return context.skip(`the program cannot be run as nobody: ${ran.message}`);
    expect(readdirSync(machine.repo)).toEqual([]);
    expectClear(ran, { code: 1, says: /\/repo\b.*(may not|permission|EACCES)/i, advises: /\S/ });
  });
});

/** Confluence behind a bad address, Jira at the good one. */
async function buildWithConfluenceAt(machine: Machine, url: string, more: Record<string, string> = {}) {
  return machine.ctxHere(['build', '--json'], {
    env: { ...variables(built.simulator), CONFLUENCE_URL: url, GATEWAY: url, ...more },
  });
}

/** A server with the same answer to everything. */
async function answering(status: number, type: string, body: string): Promise<string> {
  const server: Server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the service', () => {
  test('an address where nothing answers', async () => {
    const machine = await machineWith(configuration(), built.machine);
    const url = await answering(200, 'text/plain', '');
    const closed = url.replace(/\d+$/, '1');
    const ran = await buildWithConfluenceAt(machine, closed);
    expectClear(ran, {
      code: 4,
      says: /confluence: connecting: GET 127\.0\.0\.1:1\/\S*: the connection failed \(ECONNREFUSED\)/,
      advises: /url/,
    });
    expect(sourceOf(ran, 'confluence')).toMatchObject({ status: 'failed', deleted: 0 });
    expect(sourceOf(ran, 'jira').status).toBe('ok');
    expectUntouched(machine);
  });

  // At once, since most of each run is waiting between attempts.
  test('another web site, a login page instead of JSON, an empty answer and JSON of another kind', async () => {
    const cases = [
      {
        // Another web site.
        answer: [404, 'text/html', '<h1>Not here</h1>'],
        code: 2,
        says: /confluence: http:\S+ does not answer like Confluence Cloud/,
        advises: /Set `url`/,
      },
      {
        // A login page instead of JSON.
        answer: [200, 'text/html', '<!doctype html><title>Log in</title><form></form>'],
        code: 3,
        says: /confluence: .*an HTML page came instead of JSON/,
        advises: /login page/,
      },
      {
        // An empty answer.
        answer: [200, 'application/json', ''],
        code: 4,
        says: /confluence: .*the answer was successful but empty/,
        advises: /Nothing was removed/,
      },
      {
        // JSON of another kind.
        answer: [200, 'application/json', '{"hello":"world"}'],
        code: 4,
        says: /confluence: the list of spaces: results is not as expected/,
        advises: /Nothing was removed/,
      },
    ] as const;
    const runs = cases.map(async ({ answer: [status, type, body], code, says, advises }) => {
      const machine = await machineWith(configuration(), built.machine);
      const ran = await buildWithConfluenceAt(machine, await answering(status, type, body));
      expectClear(ran, { code, says, advises });
      expect(sourceOf(ran, 'confluence')).toMatchObject({ status: 'failed', added: 0, deleted: 0 });
      expect(sourceOf(ran, 'jira')).toMatchObject({ status: 'ok' });
      expectUntouched(machine);
    });
    await Promise.all(runs);
  });

  test('a wrong token', async () => {
    const machine = await machineWith(configuration());
    const env = {
      ...variables(built.simulator),
      CONFLUENCE_API_TOKEN: 'ATATT3xFfGF0-not-a-real-token',
      JIRA_API_TOKEN: 'ATATT3xFfGF0-not-a-real-token',
    };
    const ran = await machine.ctxHere(['build', '--json'], { env });
    expectClear(ran, {
      code: 3,
      says: /jira: connecting: GET \S+\/rest\/api\/3\/myself: the credentials were refused \(401\)/,
      advises: /Check the username and the token; tokens expire/,
    });
    expect(resultOf(ran).sources.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(resultOf(ran).commit).toBeNull();
    expect(machine.git('for-each-ref')).toBe('');
    expect(readdirSync(machine.repo)).toEqual(['.git']);
    const { stdout } = await machine.ctxHere(['build'], { env });
    expect(stdout).toMatch(/^confluence: failed\njira: failed\nNo commit: \S+ stays as it was\.\n$/);
  });

  test.each(['/wiki/', '/rest/api/3/'])('a token that expires while %s is read', async (path) => {
    const machine = await machineWith(configuration(), built.machine);
    built.simulator.faults.add({
      path: new RegExp(`^${path}`),
      fault: { kind: 'status', status: 401 },
      skip: 6,
      times: Number.POSITIVE_INFINITY,
    });
    const ran = await machine.ctxHere(['build', '--full', '--json'], { env: variables(built.simulator) });
    const [failed, read] = path === '/wiki/' ? ['confluence', 'jira'] : ['jira', 'confluence'];
    expectClear(ran, {
      code: 3,
      says: new RegExp(`${failed}: .*the credentials were refused`),
      advises: /tokens expire/,
    });
    expect(sourceOf(ran, failed as string)).toMatchObject({ status: 'failed', deleted: 0, modified: 0 });
    expect(sourceOf(ran, read as string).status).toBe('ok');
    expectUntouched(machine);
  });

  test('a space that does not exist, beside others that do', async () => {
    const machine = await machineWith(
      configuration({ sources: ['confluence'], edits: { PRODUCT: 'PRODUKT' } }),
    );
    const ran = await machine.ctxHere(['build', '--json']);
    expectClear(ran, {
      code: 2,
      says: /confluence: space PRODUKT does not exist, or the account may not see it/,
      advises: /context\.config\.yaml/,
    });
    expect(sourceOf(ran, 'confluence')).toMatchObject({ status: 'partial', failed: 0 });
    expect(readdirSync(join(machine.repo, 'confluence')).sort()).toEqual(['ENG', 'INFRA']);
    expect(machine.git('status', '--porcelain')).toBe('');
  });

  test('a query that Jira refuses: an error, never an empty result', async () => {
    const edits = { 'project in (SHOP, OPS) AND updated >= -90d': 'projekt = SHOP' };
    const machine = await machineWith(configuration({ edits }), built.machine);
    const ran = await machine.ctxHere(['build', '--json']);
    expectClear(ran, {
      code: 2,
      says: /jira: the query of view PROJECT was refused: .*projekt/,
      advises: /views\.PROJECT/,
    });
    expect(sourceOf(ran, 'jira')).toMatchObject({ status: 'partial', deleted: 0 });
    expect(sourceOf(ran, 'confluence').status).toBe('ok');
    expectUntouched(machine);
  });
});
