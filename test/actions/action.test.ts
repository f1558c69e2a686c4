import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../../src/cli/program/command-line.ts';
import { fakeProgram } from './fake-program.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

/** As GitHub runs a step of an action: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
function runStep(name: string, folder: string, env: Readonly<Record<string, string>>) {
  const step = action.runs.steps.find((each) => each.name === name);
  const { PATH = '', HOME = '' } = process.env;
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${join(folder, 'bin')}:${PATH}`, HOME, TMPDIR: folder, ...env },
  });
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ctx-action-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logged = (name: string): string[][] =>
  existsSync(join(folder, `${name}.log`))
    ? readFileSync(join(folder, `${name}.log`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

describe('action.yml', () => {
  test('every action that it or a workflow uses is pinned by a commit', () => {
    const files = [
      'action.yml',
      ...['.github/workflows', 'docs/examples'].flatMap((place) =>
        readdirSync(join(ROOT, place)).map((name) => `${place}/${name}`),
      ),
    ];
    const used = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/uses: (.+)/g)].map(
        ([, name]) => `${file}: ${name}`,
      ),
    );
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((line) => !/@[0-9a-f]{40} # v\d/.test(line))).toEqual([]);
  });

  test('no script holds an expression: what is not a constant comes as a variable', () => {
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
    for (const place of ['.github/workflows', 'docs/examples'])
      for (const name of readdirSync(join(ROOT, place))) {
        const { jobs } = parse(readFileSync(join(ROOT, place, name), 'utf8')) as {
          jobs: Record<string, { steps: Step[] }>;
        };
        for (const { run = '' } of Object.values(jobs).flatMap(({ steps }) => steps))
          expect(run).not.toContain('${{');
      }
  });

  test('its inputs are used, and its outputs are what `ctx build --outputs` writes', () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    for (const name of Object.keys(action.inputs)) expect(text).toContain(`inputs.${name}`);
    expect(Object.keys(action.outputs).sort()).toEqual(
      ['added', 'changed', 'commit', 'deleted', 'exit-code', 'failed', 'json', 'modified', 'renamed'].sort(),
    );
    expect(action.runs.using).toBe('composite');
  });
});

const BUILD = {
  CTX_CONFIG: 'context.config.yaml',
  CTX_SOURCES: '',
  CTX_FULL: 'false',
  CTX_CONFIRM: '',
  CTX_PUSH: 'true',
};

describe('its build step', () => {
  const CTX = `
writeFileSync(after('--summary'), '## Context build: done in part\\n');
appendFileSync(after('--outputs'), 'exit-code=4\\n');
console.log('{"version":"0"}');
process.exitCode = 4;`;

  test('passes its inputs as they are, keeps the exit code, and shows the summary', () => {
    fakeProgram(folder, 'ctx', CTX);
    const [outputs, summary] = [join(folder, 'outputs'), join(folder, 'summary')];
    const env = {
      ...BUILD,
      CTX_SOURCES: 'jira $(>made) ;x',
      CTX_FULL: 'true',
      CTX_CONFIRM: 'abc  def',
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
    };
    const ran = runStep('Build', folder, env);
    expect([ran.status, ran.stderr]).toEqual([4, '']);
    const [args = []] = logged('ctx');
    const given = args.filter((arg) => !arg.includes(folder));
    expect(given).toEqual([
      ...['build', '--no-index', '--json', '--config', 'context.config.yaml', '--summary', '--outputs'],
      ...['--full', '--push', '--confirm-deletes', 'abc', '--confirm-deletes', 'def'],
      ...['--source', 'jira', '--source', '$(>made)', '--source', ';x'],
    ]);
    expect(existsSync(join(folder, 'made'))).toBe(false);
    expect(readFileSync(summary, 'utf8')).toBe('## Context build: done in part\n');
    const told = new Map(
      readFileSync(outputs, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
    expect(told.get('exit-code')).toBe('4');
    expect(readFileSync(told.get('json') ?? '', 'utf8')).toBe('{"version":"0"}\n');
  });

  test('asks for nothing that `ctx build` does not know', async () => {
    fakeProgram(folder, 'ctx', CTX);
    const env = { ...BUILD, CTX_SOURCES: 'jira slack', CTX_FULL: 'true', CTX_CONFIRM: 'abc' };
    runStep('Build', folder, {
      ...env,
      GITHUB_OUTPUT: join(folder, 'o'),
      GITHUB_STEP_SUMMARY: join(folder, 's'),
    });
    let asked = 0;
    const program = commandLine(
      async () => {
        asked += 1;
      },
      { writeErr: () => {} },
    );
    await program.parseAsync(logged('ctx')[0] ?? [], { from: 'user' });
    expect(asked).toBe(1);
    const build = program.commands.find((command) => command.name() === 'build');
    expect(build?.opts()).toMatchObject({
      source: ['jira', 'slack'],
      confirmDeletes: ['abc'],
      push: true,
      full: true,
      index: false,
    });
  });
});

describe('its issue', () => {
  const ISSUE = {
    GH_TOKEN: 't',
    GH_REPO: 'o/r',
    TITLE: 'Context builds fail',
    RUN: 'https://github.example/run/1',
  };
  const gh = (open: string) =>
    fakeProgram(folder, 'gh', `if (args[1] === 'list') process.stdout.write(${JSON.stringify(open)});`);
  const summary = () => join(folder, 'summary.md');
  const tell = (outcome: string) => {
    writeFileSync(summary(), '## Context build: failed\n');
    return runStep('Tell by an issue', folder, { ...ISSUE, OUTCOME: outcome, SUMMARY: summary() });
  };
  const done = () => logged('gh').map((args) => args.slice(0, 2).join(' '));

  test('is opened by a failure, and then only kept up to date', () => {
    gh('');
    expect(tell('failure').status).toBe(0);
    expect(done()).toEqual(['issue list', 'label create', 'issue create']);
    expect(logged('gh')[2]).toEqual([
      ...[
        'issue',
        'create',
        '--title',
        'Context builds fail',
        '--label',
        'context-sync',
        '--body-file',
        summary(),
      ],
    ]);
    expect(readFileSync(summary(), 'utf8')).toContain('The run that said so: https://github.example/run/1');
    gh('12\n');
    tell('failure');
    expect(done().slice(3)).toEqual(['issue list', 'issue edit']);
    expect(logged('gh')[4]).toEqual(['issue', 'edit', '12', '--body-file', summary()]);
  });

  test('is closed by a success, and left alone where there is none', () => {
    gh('12\n');
    expect(tell('success').status).toBe(0);
    expect(logged('gh')[1]?.slice(0, 3)).toEqual(['issue', 'close', '12']);
    gh('');
    tell('success');
    expect(done()).toEqual(['issue list', 'issue close', 'issue list']);
  });
});
