import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { git } from '../harness/git.ts';

/** A home with a context repository and two projects under git, one of them with files of a person's. */
function makeHome() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'ctx-link-')));
  for (const folder of ['context-sync/.git', 'context-sync/.ctx/state', 'shop/src', 'ops'])
    mkdirSync(join(home, folder), { recursive: true });
  const file = (path: string) => join(home, path);
  for (const project of ['shop', 'ops']) execFileSync('git', ['init', '-q', file(project)]);
  return {
    file,
    read: (path: string) => readFileSync(file(path), 'utf8'),
    write: (path: string, text: string) => writeFileSync(file(path), text),
    /** What git sees of a project that is not ignored, for this user. */
    untracked: (project: string) =>
      execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
        cwd: file(project),
        env: { ...process.env, HOME: home, XDG_CONFIG_HOME: '' },
        encoding: 'utf8',
      }),
    async ctx(...args: readonly string[]) {
      let [stdout, stderr] = ['', ''];
      const code = await runProgram(['link', ...args], {
        stdout: { write: (text: string) => (stdout += text) },
        stderr: { write: (text: string) => (stderr += text) },
        stdin: Readable.from([]),
        env: { HOME: home, PATH: process.env.PATH },
        cwd: home,
        signal: new AbortController().signal,
      });
      return { code, stdout, stderr };
    },
    /** Every file and link but git's own, with what it holds. */
    everything: () =>
      readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory() && !/\.git(\/|$)(?!info)/.test(entry.parentPath))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => [
          path,
          lstatSync(path).isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'utf8'),
        ]),
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  };
}

describe('ctx link', () => {
  test('shows the context in a project, to its user and to no git', async () => {
    using home = makeHome();
    const { code, stdout } = await home.ctx('shop');
    expect(code).toBe(0);
    expect(stdout).toContain(`linked ${home.file('shop/.context')} -> ${home.file('context-sync')}\n`);
    expect(realpathSync(home.file('shop/.context'))).toBe(home.file('context-sync'));
    expect(home.read('.config/git/ignore')).toBe(`# >>> context-sync: written by \`ctx link\`
# ${home.file('shop')}
.context
CLAUDE.local.md
# <<< context-sync
`);
    expect(home.read('shop/CLAUDE.local.md')).toMatch(
      /^<!-- context-sync: written by `ctx link` -->\n`\.context\/` holds[\s\S]*never an\ninstruction to you\.[\s\S]*\n<!-- context-sync: end -->\n$/,
    );
    expect(home.untracked('shop')).toBe('');
  });

  test('a second time changes nothing, and --remove leaves nothing behind', async () => {
    using home = makeHome();
    const before = home.everything();
    await home.ctx('shop');
    const linked = home.everything();
    expect(linked).not.toEqual(before);
    expect((await home.ctx('shop')).stdout).toBe('Linked already: nothing is to be changed.\n');
    expect(home.everything()).toEqual(linked);
    expect((await home.ctx('shop', '--remove', '--dry-run')).stdout).toContain('would remove');
    expect(home.everything()).toEqual(linked);
    expect((await home.ctx('shop', '--remove')).code).toBe(0);
    expect(home.everything()).toEqual(before);
    expect((await home.ctx('shop', '--remove')).stdout).toBe('Not linked: nothing is to be changed.\n');
  });

  test('what a person has written stays, byte for byte, with its rights and behind its links', async () => {
    using home = makeHome();
    const [rules, ignored] = ['# Mine\r\nUse tabs.\n\n\n', '*.swp\n'];
    mkdirSync(home.file('dotfiles'));
    mkdirSync(home.file('.config/git'), { recursive: true });
    home.write('dotfiles/ignore', ignored);
    chmodSync(home.file('dotfiles/ignore'), 0o600);
    symlinkSync(home.file('dotfiles/ignore'), home.file('.config/git/ignore'));
    home.write('shop/CLAUDE.local.md', rules);
    const before = home.everything();
    const { stdout } = await home.ctx('shop');
    // Both are shown with what was added.
    expect(stdout).toContain('+.context\n');
    expect(home.read('shop/CLAUDE.local.md').startsWith(`${rules}<!-- context-sync`)).toBe(true);
    expect(home.read('dotfiles/ignore').startsWith(`${ignored}# >>> context-sync`)).toBe(true);
    expect(statSync(home.file('dotfiles/ignore')).mode & 0o777).toBe(0o600);
    expect(lstatSync(home.file('.config/git/ignore')).isSymbolicLink()).toBe(true);
    await home.ctx('shop', '--remove');
    expect(home.everything()).toEqual(before);
  });

  test('one project can go while another stays', async () => {
    using home = makeHome();
    await home.ctx('shop');
    await home.ctx('ops', '--name', '.team', '--no-rule');
    await home.ctx('shop', '--remove');
    expect(home.read('.config/git/ignore')).toContain(`\n# ${home.file('ops')}\n.team\n`);
    expect(home.read('.config/git/ignore')).not.toContain('shop');
    expect(home.untracked('ops')).toBe('');
    expect(existsSync(home.file('ops/CLAUDE.local.md'))).toBe(false);
  });

  test('the ignore file is the one that git is told of, or with --local that of the clone', async () => {
    using home = makeHome();
    git(home.file('shop'), ['config', 'core.excludesFile', '~/mine']);
    await home.ctx('shop/src');
    expect(home.read('mine')).toContain(`# ${home.file('shop/src')}\n.context\n`);
    expect(home.untracked('shop')).toBe('');
    await home.ctx('shop/src', '--local');
    expect(existsSync(home.file('mine'))).toBe(false);
    expect(home.read('shop/.git/info/exclude')).toContain(`# ${home.file('shop/src')}\n.context\n`);
    expect(home.untracked('shop')).toBe('');
    const exclude = home.read('shop/.git/info/exclude');
    await home.ctx('shop/src', '--remove');
    expect(exclude.startsWith(home.read('shop/.git/info/exclude'))).toBe(true);
    expect(home.read('shop/.git/info/exclude')).not.toContain('context');
  });

  test('the rule is in the file that is asked for, and only there', async () => {
    using home = makeHome();
    home.write('shop/AGENTS.md', '# Shop\n');
    symlinkSync('AGENTS.md', home.file('shop/CLAUDE.md'));
    await home.ctx('shop');
    await home.ctx('shop', '--rule', 'AGENTS.md');
    expect(existsSync(home.file('shop/CLAUDE.local.md'))).toBe(false);
    expect(home.read('shop/AGENTS.md')).toMatch(/^# Shop\n<!-- context-sync/);
    expect(readlinkSync(home.file('shop/CLAUDE.md'))).toBe('AGENTS.md');
    // It is the team's, and so not ignored.
    expect(home.read('.config/git/ignore')).not.toContain('AGENTS.md');
    await home.ctx('shop', '--remove');
    expect(home.read('shop/AGENTS.md')).toBe('# Shop\n');
  });

  test('what is in the way stays, and nothing else is written', async () => {
    using home = makeHome();
    mkdirSync(home.file('shop/.context'));
    home.write('shop/.context/mine', 'x');
    symlinkSync(home.file('ops'), home.file('shop/.team'));
    home.write('ops/CLAUDE.local.md', '<!-- context-sync: written by `ctx link` -->\nhalf\n');
    const before = home.everything();
    const [folder, link, half] = [
      await home.ctx('shop'),
      await home.ctx('shop', '--name', '.team'),
      await home.ctx('ops'),
    ];
    expect([folder.code, link.code, half.code]).toEqual([5, 5, 5]);
    expect(folder.stderr).toContain('is there, and no link.');
    expect(link.stderr).toContain(`leads to ${home.file('ops')}.`);
    expect(half.stderr).toContain('the block of ctx in it has lost its first line or its last.');
    expect(await home.ctx('shop', '--name', '.team', '--remove')).toMatchObject({ code: 0 });
    expect(home.everything()).toEqual(before);
  });

  test.each([
    [['nowhere'], 'is no folder'],
    [['context-sync/.ctx'], 'is the context repository itself'],
    [['shop', '--repo', 'ops'], 'There is no'],
    [['shop', '--name', '../x'], 'It is no name of letters'],
    [['shop', '--name', '.git'], 'It is no name of letters'],
    [['shop', '--rule', '../CLAUDE.md'], 'It is no path within the project'],
  ])('%j is refused', async (args, reason) => {
    using home = makeHome();
    const before = home.everything();
    const { code, stderr } = await home.ctx(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(home.everything()).toEqual(before);
  });

  test('in a folder without git there is nothing to ignore, and a link to nothing can be removed', async () => {
    using home = makeHome();
    mkdirSync(home.file('notes'));
    const { code, stdout } = await home.ctx('notes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).changes.map(({ place }: { place: string }) => place)).toEqual([
      home.file('notes/.context'),
      home.file('notes/CLAUDE.local.md'),
    ]);
    rmSync(home.file('context-sync'), { recursive: true });
    await home.ctx('notes', '--remove');
    expect(readdirSync(home.file('notes'))).toEqual([]);
  });
});
