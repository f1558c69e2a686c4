import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import type { ContextRepo, Revision } from '../../src/git/repo.ts';
import {
  AUTHOR,
  collect,
  commit,
  contentOf,
  DATE,
  type EngineName,
  git,
  put,
  temporaryFolder,
} from '../git/fixture.ts';

interface TextChange {
  readonly path: string;
  readonly content: string | null;
}

async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** What the pipeline may rely on, whichever engine does the work. */
export function gitSuite(engine: EngineName): void {
  const open = (path = join(temporaryFolder(), 'repo')): Promise<ContextRepo> =>
    openRepo({ path, branch: 'main', engine });

  /** Work tree = index = HEAD, and nothing is broken. */
  const expectClean = (repo: ContextRepo): void => {
    expect(git(repo.path, 'status', '--porcelain')).toBe('');
    git(repo.path, 'fsck', '--strict', '--no-dangling');
  };

  /** Commits the changes and applies them to the model, unless they clash: then both stay as they were. */
  const follow = async (repo: ContextRepo, model: Map<string, string>, changes: readonly TextChange[]) => {
    const next = new Map(model);
    for (const { path, content } of changes) content === null ? next.delete(path) : next.set(path, content);
    const paths = [...next.keys()];
    const clash = paths.some((path) => paths.some((other) => other.startsWith(`${path}/`)));
    const attempt = repo.commit({ changes, message: 'm', author: AUTHOR, date: DATE });
    if (clash) return void (await expect(attempt).rejects.toMatchObject({ code: 'git.path-conflict' }));
    await attempt;
    model.clear();
    for (const [path, content] of next) model.set(path, content);
    const found = await collect(repo.read(repo.tree()));
    const texts = found.map(({ path, content }) => [path, Buffer.from(content).toString()]);
    expect(texts).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(git(repo.path, 'status', '--porcelain')).toBe('');
  };

  describe('commit', () => {
    it('makes the repository and its first commit', async () => {
      const repo = await open();
      expect([await repo.head(), await repo.log(5), await collect(repo.tree())]).toEqual([null, [], []]);
      const made = await commit(
        repo,
        { 'b/two.md': 'two\n', 'a.md': 'one\n' },
        'First run\n\nContext-Sources: x',
      );
      expect(made).toEqual({ id: git(repo.path, 'rev-parse', 'main').trim(), files: 2, revisions: 0 });
      expect(await repo.head()).toBe(made?.id);
      expect(contentOf(repo.path, 'b/two.md')).toBe('two\n');
      expect(git(repo.path, 'log', '--format=%an <%ae> %ad %cd%n%B', '--date=raw').trim()).toBe(
        'context-sync <ctx@example.test> 1767323045 +0000 1767323045 +0000\nFirst run\n\nContext-Sources: x',
      );
      expect((await collect(repo.tree())).map(({ path }) => path)).toEqual(['a.md', 'b/two.md']);
      expect(await repo.log(5)).toEqual([{ id: made?.id, date: DATE, subject: 'First run' }]);
      expectClean(repo);
    });

    it('makes none when nothing changes, and writes nothing', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'one\n' });
      const head = await repo.head();
      const objects = git(repo.path, 'count-objects', '-v');
      expect(await commit(repo, { 'a.md': 'one\n', 'gone.md': null })).toBeNull();
      expect(await commit(repo, {})).toBeNull();
      expect([await repo.head(), git(repo.path, 'count-objects', '-v')]).toEqual([head, objects]);
    });

    it('tells revisions by commits of their own, by who made them and when, and moves the branch once', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'a0', 'b.md': 'b0', 'gone.md': 'gone' });
      const ann = { name: 'Ann <\n', email: 'acc-1@site.example' };
      const revision = (day: number, message: string, files: Record<string, string | null>): Revision => ({
        changes: Object.entries(files).map(([path, content]) => ({ path, content })),
        ...{ message, author: ann, date: new Date(Date.UTC(2025, 0, day)) },
      });
      const made = await repo.commit({
        revisions: streamed([
          revision(1, 'a once', { 'a.md': 'a1' }),
          revision(2, 'nothing', { 'a.md': 'a1' }),
          revision(3, 'new', { 'deep/c.md': 'c1', 'b.md': null }),
          revision(4, 'a twice', { 'a.md': 'a2', 'b.md': 'b0' }),
        ]),
        changes: [
          { path: 'a.md', content: 'a2' },
          { path: 'gone.md', content: null },
          { path: 'deep/d.md', content: 'd' },
        ],
        ...{ message: 'The run', author: AUTHOR, date: DATE },
      });
      expect(made).toEqual({ id: await repo.head(), files: 4, revisions: 3 });
      const told = ['log', '-4', '--reverse', '--date=short', '--name-status', '--no-renames'];
      expect(
        git(repo.path, ...told, '--format=%an <%ae> %ad, %cn %cd: %s')
          .replaceAll(/\n\n/g, '\n')
          .trim(),
      ).toBe(
        [
          ...['Ann <acc-1@site.example> 2025-01-01, context-sync 2025-01-01: a once', 'M\ta.md'],
          ...['Ann <acc-1@site.example> 2025-01-03, context-sync 2025-01-03: new', 'D\tb.md', 'A\tdeep/c.md'],
          ...['Ann <acc-1@site.example> 2025-01-04, context-sync 2025-01-04: a twice', 'M\ta.md', 'A\tb.md'],
          ...['context-sync <ctx@example.test> 2026-01-02, context-sync 2026-01-02: The run'],
          ...['A\tdeep/d.md', 'D\tgone.md'],
        ].join('\n'),
      );
      // isomorphic-git keeps no log of refs.
      expect(git(repo.path, 'reflog', '--format=%gs')).toBe(
        engine === 'git' ? 'ctx: commit\n'.repeat(2) : '',
      );
      expectClean(repo);
    });

    it('ends with the last revision when nothing is left for the run’s own commit', async () => {
      const repo = await open();
      const one = (content: string | null): Revision => ({
        changes: [{ path: 'a.md', content }],
        ...{ message: String(content), author: AUTHOR, date: DATE },
      });
      const own = { message: 'Own', author: AUTHOR, date: DATE };
      const first = await repo.commit({ revisions: streamed([one('1'), one('2')]), changes: [], ...own });
      expect([first?.revisions, git(repo.path, 'log', '--format=%s').trim()]).toEqual([2, '2\n1']);
      const back = await repo.commit({
        revisions: streamed([one('3'), one(null), one('2')]),
        ...{ changes: [{ path: 'a.md', content: '2' }], ...own },
      });
      expect(back).toEqual({ id: await repo.head(), files: 0, revisions: 3 });
      expect(await repo.commit({ revisions: streamed([one('2')]), changes: [], ...own })).toBeNull();
      expectClean(repo);
    });

    it('moves nothing when a revision fails', async () => {
      const repo = await open();
      const made = await commit(repo, { 'a.md': 'a' });
      async function* failing(): AsyncGenerator<Revision> {
        yield {
          changes: [{ path: 'a.md', content: 'a1' }],
          ...{ message: 'm', author: AUTHOR, date: DATE },
        };
        throw new Error('the source went away');
      }
      const run = { revisions: failing(), changes: [], message: 'm', author: AUTHOR, date: DATE };
      await expect(repo.commit(run)).rejects.toThrow('the source went away');
      expect(await repo.head()).toBe(made?.id);
      expect(git(repo.path, 'for-each-ref', 'refs/ctx')).toBe('');
      expectClean(repo);
      expect(await commit(repo, { 'a.md': 'a2' })).toMatchObject({ files: 1 });
    });

    it('keeps the files of others in the tree', async () => {
      const repo = await open();
      put(repo.path, 'notes/mine.md', 'mine');
      git(repo.path, 'add', '.');
      git(repo.path, 'commit', '-qm', 'Mine');
      await commit(repo, { 'docs/a.md': 'a' });
      expect(git(repo.path, 'ls-tree', '-r', '--name-only', 'HEAD')).toBe('docs/a.md\nnotes/mine.md\n');
      expectClean(repo);
    });

    it('shows renames to git', async () => {
      const repo = await open();
      const text = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('');
      await commit(repo, { 'old/name.md': text });
      await commit(repo, { 'old/name.md': null, 'new/name.md': `${text}and one more\n` });
      expect(git(repo.path, 'diff', '-M', '--name-status', 'HEAD~', 'HEAD')).toMatch(
        /^R\d+\told\/name.md\tnew\/name.md/,
      );
      expect(
        git(repo.path, 'log', '--follow', '--format=%h', '--', 'new/name.md').trim().split('\n'),
      ).toHaveLength(2);
      expect(existsSync(join(repo.path, 'old'))).toBe(false);
    });

    it('removes folders that it empties, and only those', async () => {
      const repo = await open();
      await commit(repo, { 'a/b/c/one.md': '1', 'a/two.md': '2' });
      put(repo.path, 'a/b/untracked.txt', 'mine');
      await commit(repo, { 'a/b/c/one.md': null });
      expect([existsSync(join(repo.path, 'a/b/c')), contentOf(repo.path, 'a/b/untracked.txt')]).toEqual([
        false,
        'mine',
      ]);
    });

    it('lets a file and a folder take each other’s place, in any order of changes', async () => {
      const repo = await open();
      await commit(repo, { x: 'file', 'y/inner.md': 'inner', 'y/deep/er.md': 'deeper' });
      await commit(repo, {
        'x/inner.md': 'inner',
        y: 'file',
        x: null,
        'y/deep/er.md': null,
        'y/inner.md': null,
      });
      expect(git(repo.path, 'ls-tree', '-r', '--name-only', 'HEAD')).toBe('x/inner.md\ny\n');
      expect(contentOf(repo.path, 'x/inner.md') + contentOf(repo.path, 'y')).toBe('innerfile');
      expectClean(repo);
    });

    it('renames by case alone', async () => {
      const repo = await open();
      await commit(repo, { 'Readme-first.md': 'text' });
      await commit(repo, { 'Readme-first.md': null, 'readme-first.md': 'text' });
      expect(git(repo.path, 'ls-files')).toBe('readme-first.md\n');
      expectClean(repo);
    });

    it('takes bytes and paths of any script as they are', async () => {
      const repo = await open();
      const paths = [
        '日本/議事録.md',
        'Ärger/größe é.md',
        '"quoted" name.md',
        '-dash.md',
        'emoji 🙂.md',
        "it's #1.md",
      ];
      await commit(repo, Object.fromEntries(paths.map((path) => [path, `${path}\r\nCRLF\r\n`])));
      const changes = [{ path: 'raw.bin', content: Uint8Array.from([0, 255, 10, 13, 10, 0]) }];
      await repo.commit({ changes, message: 'raw', author: AUTHOR, date: DATE });
      const read = await collect(repo.read(repo.tree()));
      expect(read.map(({ path }) => path)).toEqual(
        [...paths, 'raw.bin'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
      for (const { path, content } of read) {
        if (path !== 'raw.bin') expect(Buffer.from(content).toString()).toBe(`${path}\r\nCRLF\r\n`);
      }
      expect(Uint8Array.from((await repo.readAt('raw.bin')) ?? [])).toEqual(changes[0]?.content);
      expectClean(repo);
    });

    it('stores every byte as it is, whatever the machine does to line ends', async () => {
      const repo = await open();
      git(repo.path, 'config', 'core.autocrlf', 'true');
      const every = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 13) % 256);
      const lines = Buffer.from('a\r\nb\nc\r\n');
      const changes = [
        { path: '.gitattributes', content: 'attachments/** -text\n' },
        { path: 'attachments/x/every.bin', content: every },
        { path: 'attachments/x/lines.csv', content: lines },
      ];
      await repo.commit({ changes, message: 'files', author: AUTHOR, date: DATE });
      for (const [path, content] of [
        ['attachments/x/every.bin', every],
        ['attachments/x/lines.csv', lines],
      ] as const) {
        expect(Buffer.from((await repo.readAt(path)) ?? []).equals(content), path).toBe(true);
        expect(readFileSync(join(repo.path, path)).equals(content), path).toBe(true);
      }
      expect(await repo.localEdits(['attachments/x/every.bin', 'attachments/x/lines.csv'])).toEqual([]);
      expectClean(repo);
    });

    it('cleans identities, dates and messages that git would choke on', async () => {
      const repo = await open();
      const author = { name: ' <Eve>\n, ', email: '<>' };
      await repo.commit({
        changes: [{ path: 'a', content: 'a' }],
        message: 'x\0y',
        author,
        date: new Date(-5),
      });
      expect(git(repo.path, 'log', '--format=%an|%ae|%at|%s').trim()).toBe('Eve|context-sync@localhost|0|xy');
      expectClean(repo);
    });

    it('commits hundreds of files, and then some of them', async () => {
      const repo = await open();
      const file = (i: number, text: string) =>
        [`space-${i % 20}/page-${i}.md`, `# Page ${i}\n${text.repeat(200)}`] as const;
      const all = Array.from({ length: 300 }, (_, i) => file(i, 'Some text.\n'));
      const some = Array.from({ length: 30 }, (_, i) => file(i * 7, 'Other text.\n'));
      await commit(repo, Object.fromEntries(all));
      await commit(repo, Object.fromEntries(some));
      expect(await collect(repo.tree())).toHaveLength(300);
      expectClean(repo);
    });

    it('ends with the tree that the changes describe, whatever they are', { timeout: 120_000 }, async () => {
      const path = fc
        .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
        .map((names) => names.join('/'));
      const change = fc.record({ path, content: fc.option(fc.string({ maxLength: 5 })) });
      const run = fc.uniqueArray(change, { selector: (item) => item.path, minLength: 1 });
      await fc.assert(
        fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), async (runs) => {
          const repo = await open();
          const expected = new Map<string, string>();
          for (const changes of runs) await follow(repo, expected, changes);
        }),
        { numRuns: 8 },
      );
    });
  });

  describe('refusals', () => {
    it.each([
      '',
      '/etc/passwd',
      '../up.md',
      'a/../b',
      'a//b',
      './a',
      'a/',
      '.git/hooks/pre-commit',
      'a/.GIT/config',
      '.git /x',
      '.git./x',
      'git~1/x',
      '.g\u200cit/config',
      '.git::$INDEX_ALLOCATION/x',
      '.gitmodules',
      'a\\..\\b',
      'c:/x',
      'a\nb',
      'a\0b',
      '\ud800.md',
      'x'.repeat(256),
    ])('of the path %j', async (path) => {
      const repo = await open();
      const changes = [
        { path: 'good.md', content: 'good' },
        { path, content: 'bad' },
      ];
      const attempt = repo.commit({ changes, message: 'm', author: AUTHOR, date: DATE });
      await expect(attempt).rejects.toMatchObject({ code: 'git.bad-path' });
      expect([await repo.head(), existsSync(join(repo.path, 'good.md'))]).toEqual([null, false]);
      expect(await commit(repo, { 'good.md': 'good' })).toMatchObject({ files: 1 });
    });

    it('of a path named twice', async () => {
      const repo = await open();
      const changes = [
        { path: 'a', content: '1' },
        { path: 'a', content: '2' },
      ];
      await expect(repo.commit({ changes, message: 'm', author: AUTHOR, date: DATE })).rejects.toMatchObject({
        code: 'git.bad-path',
      });
    });

    it('of writing through a symbolic link', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'a' });
      const outside = temporaryFolder();
      symlinkSync(outside, join(repo.path, 'docs'));
      await expect(commit(repo, { 'docs/x/b.md': 'b' })).rejects.toMatchObject({
        code: 'git.symlinked-folder',
        kind: 'guard',
      });
      expect(existsSync(join(outside, 'x'))).toBe(false);
      rmSync(join(repo.path, 'docs'));
      await commit(repo, { 'docs/x/b.md': 'b' });
      expectClean(repo);
    });

    it('of a commit whose source fails or is interrupted, leaving no trace', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'a' });
      const head = await repo.head();
      const failing = async function* () {
        yield { path: 'b.md', content: 'b' };
        throw new Error('source failed');
      };
      const options = { message: 'm', author: AUTHOR, date: DATE };
      await expect(repo.commit({ ...options, changes: failing() })).rejects.toThrow('source failed');
      const signal = AbortSignal.abort(new Error('stopped'));
      await expect(
        repo.commit({ ...options, signal, changes: [{ path: 'c', content: 'c' }] }),
      ).rejects.toThrow('stopped');
      expect([await repo.head(), git(repo.path, 'for-each-ref', 'refs/ctx'), await repo.recover()]).toEqual([
        head,
        '',
        'clean',
      ]);
      expect(existsSync(join(repo.path, 'b.md'))).toBe(false);
      expect(readdirSync(repo.gitDir).filter((name) => name.startsWith('fast_import_crash'))).toEqual([]);
      expectClean(repo);
    });
  });

  describe('a person’s files', () => {
    it('survive: untracked, edited, staged, and removed', async () => {
      const repo = await open();
      put(repo.path, 'theirs/edited.md', 'v1');
      put(repo.path, 'theirs/staged.md', 'v1');
      put(repo.path, 'theirs/gone.md', 'v1');
      git(repo.path, 'add', '.');
      git(repo.path, 'commit', '-qm', 'Theirs');
      await commit(repo, { 'docs/a.md': 'a' });
      put(repo.path, 'theirs/edited.md', 'v2');
      put(repo.path, 'theirs/staged.md', 'v2');
      put(repo.path, 'theirs/new.md', 'new');
      put(repo.path, 'docs/untracked.md', 'untracked');
      git(repo.path, 'add', 'theirs/staged.md', 'theirs/new.md');
      git(repo.path, 'rm', '-q', 'theirs/gone.md');
      const before = git(repo.path, 'status', '--porcelain');
      await commit(repo, { 'docs/a.md': 'a2', 'docs/b.md': 'b' });
      expect(git(repo.path, 'status', '--porcelain')).toBe(before);
      expect(contentOf(repo.path, 'theirs/edited.md') + contentOf(repo.path, 'docs/untracked.md')).toBe(
        'v2untracked',
      );
      expect(git(repo.path, 'show', ':theirs/staged.md')).toBe('v2');
    });

    it('are named by localEdits where they are in a file of ours', async () => {
      const repo = await open();
      await commit(repo, {
        'a.md': 'a',
        'b.md': 'b',
        'c.md': 'c',
        'd.md': 'd',
        'e.md': 'e',
        'other.md': 'o',
      });
      const ours = ['a.md', 'b.md', 'c.md', 'd.md', 'e.md'];
      expect(await repo.localEdits(ours)).toEqual([]);
      put(repo.path, 'a.md', 'edited');
      rmSync(join(repo.path, 'b.md'));
      put(repo.path, 'c.md', 'staged');
      git(repo.path, 'add', 'c.md');
      put(repo.path, 'c.md', 'c');
      git(repo.path, 'rm', '-q', '--cached', 'd.md');
      put(repo.path, 'other.md', 'not ours');
      put(repo.path, 'new.md', 'untracked');
      expect(await repo.localEdits(ours)).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
    });

    it('are not overwritten by a commit that was not told of them', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'a', 'b.md': 'b', 'c.md': 'c' });
      const head = await repo.head();
      put(repo.path, 'a.md', 'edited');
      put(repo.path, 'new.md', 'untracked');
      rmSync(join(repo.path, 'b.md'));
      const attempt = commit(repo, { 'a.md': 'a2', 'b.md': 'b2', 'c.md': 'c2', 'new.md': 'new' });
      await expect(attempt).rejects.toMatchObject({
        code: 'git.local-edits',
        kind: 'guard',
        params: { paths: ['a.md', 'b.md', 'new.md'] },
      });
      expect(await repo.head()).toBe(head);
      expect([
        contentOf(repo.path, 'a.md'),
        contentOf(repo.path, 'c.md'),
        contentOf(repo.path, 'new.md'),
      ]).toEqual(['edited', 'c', 'untracked']);
      expect(git(repo.path, 'for-each-ref', 'refs/ctx')).toBe('');
    });

    it('meet no half-written index: a lock that someone holds is waited for', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'a' });
      const lock = join(repo.gitDir, 'index.lock');
      writeFileSync(lock, '');
      setTimeout(() => rmSync(lock), 400);
      await commit(repo, { 'a.md': 'a2' });
      expectClean(repo);
    });
  });

  describe('reading', () => {
    it('answers in the order asked for, and refuses what is missing', async () => {
      const repo = await open();
      await commit(repo, { 'a.md': 'a', 'b.md': 'x'.repeat(300_000), 'c.md': '' });
      const entries = (await collect(repo.tree())).reverse();
      const read = await collect(repo.read(entries));
      expect(read.map(({ path, content }) => [path, content.length])).toEqual([
        ['c.md', 0],
        ['b.md', 300_000],
        ['a.md', 1],
      ]);
      await expect(collect(repo.read([{ path: 'lost.md', oid: 'ab'.repeat(20) }]))).rejects.toMatchObject({
        code: 'git.missing-object',
      });
      for await (const { path } of repo.read(entries)) {
        expect(path).toBe('c.md');
        break;
      }
    });

    it('reads one file at a commit', async () => {
      const repo = await open();
      const first = await commit(repo, { 'dir/a b.md': 'one' });
      await commit(repo, { 'dir/a b.md': 'two' });
      const text = async (path: string, ref?: string) => {
        const content = await repo.readAt(path, ref);
        return content && Buffer.from(content).toString();
      };
      expect(
        await Promise.all([
          text('dir/a b.md'),
          text('dir/a b.md', first?.id),
          text('dir/a b.md', 'refs/heads/main'),
        ]),
      ).toEqual(['two', 'one', 'two']);
      expect(
        await Promise.all([
          text('dir'),
          text('none.md'),
          text('dir/a b.md', 'refs/heads/none'),
          text('a\nb'),
        ]),
      ).toEqual([null, null, null, null]);
    });
  });

  describe('settings of the user', () => {
    it('change nothing', async () => {
      const folder = temporaryFolder();
      const hooks = join(folder, 'hooks');
      mkdirSync(hooks);
      for (const hook of ['pre-commit', 'reference-transaction', 'post-index-change', 'pre-push']) {
        writeFileSync(join(hooks, hook), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      }
      writeFileSync(join(folder, 'excludes'), '*.md\n');
      writeFileSync(join(folder, 'attributes'), '* text=auto eol=crlf\n');
      writeFileSync(
        join(folder, 'config'),
        `[core]\n\thooksPath = ${hooks}\n\texcludesFile = ${folder}/excludes\n\tattributesFile = ${folder}/attributes\n\tautocrlf = true\n\tquotePath = true\n\tsplitIndex = true\n` +
          '[commit]\n\tgpgSign = true\n[user]\n\tuseConfigOnly = true\n[init]\n\tdefaultBranch = other\n[log]\n\tshowSignature = true\n[fastimport]\n\tunpackLimit = 1\n[diff]\n\tnoprefix = true\n[gc]\n\tauto = 1\n',
      );
      vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder, 'config'));
      vi.stubEnv('GIT_DIR', '/nonexistent');
      vi.stubEnv('GIT_INDEX_FILE', '/nonexistent/index');
      vi.stubEnv('EDITOR', 'false');
      vi.stubEnv('LANG', 'de_DE.UTF-8');
      let repo: ContextRepo;
      try {
        repo = await open(join(folder, 'repo'));
        await commit(repo, { 'ä.md': 'one\r\ntwo\n' });
        await commit(repo, { 'ä.md': 'one\r\ntwo\r\n', 'b.md': 'b\n' });
        expect(await repo.localEdits(['ä.md', 'b.md'])).toEqual([]);
        expect((await repo.log(1))[0]?.subject).toBe('A run');
      } finally {
        vi.unstubAllEnvs();
      }
      expect(git(repo.path, 'show', 'HEAD:ä.md')).toBe('one\r\ntwo\r\n');
      expect(contentOf(repo.path, 'ä.md')).toBe('one\r\ntwo\r\n');
      expectClean(repo);
    });
  });

  describe('opening', () => {
    it('finds an existing repository, and a second open finds the same', async () => {
      const path = temporaryFolder();
      git(path, 'init', '-q', '-b', 'main');
      put(path, 'a.md', 'a');
      git(path, 'add', '.');
      git(path, 'commit', '-qm', 'One');
      const repo = await open(path);
      expect(await repo.head()).toBe(git(path, 'rev-parse', 'HEAD').trim());
      expect([repo.engine, repo.branch]).toEqual([engine, 'main']);
      await commit(repo, { 'b.md': 'b' });
      git(path, 'gc', '-q');
      expect((await collect((await open(path)).tree())).map((entry) => entry.path)).toEqual(['a.md', 'b.md']);
    });

    it('puts a repository without commits on the branch', async () => {
      const path = temporaryFolder();
      git(path, 'init', '-q', '-b', 'master');
      const repo = await open(path);
      await commit(repo, { 'a.md': 'a' });
      expect(git(path, 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/main');
    });

    it('refuses another checked-out branch, naming both', async () => {
      const path = temporaryFolder();
      git(path, 'init', '-q', '-b', 'work');
      git(path, 'commit', '-qm', 'One', '--allow-empty');
      await expect(open(path)).rejects.toThrow(/has branch work checked out, not branch main/);
      git(path, 'checkout', '-q', '--detach');
      await expect(open(path)).rejects.toMatchObject({ code: 'git.wrong-branch', kind: 'usage' });
    });

    it('refuses a folder with other things, a folder inside a repository, a bare repository, a file', async () => {
      const folder = temporaryFolder();
      put(folder, 'stuff/file.txt', 'x');
      await expect(open(join(folder, 'stuff'))).rejects.toMatchObject({ code: 'git.not-a-repo' });
      git(folder, 'init', '-q', '-b', 'main');
      await expect(open(join(folder, 'stuff'))).rejects.toMatchObject({ code: 'git.not-a-repo' });
      git(folder, 'init', '-q', '--bare', 'bare.git');
      await expect(open(join(folder, 'bare.git'))).rejects.toMatchObject({ code: 'git.bare-repo' });
      await expect(open(join(folder, 'stuff/file.txt'))).rejects.toMatchObject({ code: 'git.not-a-folder' });
      await expect(openRepo({ path: folder, branch: '-x..', engine })).rejects.toMatchObject({
        code: 'git.bad-branch',
      });
    });
  });
}
