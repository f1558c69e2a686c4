import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { batches } from '../../core/concurrently.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { PathChange, SourceRepository, TrackedFile } from '../../core/source-repositories.ts';
import { catFiles } from '../spawned/cat-file.ts';
import { PLAIN_LOG, type ReadingGit } from '../spawned/reading-git.ts';

/** How many contents are asked for at once. */
const BATCH = 200;
/** Stands in what git prints for bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';

/** `fetch` brings blobs that a copy has left at its remote. */
export function readCommit(
  git: ReadingGit,
  head: string,
  fetch: (blobs: readonly string[]) => Promise<void> = async () => {},
): SourceRepository {
  let unnamed = 0;
  return {
    head,
    get unnamed() {
      return unnamed;
    },

    async *files() {
      unnamed = 0;
      for await (const line of git.records(['ls-tree', '-r', '-z', '--full-tree', head])) {
        const [, blob, path] = /^100\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
        if (blob === undefined || path === undefined) continue;
        if (path.includes(REPLACEMENT)) unnamed++;
        else yield { path, blob };
      }
    },

    async *read(files, maxBytes) {
      for (const batch of batches(files, BATCH)) {
        git.signal?.throwIfAborted();
        yield* readBatch(git, batch, { maxBytes, sizes: await sizesOf(git, batch, fetch) });
      }
    },

    changes: () => changes(git, head),

    async [Symbol.asyncDispose]() {},
  };
}

async function* readBatch<T extends TrackedFile>(
  git: ReadingGit,
  files: readonly T[],
  { maxBytes, sizes }: { readonly maxBytes: number; readonly sizes: ReadonlyMap<string, number> },
) {
  const fits = (file: T) => (sizes.get(file.blob) ?? 0) <= maxBytes;
  const contents = catFiles(git.path, files.filter(fits), ({ blob }) => blob, git.access);
  try {
    for (const file of files) {
      if (!fits(file)) {
        yield { file, content: undefined };
        continue;
      }
      const next = await contents.next();
      const content = next.done ? null : next.value.content;
      if (content === null) throw ctxError('git.missing-object', { oid: file.blob, path: file.path });
      yield { file, content };
    }
  } finally {
    await contents.return(undefined);
  }
}

/** In bytes, so that nothing larger than is wanted comes into memory. What is missing is fetched before. */
async function sizesOf(
  git: ReadingGit,
  files: readonly TrackedFile[],
  fetch: (blobs: readonly string[]) => Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  const blobs = [...new Set(files.map(({ blob }) => blob))];
  const sizes = await knownSizes(git, blobs);
  const missing = blobs.filter((blob) => !sizes.has(blob));
  if (missing.length === 0) return sizes;
  await fetch(missing);
  return new Map([...sizes, ...(await knownSizes(git, missing))]);
}

async function knownSizes(git: ReadingGit, blobs: readonly string[]): Promise<Map<string, number>> {
  const answer = await git.text(
    ['cat-file', '--batch-check'],
    blobs.map((blob) => `${blob}\n`),
  );
  return new Map(
    Array.from(answer.matchAll(/^(\w+) blob (\d+)$/gm), ([, blob = '', size]) => [blob, Number(size)]),
  );
}

const COMMIT = /^\n?\u0001([0-9a-f]{40,64})$/;

/** A merge is said to have changed what it has otherwise than each of its parents. */
async function* changes(git: ReadingGit, head: string): AsyncGenerator<PathChange> {
  const cut = await cutCommits(git);
  const shown = ['--format=%x01%H%x00%at%x00%an', '--name-only', '--root', '-c', '--no-mailmap'];
  const tokens = git.records(['log', '-z', ...PLAIN_LOG, ...shown, head, '--']);
  const next = async () => ((await tokens.next()).value ?? '') as string;
  let commit: Omit<PathChange, 'path'> | undefined;
  try {
    for await (const token of tokens) {
      const [, id] = COMMIT.exec(token) ?? [];
      if (id !== undefined) commit = { commit: id, date: dateOf(await next()), author: await next() };
      else {
        // Behind the author comes a line feed, or nothing.
        const path = token.replace(/^\n/, '');
        if (commit !== undefined && path !== '' && !cut.has(commit.commit)) yield { path, ...commit };
      }
    }
  } finally {
    await tokens.return(undefined);
  }
}

/** What a clock that was set wrong may say stays within the years that can be written. */
function dateOf(seconds: string): string {
  const LAST = 253_402_300_799;
  return new Date(Math.min(Math.max(Number(seconds) || 0, 0), LAST) * 1000).toISOString();
}

/** Where a shallow clone's history begins: each of these commits seems to have made all files. */
async function cutCommits(git: ReadingGit): Promise<ReadonlySet<string>> {
  const shallow = (await git.text(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  if (!shallow) return new Set();
  // git tells it nowhere else: https://git-scm.com/docs/shallow
  const file = resolve(git.path, (await git.text(['rev-parse', '--git-path', 'shallow'])).trim());
  return new Set((await readFile(file, 'utf8')).split('\n'));
}
