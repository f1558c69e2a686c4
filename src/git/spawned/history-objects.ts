import { createInterface } from 'node:readline';
import type { PathEntry } from '../engine.ts';
import { catFiles } from './cat-file.ts';
import { feed, git, gitOutcome, startGit } from './command.ts';
import { AS_IS } from './history-walk.ts';

/** Text that a program renders is smaller; what is larger is no document. */
const LARGEST = 32 * 1024 * 1024;

export interface StoredBlob {
  readonly oid: string;
  readonly content: Buffer;
}

/**
 * Every blob that a commit, a ref, a reflog or an index holds, once each, in no order that means something; without those
 * whose path, as the first commit with them has it, is not `wanted`.
 */
export async function* storedBlobs(
  cwd: string,
  revisions: readonly string[],
  wanted: (path: string) => boolean,
): AsyncGenerator<StoredBlob> {
  const listed = startGit(['rev-list', '--objects', ...revisions], { cwd, ...AS_IS });
  listed.stdin.end();
  const format = '%(objecttype) %(objectsize) %(objectname) %(rest)';
  const typed = startGit(['cat-file', `--batch-check=${format}`, '--buffer'], { cwd, ...AS_IS });
  const feeding = feed(typed, listed.stdout);
  feeding.catch(() => {});
  const blobs = async function* () {
    for await (const line of createInterface({ input: typed.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [, size, oid = '', path = ''] = /^blob (\d+) (\w+) (.*)$/.exec(line) ?? [];
      if (size !== undefined && Number(size) <= LARGEST && wanted(path)) yield oid;
    }
    await feeding;
    await Promise.all([listed.done, typed.done]);
  };
  try {
    for await (const { request: oid, content } of catFiles(cwd, blobs(), (oid) => oid))
      if (content !== null) yield { oid, content };
  } finally {
    listed.kill();
    typed.kill();
  }
}

/** The blobs that have ever been at a path, in any commit that something still finds. */
export async function blobsEverAt(cwd: string, path: string): Promise<string[]> {
  const args = [
    'log',
    '--all',
    '--reflog',
    '-m',
    '--root',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '-z',
    '--format=',
  ];
  const { stdout } = await gitOutcome([...args, '--', `:(top,literal)${path}`], {
    cwd,
    ...AS_IS,
    accept: [128],
  });
  const oids = Array.from(stdout.matchAll(/:\d+ \d+ (\w+) (\w+) \w\0/g), ([, before = '', after = '']) => [
    before,
    after,
  ]);
  return [...new Set(oids.flat())].filter((oid) => !/^0+$/.test(oid));
}

/** All objects that a ref leads to. */
export async function objectsOf(cwd: string, ref: string): Promise<string[]> {
  const lines = (await git(['rev-list', '--objects', ref], { cwd, ...AS_IS })).split('\n');
  return lines.flatMap((line) => /^\w+/.exec(line)?.[0] ?? []);
}

/** The paths of the index with what is staged at them. */
export async function staged(cwd: string): Promise<PathEntry[]> {
  const records = (await git(['ls-files', '-s', '-z', '--full-name'], { cwd })).split('\0');
  return records.flatMap((record) => {
    const [, mode = '', oid = '', path = ''] = /^(\d+) (\w+) \d\t(.*)$/s.exec(record) ?? [];
    return path === '' ? [] : [{ path, mode, oid }];
  });
}

/** Those of the objects that the repository has. */
export async function present(cwd: string, oids: readonly string[]): Promise<string[]> {
  const input = oids.map((oid) => `${oid}\n`);
  const answer = await git(['cat-file', '--batch-check', '--buffer'], { cwd, ...AS_IS, input });
  return answer.split('\n').flatMap((line) => /^(\w+) (?:commit|blob|tree|tag) \d+$/.exec(line)?.[1] ?? []);
}

/** The files of a commit in which one of the texts stands as whole words, sorted by path. */
export async function filesNaming(cwd: string, commit: string, texts: readonly string[]): Promise<string[]> {
  if (texts.length === 0) return [];
  const patterns = texts.flatMap((text) => ['-e', text]);
  const args = ['grep', '-z', '-l', '-I', '--full-name', '-F', '-w', ...patterns, commit, '--'];
  const { stdout } = await gitOutcome(args, { cwd, ...AS_IS, accept: [1] });
  return stdout
    .split('\0')
    .filter((name) => name !== '')
    .map((name) => name.slice(commit.length + 1));
}

/**
 * Forgets all that no ref, index or reflog holds: entries of the reflogs named that lead to commits no ref reaches are
 * dropped first. Other reflogs, such as the stash, stay as they are.
 */
export async function forgetUnreachable(cwd: string, reflogs: readonly string[]): Promise<void> {
  for (const ref of reflogs) {
    const args = ['reflog', 'expire', '--expire=never', '--expire-unreachable=now', ref];
    // It fails where there is no such log, and then there is nothing to drop.
    await gitOutcome(args, { cwd, accept: [1, 255] });
  }
  // All of `gc` and not `prune` alone: it also writes anew what lists objects, such as the commit graph.
  await git(['gc', '--quiet', '--prune=now'], {
    cwd,
    settings: [
      'gc.reflogExpire=never',
      'gc.reflogExpireUnreachable=never',
      'gc.bigPackThreshold=0',
      'gc.writeCommitGraph=true',
      'gc.autoDetach=false',
    ],
  });
}

export async function deleteRefs(cwd: string, refs: readonly string[]): Promise<void> {
  for (const ref of refs) await git(['update-ref', '--no-deref', '-d', ref], { cwd });
}
