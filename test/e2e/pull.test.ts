import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pullCommand } from '../../src/cli/commands/pull.ts';
import { Output } from '../../src/cli/output.ts';
import { serveRepositories } from '../git/http-remote.ts';
import { git, type Machine, newMachine } from './machine.ts';

const DATE = '2026-11-20T18:04:30Z';

function append(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, text);
}

/** A machine and a remote with three documents, the last commit of which was made at {@link DATE}. */
async function setUp(): Promise<{
  machine: Machine;
  remote: string;
  clone: string;
  publish(files: string[]): void;
}> {
  const machine = await newMachine();
  const remote = join(machine.folder, 'remote.git');
  const author = join(machine.folder, 'author');
  git(machine.folder, 'init', '-q', '--bare', '-b', 'main', remote);
  git(machine.folder, 'init', '-q', '-b', 'main', author);
  const publish = (files: string[]) => {
    for (const file of files) append(join(author, file), 'text\n');
    git(author, 'add', '.');
    process.env.GIT_COMMITTER_DATE = DATE;
    git(author, 'commit', '-q', '-m', 'A run');
    delete process.env.GIT_COMMITTER_DATE;
    git(author, 'push', '-q', remote, 'main');
  };
  publish([
    'INDEX.md',
    'confluence/ENG/one.md',
    'jira/ASSIGNED/two.md',
    'jira/ASSIGNED/INDEX.md',
    '.ctx/state/jira.yaml',
  ]);
  return { machine, remote, clone: join(machine.home, 'context-sync'), publish };
}

test('ctx pull needs no configuration: it makes ~/context-sync, follows it, and says how old the content is', async () => {
  const { machine, remote, clone, publish } = await setUp();
  await using _machine = machine;
  const none = await machine.ctxHere(['pull']);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('`ctx pull URL`')]);

  const made = await machine.ctxHere(['pull', '../work/remote.git']);
  expect([made.code, made.stderr]).toEqual([0, '']);
  expect(made.stdout).toMatch(
    /^~\/context-sync: cloned, 2 documents; the newest content is .* old \(2026-11-20 18:04 UTC\)\n$/,
  );
  expect(git(clone, 'remote', 'get-url', 'origin')).toBe(remote);
  expect(readdirSync(clone).sort()).toEqual(['.ctx', '.git', 'INDEX.md', 'confluence', 'jira']);

  publish(['jira/ASSIGNED/three.md', 'jira/ASSIGNED/two.md', 'INDEX.md']);
  const read = async (now: string, json: boolean) => {
    let stdout = '';
    const output = new Output({
      stdout: { write: (text) => (stdout += text) },
      stderr: process.stderr,
      verbose: false,
      now: Date.now,
    });
    const context = {
      output,
      stdin: process.stdin,
      env: { HOME: machine.home },
      cwd: machine.home,
      signal: new AbortController().signal,
      now: () => Date.parse(now),
    };
    expect(await pullCommand(undefined, { json }, context)).toBe(0);
    return stdout;
  };
  expect(await read('2026-11-20T20:10:00Z', false)).toBe(
    '~/context-sync: 2 documents changed; the newest content is 2 h old (2026-11-20 18:04 UTC)\n',
  );
  expect(await read('2026-11-25T18:05:00Z', false)).toBe(
    '~/context-sync: up to date; the newest content is 5 d old (2026-11-20 18:04 UTC)\n',
  );
  publish(['jira/ASSIGNED/four.md', 'INDEX.md']);
  expect(JSON.parse(await read('2026-11-20T18:05:00Z', true))).toEqual({
    path: clone,
    before: expect.stringMatching(/^[0-9a-f]{40}$/),
    after: git(remote, 'rev-parse', 'main'),
    files: { added: 1, modified: 1, deleted: 0 },
    commits: 1,
    contentDate: '2026-11-20T18:04:30.000Z',
    ageSeconds: 30,
    ahead: 0,
    rewritten: false,
    problems: [],
  });
});

test('ctx pull stops for a person’s edit with exit 5, and names it', async () => {
  const { machine, remote, clone, publish } = await setUp();
  await using _machine = machine;
  await machine.ctxHere(['pull', remote]);
  append(join(clone, 'jira/ASSIGNED/two.md'), 'mine\n');
  publish(['jira/ASSIGNED/two.md']);
  const stopped = await machine.ctxHere(['pull']);
  expect([stopped.code, stopped.stdout]).toEqual([5, '']);
  expect(stopped.stderr).toContain('Local edits would be overwritten: jira/ASSIGNED/two.md.');
});

test('R17 ctx pull stores and prints no password: not of the address that it is given, not of the configuration', async () => {
  const { machine } = await setUp();
  await using _machine = machine;
  const password = 'hunter2-p4ss';
  const url = `${await serveRepositories(machine.folder, { access: `bot:${password}` })}/remote.git`;
  const address = url.replace('//', `//bot:${password}@`);
  const made = await machine.ctxHere(['pull', address, '-C', 'given']);
  expect([made.code, made.stderr]).toEqual([0, '']);
  const again = await machine.ctxHere(['pull', address, '-C', 'given', '--json']);
  expect([again.code, again.stderr]).toEqual([0, '']);
  const refused = await machine.ctxHere(['pull', '-C', 'given'], { env: { GIT_ASKPASS: 'true' } });
  expect(refused.code).toBe(1);
  const wrong = await machine.ctxHere(['pull', address.replace('@', 'x@'), '-C', 'given']);
  expect(wrong.code).toBe(1);

  await machine.write(
    'context.config.yaml',
    `version: 1\nrepo: { path: configured, remote: "${url.replace('//', `//bot:\${TOKEN}@`)}" }\nsources:\n  - { id: jira, type: jira, url: "https://x.invalid", auth: { username: a, token: "\${T}" }, views: { A: "project = A" } }\n`,
  );
  const configured = await machine.ctxHere(['pull', '--json'], { env: { TOKEN: password } });
  expect([configured.code, configured.stderr]).toEqual([0, '']);
  expect(JSON.parse(configured.stdout).path).toBe(join(machine.folder, 'configured'));
  for (const { stdout, stderr } of [made, again, refused, wrong, configured])
    expect(stdout + stderr).not.toContain(password);
  for (const folder of ['given', 'configured'])
    for (const file of readdirSync(join(machine.folder, folder), { recursive: true, withFileTypes: true }))
      if (file.isFile())
        expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain(password);
});

test('R12 what ctx pull writes another user can read, and ask git about', async ({ skip }) => {
  const { machine, remote, clone, publish } = await setUp();
  await using _machine = machine;
  const before = process.umask(0o022);
  try {
    await machine.ctxHere(['pull', remote]);
    publish(['jira/ASSIGNED/two.md']);
    await machine.ctxHere(['pull']);
  } finally {
    process.umask(before);
  }
  for (const entry of readdirSync(clone, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    expect([path, statSync(path).mode & (entry.isDirectory() ? 0o055 : 0o044)]).toEqual([
      path,
      entry.isDirectory() ? 0o055 : 0o044,
    ]);
    if (!path.startsWith(join(clone, '.git')))
      expect([path, statSync(path).mode & 0o777]).toEqual([path, entry.isDirectory() ? 0o755 : 0o644]);
  }
  if (process.getuid?.() !== 0) skip('only root can be another user');
  const nobody = 65534;
  for (const folder of [join(machine.home, '..'), machine.home]) chownSync(folder, nobody, nobody);
  const asNobody = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('git', args, {
      uid: nobody,
      gid: nobody,
      cwd: clone,
      env: { PATH: process.env.PATH, HOME: '/nonexistent' },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  expect(asNobody('log', '--oneline').stderr).toContain('dubious ownership');
  expect(asNobody('-c', `safe.directory=${clone}`, 'log', '--format=%s')).toEqual({
    status: 0,
    stdout: 'A run\nA run\n',
    stderr: '',
  });
  expect(asNobody('-c', `safe.directory=${clone}`, 'show', 'HEAD:jira/ASSIGNED/two.md').stdout).toBe(
    'text\ntext\n',
  );
});
