import { ctxError } from '../../core/errors/index.ts';
import { emptyTree } from '../empty-tree.ts';
import type { BlamedLine, Hunk, ReadingRepo, Touched } from '../reading.ts';
import { catFiles, type ObjectReader } from './cat-file.ts';
import { PLAIN_DIFF, type ReadingGit } from './reading-git.ts';
import { blobsIn, log } from './reading-log.ts';

export function readingRepo(
  git: ReadingGit,
  { gitDir, head, isShallow }: Pick<ReadingRepo, 'gitDir' | 'head' | 'isShallow'>,
): ReadingRepo {
  let reader: ObjectReader | undefined;
  return {
    path: git.path,
    gitDir,
    head,
    isShallow,
    log: (selection) => log(git, head, selection),

    async resolve(commit) {
      const asked = ['--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
      const { stdout } = await git.outcome(['rev-parse', ...asked], [1, 128]);
      const id = stdout.trim();
      if (id === '') return null;
      const { code } = await git.outcome(['merge-base', '--is-ancestor', id, head], [1]);
      return code === 0 ? id : null;
    },

    changes: (before, after, folder) =>
      changes(git, before ?? emptyTree(head.length === 40 ? 'sha1' : 'sha256'), after, folder),

    paths: () => git.records(['ls-tree', '-r', '-z', '--name-only', '--full-tree', head]),

    async blobAt(commit, path) {
      const args = ['ls-tree', '-z', '--full-tree', commit, '--', path];
      for await (const line of git.records(args)) {
        const [, blob, found] = /^100\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
        if (found === path) return blob ?? null;
      }
      return null;
    },

    async content(blob) {
      git.signal?.throwIfAborted();
      await git.ready();
      reader ??= git.reader();
      return (await reader.read(blob)).toString('utf8');
    },

    async *contents(requests, blobOf) {
      await git.ready();
      for await (const { request, content } of catFiles(git.path, requests, blobOf, git.access)) {
        git.signal?.throwIfAborted();
        if (content === null)
          throw ctxError('git.missing-object', { oid: blobOf(request), path: 'named by the history' });
        yield { request, content: content.toString('utf8') };
      }
    },

    async filesWith(texts) {
      const patterns = texts.flatMap((text) => ['-e', text]);
      const args = [
        'grep',
        '-l',
        '-z',
        '-i',
        '-F',
        '--no-color',
        '--full-name',
        '--no-textconv',
        ...patterns,
      ];
      const { stdout } = await git.outcome([...args, head, '--', '*.md'], [1]);
      const prefix = `${head}:`.length;
      return stdout.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(prefix)]));
    },

    hunks: async (before, after) => hunksIn(await diffOf(git, before, after, 0)),
    async patch(before, after) {
      const text = await diffOf(git, before, after, 3);
      const start = text.search(/^@@/m);
      return start < 0 ? '' : text.slice(start);
    },

    async blame(path, { since, until }) {
      // The empty file is the only way to forget those of the configuration.
      const plain = ['--no-textconv', '--encoding=UTF-8', '--ignore-revs-file='];
      const options = ['--porcelain', '--first-parent', ...plain];
      return linesOf(await git.text(['blame', ...options, `${since}..${until}`, '--', path]));
    },

    async [Symbol.asyncDispose]() {
      await reader?.[Symbol.asyncDispose]();
    },
  };
}

async function* changes(
  git: ReadingGit,
  before: string,
  after: string,
  folder?: string,
): AsyncGenerator<Touched> {
  const within = folder === undefined ? [] : [`:(literal)${folder}`];
  const args = [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-abbrev',
    ...PLAIN_DIFF,
    before,
    after,
    '--',
    ...within,
  ];
  const tokens = git.records(args);
  try {
    for (let raw = await tokens.next(); !raw.done; raw = await tokens.next())
      yield { path: (await tokens.next()).value as string, ...blobsIn(raw.value) };
  } finally {
    await tokens.return(undefined);
  }
}

function diffOf(git: ReadingGit, before: string, after: string, context: number): Promise<string> {
  return git.text(['diff', `-U${context}`, '--indent-heuristic', '--text', ...PLAIN_DIFF, before, after]);
}

function hunksIn(diff: string): Hunk[] {
  return Array.from(
    diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm),
    ([, oldStart, oldCount = 1, start, count = 1]) => ({
      before: { start: Number(oldStart), count: Number(oldCount) },
      after: { start: Number(start), count: Number(count) },
    }),
  );
}

function linesOf(porcelain: string): BlamedLine[] {
  const lines: BlamedLine[] = [];
  let at = { commit: '', number: 0 };
  for (const line of porcelain.split('\n')) {
    const [, commit, number] = /^([0-9a-f]{40,64}) (\d+) \d+/.exec(line) ?? [];
    if (line.startsWith('\t')) lines.push({ ...at, text: line.slice(1) });
    else if (commit !== undefined) at = { commit, number: Number(number) };
  }
  return lines;
}
