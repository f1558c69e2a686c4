import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disk } from '../../src/files/disk.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ctx-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text = name) {
  await mkdir(join(folder, name, '..'), { recursive: true });
  await writeFile(join(folder, name), text);
}

async function names(path = folder, skipFolder?: (name: string) => boolean) {
  const files = await Array.fromAsync(disk.list(path, skipFolder && { skipFolder }));
  return files.map(({ name }) => name);
}

const text = async (path: string, range?: { start?: number; end?: number }) =>
  Buffer.concat(await Array.fromAsync(disk.read(path, range))).toString();

describe('listing files', () => {
  test('is of all files below a folder, in the order of their names', async () => {
    for (const name of ['b.md', 'a/z.md', 'a.md', 'a-b/c.md', 'B.md']) await write(name);
    expect(await names()).toEqual(['B.md', 'a-b/c.md', 'a.md', 'a/z.md', 'b.md']);
  });

  test('leaves out folders that are to be skipped, with all below them', async () => {
    for (const name of ['docs/a.md', 'node_modules/x/readme.md', 'docs/node_modules/y.md']) await write(name);
    expect(await names(folder, (name) => name.split('/').at(-1) === 'node_modules')).toEqual(['docs/a.md']);
  });

  test('does not follow links below the folder, but may begin at one', async () => {
    await write('notes/a.md');
    await symlink('/etc', join(folder, 'notes/etc'));
    await symlink(join(folder, 'notes/a.md'), join(folder, 'notes/b.md'));
    await symlink(join(folder, 'notes'), join(folder, 'link'));
    expect(await names(join(folder, 'link'))).toEqual(['a.md']);
  });

  test('of a single file is that file', async () => {
    await write('mail.mbox', 'From ');
    const [file] = await Array.fromAsync(disk.list(join(folder, 'mail.mbox')));
    expect(file).toMatchObject({ name: 'mail.mbox', size: 5 });
    expect(file?.modified).toBeGreaterThan(0);
  });

  test('says which path is not there', async () => {
    await expect(names(join(folder, 'gone'))).rejects.toMatchObject({
      code: 'files.not-found',
      message: `${join(folder, 'gone')}: nothing is there.`,
    });
  });
});

describe('reading a file', () => {
  test('is of its bytes, or of a range of them', async () => {
    await write('a.txt', '0123456789');
    const path = join(folder, 'a.txt');
    expect(await text(path)).toBe('0123456789');
    expect(await text(path, { start: 3, end: 5 })).toBe('34');
    expect(await text(path, { start: 8 })).toBe('89');
    expect(await text(path, { start: 4, end: 4 })).toBe('');
  });

  test('says what can not be read', async () => {
    await expect(text(join(folder, 'gone'))).rejects.toMatchObject({ code: 'files.not-found' });
    await expect(text(folder)).rejects.toMatchObject({ code: 'files.unreadable' });
  });
});
