import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isCtxError } from '../../../src/core/errors/index.ts';
import type { RepositoryPlace, SourceRepository } from '../../../src/core/source-repositories.ts';
import { sourceRepositories } from '../../../src/git/sources/repositories.ts';
import { collect, git, put, temporaryFolder } from '../fixture.ts';
import { serveRepositories } from '../http-remote.ts';

const NEVER = new AbortController().signal;

function repositories(mirrors = temporaryFolder()) {
  const all = sourceRepositories(mirrors);
  return {
    find: (place: RepositoryPlace, signal = NEVER) => all.find(place, signal),
    async open(place: RepositoryPlace): Promise<SourceRepository> {
      const opened = await (await all.find(place, NEVER)).open();
      onTestFinished(() => opened[Symbol.asyncDispose]());
      return opened;
    },
  };
}

/** A repository with one commit for each of the trees; null removes a file. */
function repository(...commits: Record<string, string | null>[]): string {
  const path = temporaryFolder();
  git(path, 'init', '--quiet', '--initial-branch=main');
  for (const [n, files] of commits.entries()) commitTo(path, files, `2026-01-0${n + 1}T00:00:00Z`);
  return path;
}

function commitTo(path: string, files: Record<string, string | null>, date: string, author = 'Ada'): void {
  for (const [name, content] of Object.entries(files)) {
    if (content === null) git(path, 'rm', '--quiet', '--', name);
    else put(path, name, content);
  }
  git(path, 'add', '--all');
  git(
    path,
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'A change',
    `--date=${date}`,
    `--author=${author} <a@b.c>`,
  );
}

async function contentsOf(
  opened: SourceRepository,
  maxBytes = 1000,
): Promise<Record<string, string | undefined>> {
  const files = await collect(opened.files());
  const found: Record<string, string | undefined> = {};
  for await (const { file, content } of opened.read(files, maxBytes))
    found[file.path] = content && Buffer.from(content).toString();
  return found;
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isCtxError(error)) throw new Error(`expected an error of the catalogue, not ${error}`);
  return error;
}

/** A bare copy to serve, and a clone to push to it from. */
async function served(files: Record<string, string>, options: Parameters<typeof serveRepositories>[1] = {}) {
  const root = temporaryFolder();
  const work = repository(files);
  const bare = join(root, 'project.git');
  git(root, 'clone', '--quiet', '--bare', work, bare);
  git(work, 'remote', 'add', 'origin', bare);
  return { url: `${await serveRepositories(root, options)}/project.git`, work, bare };
}

describe('a repository of this machine', () => {
  test('is read as its branch has it, not as its work tree is', async () => {
    const path = repository(
      { 'a.md': 'one', '.gitignore': 'ignored.md\n', 'docs/b.md': 'b' },
      { 'a.md': 'two' },
    );
    put(path, 'ignored.md', 'x');
    put(path, 'a.md', 'edited');
    const all = repositories();
    const found = await all.find({ address: path });
    expect(found).toMatchObject({ branch: 'main', origin: undefined });
    expect(await contentsOf(await all.open({ address: path }))).toEqual({
      '.gitignore': 'ignored.md\n',
      'a.md': 'two',
      'docs/b.md': 'b',
    });
  });

  test('is read by a file URL, from a bare one, from another branch and from a clone that names its origin', async () => {
    const path = repository({ 'a.md': 'main' });
    git(path, 'branch', 'old');
    commitTo(path, { 'a.md': 'newer' }, '2026-02-01T00:00:00Z');
    const bare = join(temporaryFolder(), 'bare.git');
    git(path, 'clone', '--quiet', '--bare', path, bare);
    const all = repositories();
    expect(await contentsOf(await all.open({ address: `file://${path}` }))).toEqual({ 'a.md': 'newer' });
    expect(await contentsOf(await all.open({ address: bare, branch: 'old' }))).toEqual({ 'a.md': 'main' });
    git(path, 'remote', 'add', 'origin', 'https://ada:secret@github.com/acme/shop.git');
    expect((await all.find({ address: path })).origin).toBe('https://github.com/acme/shop.git');
  });

  test('tells who last changed each file, through merges', async () => {
    const path = repository({ 'a.md': '1', 'b.md': '1', 'c.md': '1' });
    git(path, 'switch', '--quiet', '-c', 'side');
    commitTo(path, { 'b.md': '2' }, '2026-02-02T00:00:00Z', 'Grace');
    git(path, 'switch', '--quiet', 'main');
    commitTo(path, { 'c.md': '2' }, '2026-02-03T00:00:00Z', 'Linus');
    git(path, 'merge', '--quiet', '--no-edit', 'side');
    const opened = await repositories().open({ address: path });
    const last = new Map<string, string>();
    for await (const { path: file, author, date } of opened.changes())
      if (!last.has(file)) last.set(file, `${author} ${date}`);
    expect(Object.fromEntries(last)).toEqual({
      'a.md': 'Ada 2026-01-01T00:00:00.000Z',
      'b.md': 'Grace 2026-02-02T00:00:00.000Z',
      'c.md': 'Linus 2026-02-03T00:00:00.000Z',
    });
  });

  test('of a shallow clone only what is known is told', async () => {
    const path = repository({ 'a.md': '1', 'b.md': '1' }, { 'b.md': '2' }, { 'b.md': '3' });
    const clone = join(temporaryFolder(), 'clone');
    git(path, 'clone', '--quiet', '--depth=2', `file://${path}`, clone);
    const opened = await repositories().open({ address: clone });
    const changed = await collect(opened.changes());
    expect(changed.map(({ path: file, date }) => `${file} ${date.slice(0, 10)}`)).toEqual([
      'b.md 2026-01-03',
    ]);
  });

  test('names what is not there: a folder, a repository, a branch, a commit', async () => {
    const all = repositories();
    const folder = temporaryFolder();
    expect((await failureOf(all.find({ address: join(folder, 'none') }))).code).toBe('files.not-found');
    expect((await failureOf(all.find({ address: folder }))).code).toBe('repository.not-found');
    const path = repository({ 'docs/a.md': '1' });
    expect((await failureOf(all.find({ address: join(path, 'docs') }))).code).toBe('repository.not-found');
    expect((await failureOf(all.find({ address: path, branch: 'none' }))).code).toBe('repository.no-branch');
    expect((await failureOf(all.find({ address: path, branch: '--all' }))).code).toBe('repository.no-branch');
    const empty = temporaryFolder();
    git(empty, 'init', '--quiet');
    expect((await failureOf(all.find({ address: empty }))).message).toContain('no commit');
  });

  test('R14 executes nothing, follows no link and no submodule, and leaves out names that are no text', async () => {
    const path = repository({ 'a.md': 'a', big: 'x'.repeat(2000) });
    const mark = join(path, '.git/executed');
    const program = join(path, '.git/program');
    writeFileSync(program, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change'])
      writeFileSync(join(path, '.git/hooks', name), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    for (const [name, value] of Object.entries({
      'core.fsmonitor': program,
      'core.pager': program,
      'diff.external': program,
      'diff.x.textconv': program,
      'diff.x.command': program,
      'filter.x.smudge': program,
      'gpg.program': program,
      'log.showSignature': 'true',
      'core.sshCommand': program,
      'credential.helper': `!${program}`,
      'uploadpack.packObjectsHook': program,
    }))
      git(path, 'config', name, value);
    writeFileSync(join(path, '.gitattributes'), '* diff=x filter=x\n');
    symlinkSync('/etc/passwd', join(path, 'link.md'));
    mkdirSync(join(path, 'sub'));
    git(path, 'add', '--', 'link.md', '.gitattributes');
    const blob = git(path, 'hash-object', '-w', 'a.md').trim();
    const head = git(path, 'rev-parse', 'HEAD').trim();
    git(path, 'update-index', '--add', '--cacheinfo', `160000,${head},sub`);
    git(path, '-c', 'core.fsmonitor=', 'commit', '--quiet', '--no-verify', '-m', 'x');
    // Names that no work tree would take.
    const line = (mode: string, name: string) => Buffer.from(`${mode} blob ${blob}\t${name}\0`, 'latin1');
    const tree = Buffer.concat([line('100644', 'bad\xff.md'), line('100644', '..'), line('100644', '.git')]);
    const made = mktree(path, tree);
    const commit = git(path, 'commit-tree', '-m', 'names', '-p', 'HEAD', made).trim();
    git(path, 'update-ref', 'refs/heads/names', commit);
    // What this test itself ran may have executed them.
    rmSync(mark, { force: true });
    const all = repositories();
    const opened = await all.open({ address: path });
    expect(await contentsOf(opened)).toEqual({
      '.gitattributes': '* diff=x filter=x\n',
      'a.md': 'a',
      big: undefined,
    });
    await collect(opened.changes());
    const names = await all.open({ address: path, branch: 'names' });
    expect((await collect(names.files())).map(({ path: name }) => name).sort()).toEqual(['..', '.git']);
    expect(names.unnamed).toBe(1);
    expect(existsSync(mark)).toBe(false);
  });
});

describe('a repository elsewhere', () => {
  test.each(['true', 'false'])('is copied and followed, filter allowed: %s', async (allowed) => {
    const { url, work, bare } = await served({ 'a.md': '1', 'b.md': 'b' });
    git(bare, 'config', 'uploadpack.allowFilter', allowed);
    git(bare, 'config', 'uploadpack.allowAnySHA1InWant', allowed);
    const mirrors = temporaryFolder();
    const all = repositories(mirrors);
    await using first = await (await all.find({ address: url })).open();
    const copy = join(mirrors, readdirSync(mirrors)[0] ?? '');
    const contents = () =>
      git(copy, 'cat-file', '--batch-all-objects', '--batch-check').match(/ blob /g) ?? [];
    expect(contents()).toHaveLength(allowed === 'true' ? 0 : 2);
    expect(await contentsOf(first)).toEqual({ 'a.md': '1', 'b.md': 'b' });
    expect((await collect(first.changes())).map(({ path }) => path)).toEqual(['a.md', 'b.md']);
    await first[Symbol.asyncDispose]();

    commitTo(work, { 'a.md': '2', 'b.md': null }, '2026-02-01T00:00:00Z');
    git(work, 'push', '--quiet', 'origin', 'main');
    const found = await all.find({ address: url });
    expect(found).toMatchObject({ branch: 'main', head: git(work, 'rev-parse', 'HEAD').trim() });
    await using second = await found.open();
    expect(await contentsOf(second)).toEqual({ 'a.md': '2' });
    await second[Symbol.asyncDispose]();

    // A history that was replaced is followed as well.
    git(work, 'checkout', '--quiet', '--orphan', 'other');
    commitTo(work, { 'c.md': 'c' }, '2026-03-01T00:00:00Z');
    git(work, 'push', '--quiet', '--force', 'origin', 'other:main');
    await using third = await (await all.find({ address: url, branch: 'main' })).open();
    expect(await contentsOf(third)).toEqual({ 'a.md': '2', 'c.md': 'c' });
  });

  test('R17 is given its token, which stands in no file of the copy and in no message', async () => {
    const token = 'glpat-abcdefghij0123456789';
    const { url } = await served({ 'a.md': '1' }, { access: `bot:${token}` });
    const mirrors = temporaryFolder();
    const all = repositories(mirrors);
    const opened = await all.open({ address: url, credentials: { username: 'bot', password: token } });
    expect(await contentsOf(opened)).toEqual({ 'a.md': '1' });
    const files = git(mirrors, 'grep', '--no-index', '--files-with-matches', '-e', 'origin')
      .trim()
      .split('\n');
    expect(files.some((file) => file.endsWith('config'))).toBe(true);
    for (const file of files) expect(readFileSync(join(mirrors, file), 'utf8')).not.toContain(token);
    const refused = await failureOf(
      all.find({ address: url, credentials: { username: 'bot', password: 'wrong-one' } }),
    );
    expect(refused).toMatchObject({ code: 'repository.refused', kind: 'credentials' });
    expect(`${refused.message} ${refused.hint} ${refused.cause}`).not.toContain('wrong-one');
  });

  test('that is not there, lost its branch or speaks another protocol is an error, and the copy stays', async () => {
    const { url, bare } = await served({ 'a.md': '1' });
    const all = repositories();
    await (await all.open({ address: url }))[Symbol.asyncDispose]();
    expect((await failureOf(all.find({ address: url, branch: 'gone' }))).code).toBe('repository.no-branch');
    expect((await failureOf(all.find({ address: url.replace('project', 'other') }))).code).toBe(
      'git.remote-unreachable',
    );
    expect((await failureOf(all.find({ address: 'ext::sh -c "touch /tmp/x"' }))).code).toBe(
      'git.remote-unreachable',
    );
    git(bare, 'update-ref', '-d', 'refs/heads/main');
    expect((await failureOf(all.find({ address: url }))).code).toBe('repository.no-branch');
  });

  test('is one run’s at a time, and what a killed git left behind is no obstacle', async () => {
    const { url } = await served({ 'a.md': '1' });
    const mirrors = temporaryFolder();
    const all = repositories(mirrors);
    const opened = await (await all.find({ address: url })).open();
    const other = await repositories(mirrors).find({ address: url });
    expect((await failureOf(other.open())).code).toBe('git.locked');
    // Sources of the same run take turns.
    const second = (await all.find({ address: url })).open();
    const waiting = Symbol('waiting');
    expect(await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 300, waiting))])).toBe(
      waiting,
    );
    await opened[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();
    const folder = join(mirrors, readdirSync(mirrors)[0] ?? '');
    for (const lock of ['config.lock', 'packed-refs.lock', 'shallow.lock'])
      writeFileSync(join(folder, lock), '');
    expect(await contentsOf(await all.open({ address: url }))).toEqual({ 'a.md': '1' });
  });

  test('that breaks off in the middle leaves a copy that the next run completes', async () => {
    const { url, work } = await served({ 'a.md': '1' });
    const { proxy, cut } = await cuttingProxy(new URL(url).origin);
    const address = `${proxy}/project.git`;
    const all = repositories();
    const found = await all.find({ address });
    cut(true);
    expect((await failureOf(found.open())).code).toBe('git.remote-unreachable');
    cut(false);
    await (await all.open({ address }))[Symbol.asyncDispose]();
    commitTo(work, { 'a.md': '2' }, '2026-02-01T00:00:00Z');
    git(work, 'push', '--quiet', 'origin', 'main');
    const again = await all.find({ address });
    cut(true);
    expect((await failureOf(again.open())).code).toBe('git.remote-unreachable');
    cut(false);
    expect(await contentsOf(await all.open({ address }))).toEqual({ 'a.md': '2' });
  });

  test('is left when the run is interrupted', async () => {
    const { url } = await served({ 'a.md': '1' });
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    await expect(repositories().find({ address: url }, controller.signal)).rejects.toThrow('stopped');
  });
});

function mktree(cwd: string, input: Buffer): string {
  return execFileSync('git', ['mktree', '-z', '--missing'], { cwd, input, encoding: 'utf8' }).trim();
}

/** Passes everything on, but for packs while it cuts: of these only the first half comes. */
async function cuttingProxy(origin: string): Promise<{ proxy: string; cut: (on: boolean) => void }> {
  let cutting = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).filter(
      ([name]) => !/^(?:host|connection|content-length|accept-encoding)$/.test(name),
    );
    const answer = await fetch(origin + request.url, {
      method: request.method ?? 'GET',
      headers: headers as [string, string][],
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    if (!cutting || !body.includes('PACK')) response.end(body);
    else response.write(body.subarray(0, body.length / 2), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const cut = (on: boolean) => {
    cutting = on;
  };
  return { proxy: `http://127.0.0.1:${port}`, cut };
}
