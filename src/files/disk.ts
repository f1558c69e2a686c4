import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../core/local-files.ts';

type SkipFolder = (name: string) => boolean;

/** The files of this machine's disk. */
export const disk: LocalFiles = {
  get home() {
    const home = homedir();
    return existsSync(home) ? realpathSync(home) : home;
  },

  async *list(path, { skipFolder = () => false } = {}) {
    // The path itself may be a link: it was named by the configuration. What lies below it was not.
    const root = await reading(path, () => realpath(path));
    const found = await reading(root, () => stat(root));
    if (found.isDirectory()) yield* filesBelow(root, '', skipFolder);
    else if (found.isFile()) yield fileOf(root, basename(path), found);
    else throw ctxError('files.unreadable', { path, reason: 'neither a file nor a folder' });
  },

  async *read(path, { start = 0, end } = {}) {
    if (end !== undefined && end <= start) return;
    const bytes = createReadStream(path, { start, ...(end !== undefined && { end: end - 1 }) });
    try {
      for await (const chunk of bytes) yield chunk as Uint8Array;
    } catch (error) {
      throw failure(path, error);
    }
  },
};

async function* filesBelow(folder: string, prefix: string, skip: SkipFolder): AsyncGenerator<LocalFile> {
  const entries = await reading(folder, async () => {
    const all: { name: string; kind: 'folder' | 'file' }[] = [];
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) all.push({ name: entry.name, kind: 'folder' });
      else if (entry.isFile()) all.push({ name: entry.name, kind: 'file' });
    }
    return all;
  });
  // A folder sorts as its files do, so that the whole listing is in order.
  const sortKey = ({ name, kind }: (typeof entries)[number]) => (kind === 'folder' ? `${name}/` : name);
  entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  for (const { name, kind } of entries) {
    const path = join(folder, name);
    if (kind === 'file') {
      const found = await reading(path, () => lstat(path));
      yield fileOf(path, prefix + name, found);
    } else if (!skip(prefix + name)) yield* filesBelow(path, `${prefix}${name}/`, skip);
  }
}

const fileOf = (path: string, name: string, { size, mtimeMs }: { size: number; mtimeMs: number }) => ({
  ...{ path, name, size },
  modified: Math.floor(mtimeMs),
});

async function reading<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw failure(path, error);
  }
}

function failure(path: string, error: unknown) {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return ctxError('files.not-found', { path }, error);
  return ctxError('files.unreadable', { path, reason: code ?? 'unknown' }, error);
}
