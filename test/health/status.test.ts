import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { SourceState, Status } from '../../src/health/status.ts';
import { builtOnce } from '../e2e/built.ts';
import { configuration, dotenv, variables } from '../e2e/configuration.ts';
import { type Machine, newMachine, type RunHereOptions } from '../e2e/machine.ts';

vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;
const built = builtOnce();

async function machine(edits: Readonly<Record<string, string>> = {}): Promise<Machine> {
  const made = await newMachine();
  await made.write('context.config.yaml', configuration({ edits }));
  await made.write('.env', dotenv(variables(built.simulator)));
  await made.takeRepoOf(built.machine);
  return made;
}

interface Asked extends Status {
  readonly code: number | null;
  readonly stderr: string;
  of(id: string): SourceState;
}

async function status(
  on: Machine,
  args: readonly string[] = [],
  options: RunHereOptions = {},
): Promise<Asked> {
  const { code, stdout, stderr } = await on.ctxHere(['status', '--json', ...args], options);
  const told = JSON.parse(stdout) as Status;
  return {
    ...told,
    code,
    stderr,
    of: (id) => told.sources.find((source) => source.id === id) as SourceState,
  };
}

const in_ = (hours: number): RunHereOptions => ({ now: () => Date.now() + hours * HOUR });

describe('after a run', () => {
  test('each source tells when it was read, how many documents it has and what was done', async () => {
    await using fresh = await machine();
    const before = fresh.git('status', '--porcelain', '--ignored');
    const { code, of, lastRun, index, commit } = await status(fresh);
    expect(code).toBe(0);
    expect(commit).toBe(fresh.git('rev-parse', 'HEAD'));
    expect(lastRun).toMatchObject({ outcome: 'done', failures: 0, problems: [] });
    expect(of('jira')).toMatchObject({
      type: 'jira',
      stale: false,
      maxAge: '24h',
      lastRun: { status: 'ok' },
    });
    expect(of('jira').documents).toBe(of('jira').lastRun?.added);
    expect(of('confluence').documents).toBeGreaterThan(20);
    expect(index).toMatchObject({ current: true });
    expect(fresh.git('status', '--porcelain', '--ignored')).toBe(before);

    const { stdout } = await fresh.ctxHere(['status']);
    expect(stdout).toMatch(/^jira {8}\d+ documents; read \d+ s ago; ok: \d+ added$/m);
    expect(stdout).toMatch(/^last run: done, \d+ s ago$/m);
    expect(built.requests()).toEqual([]);
  });

  test('a quiet run makes no commit, and is noted all the same', async () => {
    await using quiet = await machine();
    const [head, before] = [quiet.git('rev-parse', 'HEAD'), await status(quiet)];
    expect((await quiet.ctxHere(['build', '--source', 'jira', '--no-index'])).code).toBe(0);
    const after = await status(quiet);
    expect(quiet.git('rev-parse', 'HEAD')).toBe(head);
    expect(Date.parse(after.of('jira').read ?? '')).toBeGreaterThan(Date.parse(before.of('jira').read ?? ''));
    expect(after.of('jira').lastRun).toMatchObject({ status: 'ok', added: 0 });
    // It was not asked for.
    expect(after.of('confluence')).toMatchObject({ read: before.of('confluence').read });
    expect(quiet.git('status', '--porcelain')).toBe('');
  });

  test('failures are kept, with what they were, and the source stays as old as it was', async () => {
    await using failing = await machine();
    const { of: before } = await status(failing);
    const ran = await failing.ctxHere(['build', '--no-index'], {
      env: { JIRA_API_TOKEN: 'a-wrong-token-of-jira' },
    });
    expect(ran.code).toBe(3);
    const { of, lastRun } = await status(failing);
    expect(lastRun).toMatchObject({
      outcome: 'partial',
      failures: 1,
      problems: [{ code: 'http.unauthorized' }],
    });
    expect(of('jira')).toMatchObject({ read: before('jira').read, lastRun: { status: 'failed' } });
    expect(of('confluence').lastRun?.status).toBe('ok');
    const note = readFileSync(join(failing.repo, '.git', 'ctx', 'last-run.json'), 'utf8');
    expect(note).not.toContain('a-wrong-token-of-jira');
  });

  test('a dry run is none', async () => {
    await using dry = await machine();
    const before = await status(dry);
    await dry.ctxHere(['build', '--dry-run', '--source', 'jira']);
    expect((await status(dry)).lastRun).toEqual(before.lastRun);
  });
});

describe('what is stale', () => {
  test('is told with exit 4, by the age that the source or the configuration allows', async () => {
    await using old = await machine({
      'version: 1': 'version: 1\nmax_age: 6h',
      'views:': 'max_age: 2d\n    views:',
    });
    expect((await status(old, [], in_(5))).code).toBe(0);
    const { code, of, stderr } = await status(old, [], in_(7));
    expect(code).toBe(4);
    expect(of('confluence')).toMatchObject({ stale: true, maxAge: '6h' });
    expect(of('jira')).toMatchObject({ stale: false, maxAge: '2d' });
    expect(stderr).toMatch(/confluence was last read 7 h ago; it may be 6h old\.\n {2}Run `ctx build`/);
    expect((await status(old, ['--max-age', '90min'], in_(2))).of('jira').stale).toBe(true);
    expect((await old.ctxHere(['status', '--max-age', 'soon'])).code).toBe(2);
  });

  test('a source without credentials here is not meant to be read here', async () => {
    await using half = await machine();
    await half.ctxHere(['build', '--no-index'], { env: { JIRA_API_TOKEN: '' } });
    await half.write('.env', dotenv({ ...variables(built.simulator), JIRA_API_TOKEN: '' }));
    await half.ctxHere(['build', '--no-index']);
    expect((await status(half, [], in_(1000))).of('jira')).toMatchObject({
      stale: false,
      lastRun: { status: 'skipped' },
    });
  });
});

describe("a host's clone", () => {
  test('without configuration tells what its commits tell, and how old is too old only if that is said', async () => {
    await using host = await newMachine();
    cpSync(built.machine.repo, host.repo, { recursive: true });
    rmSync(join(host.repo, '.git', 'ctx'), { recursive: true });
    const { code, of, lastRun, index } = await status(host, ['--repo', host.repo], in_(1000));
    expect(code).toBe(0);
    expect([lastRun, index]).toEqual([null, null]);
    expect(of('confluence')).toMatchObject({ read: null, stale: false, maxAge: null });
    expect(of('confluence').documents).toBeGreaterThan(20);
    expect(Date.parse(of('jira').changed ?? '')).toBeLessThanOrEqual(Date.now());
    const asked = await status(host, ['--repo', host.repo, '--max-age', '6h'], in_(7));
    expect(asked.code).toBe(4);
    expect(asked.of('jira').stale).toBe(true);
  });

  test('a note that is torn counts for none', async () => {
    await using torn = await machine();
    writeFileSync(join(torn.repo, '.git', 'ctx', 'last-run.json'), '{"started":');
    expect(await status(torn)).toMatchObject({ code: 0, lastRun: null });
  });
});

describe('what there is to read', () => {
  test('ctx sources tells what is configured, without credentials', async () => {
    await using lone = await newMachine();
    await lone.write('context.config.yaml', configuration());
    const { code, stdout } = await lone.ctxHere(['sources']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own syntax
      'confluence  confluence  ${CONFLUENCE_URL} (not set): spaces ENG, INFRA, PRODUCT; comments',
    );
    const told = JSON.parse((await lone.ctxHere(['sources', '--json'])).stdout);
    expect(told.sources).toMatchObject([{ id: 'confluence' }, { id: 'jira', type: 'jira', optional: true }]);
    expect(built.requests()).toEqual([]);
  });

  test('ctx spaces lists spaces and projects with their keys', async () => {
    await using asking = await machine();
    const { code, stdout } = await asking.ctxHere(['spaces']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}\* space ENG +\S/m);
    expect(stdout).toMatch(/^ {4}project SHOP +\S/m);
    const told = JSON.parse((await asking.ctxHere(['spaces', '--json', '--source', 'jira'])).stdout);
    expect(told.found).toContainEqual({
      source: 'jira',
      kind: 'project',
      key: 'OPS',
      name: expect.any(String),
      configured: false,
    });
    const refused = await asking.ctxHere(['spaces'], { env: { JIRA_API_TOKEN: 'wrong-token-of-jira' } });
    expect(refused.code).toBe(3);
    expect(refused.stdout).toMatch(/space ENG/);
  });
});
