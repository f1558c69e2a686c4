import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import type { Facts } from '../../src/core/document.ts';
import { writeDocument } from '../../src/frontmatter/write.ts';
import { git } from '../harness/git.ts';

const TOOL = 'context-sync <context-sync@localhost>';
const SITE = 'https://site.example/wiki/spaces/ENG/pages/7';

let root: string;
let repo: string;
let days = 0;

/** A commit of a day at noon, with files of the tree as they shall be; null removes. */
function commit(author: string, message: string, files: Readonly<Record<string, string | null>>): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(repo, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
  days += 1;
  const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(author) ?? [];
  const date = `2026-04-${String(days).padStart(2, '0')}T12:00:00Z`;
  git(repo, ['add', '--all']);
  const who = [`user.name=${name}`, `user.email=${email}`].flatMap((setting) => ['-c', setting]);
  process.env.GIT_COMMITTER_DATE = date;
  git(repo, [...who, 'commit', '--quiet', '--date', date, '-m', message]);
  delete process.env.GIT_COMMITTER_DATE;
  return git(repo, ['rev-parse', 'HEAD']).toString().trim();
}

function page(facts: Partial<Facts>, body: string): string {
  const { id = '7', source = 'confluence', title = 'Plan' } = facts;
  return writeDocument({ id, source, type: 'page', title, url: SITE, ...facts }, body);
}

async function ctx(args: readonly string[], cwd = repo, env: Readonly<Record<string, string>> = {}) {
  let [stdout, stderr] = ['', ''];
  const code = await runProgram(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: Readable.from([]),
    env: { HOME: join(root, 'home'), PATH: process.env.PATH, ...env },
    cwd,
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr };
}

/** Everything that the commands say, to compare. */
async function everything(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const args of [
    ['log'],
    ['log', 'confluence/7'],
    ['diff', '--since', '2026-04-01'],
    ['blame', 'confluence/7'],
    ['show', 'confluence/7@2026-04-01'],
  ]) {
    const { code, stdout, stderr } = await ctx([...args, '-C', folder], root);
    expect([code, stderr]).toEqual([0, '']);
    lines.push(stdout.replaceAll(folder, '<repo>'));
  }
  return lines;
}

let ids: readonly string[];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ctx-history-'));
  repo = join(root, 'repo');
  mkdirSync(repo);
  git(repo, ['init', '--quiet', '--initial-branch=main']);
  const revision = (n: number) =>
    `Edit Plan\n\nDocument: confluence/7\nRevision: ${n}\nUrl: ${SITE}?version=${n}`;
  const path = 'confluence/ENG/plan.md';
  const sneaky = page({ id: '8', title: 'A\u001b[31m\u202Eb', url: 'https://x/8' }, 'Red.\n');
  const passing = page({ id: '9', title: 'Passing', url: 'https://x/9' }, 'By.\n');
  const state = {
    '.ctx/state/confluence.yaml': 'checkpoint: {}\n',
    '.ctx/state/wiki.yaml': 'checkpoint: {}\n',
  };
  ids = [
    commit(TOOL, 'Sync\n\nContext-Sources: confluence', {
      ...state,
      [path]: page({ editor: 'Ann' }, 'One.\n\nTwo.\n'),
      'wiki/ENG/other.md': page({ source: 'wiki', title: 'Other' }, 'Other.\n'),
      'confluence/ENG/sneaky.md': sneaky,
      'confluence/ENG/a.md': passing,
    }),
    commit('Bo <bo@old.example>', revision(2), {
      [path]: page({ editor: 'Bo' }, 'One.\n\nTwo and a half.\n'),
    }),
    commit(TOOL, 'Sync\n\nContext-Sources: confluence', {
      [path]: null,
      'confluence/ENG/sneaky.md': null,
      'confluence/ENG/hidden.md': sneaky,
      'confluence/ENG/a.md': null,
      'confluence/ENG/b.md': passing,
    }),
    commit('Cy <cy@x.example>', revision(3), {
      [path]: page({ editor: 'Cy' }, 'One.\n\nTwo and a half.\n\nThree.\n'),
    }),
    commit('Dee <dee@x.example>', 'By hand', {
      'confluence/ENG/b.md': null,
      [path]: page({ editor: 'Cy' }, 'One!\n\nTwo and a half.\n\nThree.\n'),
      '.mailmap': 'Bo Berg <bo@new.example> <bo@old.example>\n',
    }),
  ];
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const short = (n: number) => ids[n]?.slice(0, 10);

describe('authored commits', () => {
  test('say person, date and revision, by .mailmap, through a time when the document was gone', async () => {
    expect((await ctx(['blame', 'confluence/7', '--text'])).stdout).toBe(`\
${short(4)} 2026-04-05 Dee     10 | One!
${short(0)} 2026-04-01 ~Ann    11 |
${short(1)} 2026-04-02 Bo Berg 12 | Two and a half.
${short(3)} 2026-04-04 Cy      13 |
${short(3)} 2026-04-04 Cy      14 | Three.

${short(1)} ${SITE}?version=2
${short(3)} ${SITE}?version=3
`);
    const { lines } = JSON.parse((await ctx(['blame', 'confluence/7', '--text', '--json'])).stdout);
    expect(lines[2]).toEqual({
      line: 12,
      text: 'Two and a half.',
      commit: ids[1],
      date: '2026-04-02T12:00:00.000Z',
      person: 'Bo Berg',
      exact: true,
      url: `${SITE}?version=2`,
    });
  });

  test('are the people of a diff, and the times when the document went and came back are in its log', async () => {
    const { stdout } = await ctx(['diff', '--since', '2026-04-02', '--json']);
    const { documents } = JSON.parse(stdout);
    expect(documents.find(({ id }: { id: string }) => id === '7').people).toEqual([
      { name: 'Cy', role: 'author' },
      { name: 'Bo Berg', role: 'author' },
    ]);
    const log = (await ctx(['log', 'confluence/ENG/plan.md'])).stdout;
    expect(log.match(/ {2}(added|deleted|modified) .*|deleted$/gm)).toEqual([
      '  modified  Dee',
      '  added  Cy',
      'deleted',
      '  modified  Bo Berg',
      '  added  ~Ann',
    ]);
  });
});

test('one id in two sources is not guessed', async () => {
  const { code, stderr } = await ctx(['log', '7']);
  expect([code, stderr]).toEqual([
    2,
    `error: 7 names several documents: confluence/7 (confluence/ENG/plan.md), wiki/7 (wiki/ENG/other.md).
  Name one of them as SOURCE/ID, as in the list.
`,
  ]);
});

test('a former path leads to where the document is, or was last', async () => {
  const places = async (name: string) => (await ctx(['log', name])).stdout.split('\n').slice(0, 2);
  expect((await places('confluence/ENG/sneaky.md'))[1]).toBe('confluence/ENG/hidden.md');
  const gone = ['confluence/9  Passing', 'gone, last at confluence/ENG/b.md'];
  expect(await places('confluence/ENG/a.md')).toEqual(gone);
  expect(await places('confluence/9')).toEqual(gone);
  expect((await ctx(['blame', '9'])).stderr).toContain(`ctx show confluence/9@${short(3)}`);
});

test('a period has its beginning first', async () => {
  const { code, stderr } = await ctx(['diff', '--since', 'today', '--until', '2026-04-01']);
  expect([code, stderr.split('\n')[0]]).toEqual([2, 'error: --until 2026-04-01 is before --since today.']);
});

test('titles cannot reach the terminal as commands', async () => {
  const said = await Promise.all(
    [
      ['log', '8'],
      ['diff', '--since', '2026-01-01'],
    ].map(async (args) => (await ctx(args)).stdout),
  );
  expect(said[0]).toContain('confluence/8  A [31m b\n');
  expect(said[1]).toContain('[A \\[31m b](https://x/8)');
  expect(said.join('')).not.toMatch(/[\u001b\u202E]/);
});

describe('any clone will do', () => {
  test('R12 one that is not ours and may not be written; git is told that this path alone is safe', async () => {
    const copy = join(root, 'theirs');
    cpSync(repo, copy, { recursive: true });
    const folders = ['.', ...readdirSync(copy, { recursive: true, encoding: 'utf8' })];
    const isRoot = process.getuid?.() === 0;
    for (const name of folders.reverse()) {
      if (isRoot) chownSync(join(copy, name), 12345, 12345);
      chmodSync(join(copy, name), statSync(join(copy, name)).isDirectory() ? 0o555 : 0o444);
    }
    const state = () =>
      folders.map((name) => {
        const { mtimeMs, ctimeMs, size } = statSync(join(copy, name));
        return [name, mtimeMs, ctimeMs, size];
      });
    const before = state();
    const log = join(root, 'git.log');
    const path = process.env.PATH;
    const bin = join(root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$*" >> ${log}\nPATH=${path} exec git "$@"\n`, {
      mode: 0o755,
    });
    process.env.PATH = `${bin}:${path}`;
    try {
      expect(await everything(copy)).toEqual(await everything(repo));
    } finally {
      process.env.PATH = path;
      for (const name of folders) chmodSync(join(copy, name), 0o755);
    }
    expect(before.map(([name]) => name)).toEqual(state().map(([name]) => name));
    expect(before.map(([, mtime]) => mtime)).toEqual(state().map(([, mtime]) => mtime));
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.endsWith(' version'));
    expect(calls.length).toBeGreaterThan(10);
    expect(
      calls.filter((line) => !line.includes(`-c safe.directory=${copy} `) && !line.includes(`=${repo} `)),
    ).toEqual([]);
    expect(readdirSync(join(copy, '.git')).filter((name) => /lock|ctx/.test(name))).toEqual([]);
  });

  test('no setting of a user or of the repository changes an answer or runs a program', async () => {
    const copy = join(root, 'configured');
    cpSync(repo, copy, { recursive: true });
    const trap = join(root, 'trap');
    const run = `sh -c 'touch ${trap}; cat'`;
    const settings = `[log]\n\tshowSignature = true\n\tmailmap = false\n\tfollow = true\n\tshowRoot = false\n\tdate = relative\n\tdiffMerges = combined
[color]\n\tui = always\n\tdiff = always\n\tgrep = always\n[core]\n\tquotePath = true\n\tabbrev = 5\n\tpager = ${run}\n\tfsmonitor = ${run}
[diff]\n\trenames = copies\n\texternal = ${run}\n\tnoprefix = true\n\torderFile = /nowhere\n\tcontext = 9\n\tinterHunkContext = 50\n\talgorithm = patience
[diff "md"]\n\ttextconv = ${run}\n\tcommand = ${run}\n[blame]\n\tignoreRevsFile = ${join(root, 'ignored')}\n\tcoloring = highlightRecent\n\tshowEmail = true
[grep]\n\tlineNumber = true\n\tpatternType = perl\n\tfullName = false\n[i18n]\n\tlogOutputEncoding = ISO-8859-1\n[trailer]\n\tseparators = "="
[format]\n\tpretty = %H\n[gpg]\n\tprogram = ${run}\n[mailmap]\n\tfile = ${join(root, 'mailmap')}\n`;
    writeFileSync(join(root, 'ignored'), ids.join('\n'));
    writeFileSync(join(root, 'mailmap'), 'Nobody <bo@new.example> <cy@x.example>\n');
    writeFileSync(join(root, 'gitconfig'), settings);
    writeFileSync(join(copy, '.git/config'), `${readFileSync(join(copy, '.git/config'), 'utf8')}${settings}`);
    writeFileSync(join(copy, '.git/info/attributes'), '*.md diff=md\n');
    const former = process.env.GIT_CONFIG_GLOBAL;
    const expected = await everything(repo);
    process.env.GIT_CONFIG_GLOBAL = join(root, 'gitconfig');
    try {
      expect(await everything(copy)).toEqual(expected);
    } finally {
      process.env.GIT_CONFIG_GLOBAL = former;
    }
    expect(readdirSync(root)).not.toContain('trap');
  });

  test('a shallow one says that its history is cut', async () => {
    const copy = join(root, 'shallow');
    git(root, ['clone', '--quiet', '--depth=2', `file://${repo}`, copy]);
    const { code, stdout, stderr } = await ctx(['log', 'confluence/7', '-C', copy]);
    expect(code).toBe(0);
    expect(stderr).toBe(`${copy} is a shallow clone: its history begins with what was fetched.\n`);
    expect(stdout.match(/ {2}(added|modified) .*/g)).toEqual(['  modified  Dee', '  added  Cy']);
  });

  test('a partial one fetches nothing', async () => {
    const copy = join(root, 'partial');
    git(repo, ['config', 'uploadpack.allowFilter', 'true']);
    git(root, ['clone', '--quiet', '--filter=blob:none', `file://${repo}`, copy]);
    const { code, stdout, stderr } = await ctx(['log', 'confluence/7', '-C', copy]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: The repository lacks object [0-9a-f]{40}/);
  });
});

describe('which repository', () => {
  const head = async (...args: Parameters<typeof ctx>) => (await ctx(...args)).stdout.split('  ')[0];

  test('the one around the folder, else the configured one, else ~/context-sync', async () => {
    expect(await head(['log'], join(repo, 'confluence/ENG'))).toBe(short(4));
    const work = join(root, 'work');
    mkdirSync(work);
    expect(await ctx(['log'], work)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: There is no context repository: looked in ${work} and the folders above it, ${root}/home/context-sync.
  Run it inside a clone of one, or name one with --repo FOLDER; \`ctx build\` makes one, and so does \`ctx demo\`.
`,
    });
    const unset = '"$' + '{UNSET}"';
    const source = `id: w, type: confluence, url: ${unset}, auth: { username: ${unset}, token: ${unset} }, spaces: all`;
    writeFileSync(
      join(work, 'context.config.yaml'),
      `version: 1\nrepo: { path: ../repo }\nsources:\n  - { ${source} }\n`,
    );
    expect(await head(['log'], work)).toBe(short(4));
    rmSync(join(work, 'context.config.yaml'));
    cpSync(repo, join(root, 'home/context-sync'), { recursive: true });
    expect(await head(['log'], work)).toBe(short(4));
    expect((await ctx(['log', '--repo', '../work'], work)).code).toBe(2);
  });

  test('without git, or without a commit, the next action is named', async () => {
    const empty = join(root, 'empty');
    git(root, ['init', '--quiet', empty]);
    mkdirSync(join(empty, '.ctx/state'), { recursive: true });
    expect((await ctx(['log'], empty)).stderr).toBe(
      `error: ${empty} has no commit yet.\n  Run \`ctx build\` first.\n`,
    );
    const path = process.env.PATH;
    process.env.PATH = join(root, 'no-programs');
    try {
      const { code, stderr } = await ctx(['log']);
      expect([code, stderr]).toEqual([2, expect.stringContaining('Install git 2.30 or later')]);
    } finally {
      process.env.PATH = path;
    }
  });
});
