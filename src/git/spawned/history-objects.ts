import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** How a commit changed what is at a path; null where there was or is nothing. */
export interface Step {
  readonly before: string | null;
  readonly after: string | null;
}

/** All that was done to a path, in any commit that something still finds, as against each of its parents. */
export async function stepsAt(cwd: string, path: string): Promise<Step[]> {
  const walk = ['log', '--all', '--reflog', '--full-history', '-m', '--root', '--format='];
  const shown = ['--raw', '--no-abbrev', '--no-renames', '-z'];
  const { stdout } = await gitOutcome([...walk, ...shown, '--', `:(top,literal)${path}`], {
    cwd,
    ...AS_IS,
    accept: [128],
  });
  const blob = (oid = '') => (/^0+$/.test(oid) ? null : oid);
  return Array.from(stdout.matchAll(/:\d+ \d+ (\w+) (\w+) \w\0/g), ([, before, after]) => ({
    before: blob(before),
    after: blob(after),
  }));
}

/** All objects that a ref leads to. */
export async function objectsOf(cwd: string, ref: string): Promise<string[]> {
  const lines = (await git(['rev-list', '--objects', ref], { cwd, ...AS_IS })).split('\n');
  return lines.flatMap((line) => /^\w+/.exec(line)?.[0] ?? []);
}

/** Where a file lies that belongs to the work tree, or to all of them, as git decides. */
export async function gitPath(cwd: string, name: string): Promise<string> {
  return resolve(cwd, (await git(['rev-parse', '--git-path', name], { cwd })).replace(/\n$/, ''));
}

export interface StagedElsewhere extends PathEntry {
  /** The file of the index. */
  readonly index: string;
}

/** What the indexes of all work trees but this one hold, even of those whose folders are gone. */
export async function stagedElsewhere(cwd: string): Promise<StagedElsewhere[]> {
  const asked = ['rev-parse', '--git-common-dir', '--git-path', 'index'];
  const [common = '', own = ''] = (await git(asked, { cwd })).split('\n').map((path) => resolve(cwd, path));
  const folder = join(common, 'worktrees');
  const others = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'index')) : [];
  const found: StagedElsewhere[] = [];
  for (const index of [join(common, 'index'), ...others]) {
    if (index === own || !existsSync(index)) continue;
    for (const entry of await staged(cwd, { GIT_INDEX_FILE: index })) found.push({ ...entry, index });
  }
  return found;
}

/** The paths of the index with what is staged at them. */
export async function staged(cwd: string, env: Record<string, string> = {}): Promise<PathEntry[]> {
  const records = (await git(['ls-files', '-s', '-z', '--full-name'], { cwd, env })).split('\0');
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
