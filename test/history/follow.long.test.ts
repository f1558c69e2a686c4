import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeDocument } from '../../src/frontmatter/write.ts';
import { openForReading } from '../../src/git/reading.ts';
import { blame } from '../../src/history/blame.ts';
import { findDocument } from '../../src/history/find.ts';
import { versionsOf } from '../../src/history/follow.ts';
import { git } from '../harness/git.ts';

const DOCUMENTS = [1, 2, 3, 4];
const PATHS = ['a', 'b', 'c', 'd', 'e'].map((name) => `wiki/S/${name}.md`);

interface State {
  /** Null while the document is not there. */
  readonly path: string | null;
  /** Each says which commit wrote it. */
  readonly lines: readonly string[];
  /** The last path that it had. */
  readonly last: string | null;
}

/** What each commit does to each document, and the order in which documents choose their paths. */
const histories = fc.array(
  fc.record({
    acts: fc.array(fc.constantFrom('stay', 'stay', 'edit', 'move', 'move', 'go', 'come'), {
      minLength: DOCUMENTS.length,
      maxLength: DOCUMENTS.length,
    }),
    paths: fc.shuffledSubarray(PATHS, { minLength: PATHS.length }),
    at: fc.nat(),
  }),
  { minLength: 3, maxLength: 14 },
);
type Commit = typeof histories extends fc.Arbitrary<(infer Item)[]> ? Item : never;

function next(states: readonly State[], { acts, paths, at }: Commit, commit: number): State[] {
  const moving = (index: number) => ['move', 'go', 'come'].includes(acts[index] ?? '');
  const taken = new Set(states.flatMap(({ path }, index) => (path !== null && !moving(index) ? [path] : [])));
  return states.map((state, index) => {
    const { path, lines, last } = state;
    const act = acts[index];
    const write = () => lines.toSpliced(at % (lines.length + 1), at % 2, `Of ${index} in ${commit}.`);
    const take = (wanted: (path: string) => boolean) => {
      const free = paths.find((each) => wanted(each) && !taken.has(each));
      if (free !== undefined) taken.add(free);
      return free ?? null;
    };
    if (path === null) {
      if (act !== 'come') return state;
      // One that comes back elsewhere is not known to be the one that went.
      const place = take((each) => last === null || each === last);
      return place === null ? state : { path: place, lines: write(), last: place };
    }
    if (act === 'edit') return { ...state, lines: write() };
    if (act === 'go') return { ...state, path: null };
    if (act === 'stay') return state;
    const place = take(() => true);
    return {
      path: place,
      lines: at % 3 === 0 ? write() : lines,
      last: place ?? last,
    };
  });
}

function textOf(index: number, { path, lines }: State): string {
  const title = `Title of ${path}`;
  const facts = { id: `${DOCUMENTS[index]}`, source: 'wiki', type: 'page', title, url: `https://x/${index}` };
  return writeDocument(facts, lines.map((line) => `${line}\n`).join(''));
}

function* stream(states: readonly (readonly State[])[]): Generator<string> {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  for (const [number, documents] of states.entries()) {
    yield `commit refs/heads/main\nmark :${number + 1}\ncommitter x <x@x> ${1_700_000_000 + number} +0000\n`;
    yield `${data(`${number}`)}deleteall\nM 644 inline .ctx/state/wiki.yaml\n${data(`${number}`)}`;
    for (const [index, state] of documents.entries())
      if (state.path !== null) yield `M 644 inline ${state.path}\n${data(textOf(index, state))}`;
  }
}

test('whatever documents do to each other, each has its own history, and each line its own commit', async () => {
  const none: State = { path: null, lines: [], last: null };
  await fc.assert(
    fc.asyncProperty(histories, async (commits) => {
      const folder = mkdtempSync(join(tmpdir(), 'ctx-follow-'));
      try {
        const states: State[][] = [];
        for (const [number, commit] of commits.entries())
          states.push(next(states.at(-1) ?? DOCUMENTS.map(() => none), commit, number));
        git(folder, ['init', '--quiet', '--initial-branch=main']);
        git(folder, ['fast-import', '--quiet', '--date-format=raw'], [...stream(states)].join(''));
        mkdirSync(join(folder, '.ctx/state'), { recursive: true });
        await using repo = await openForReading(folder);
        const ids = git(folder, ['rev-list', '--reverse', 'HEAD']).toString().trim().split('\n');
        for (const [index, id] of DOCUMENTS.entries()) {
          const own = states.map((all) => all[index] as State);
          const changes = own.flatMap((state, number) => {
            const before = own[number - 1] ?? none;
            if (state.path === before.path && state.lines.join() === before.lines.join()) return [];
            if (state.path === null) return [{ number, kind: 'deleted', path: before.path }];
            const kind = before.path === null ? 'added' : before.path === state.path ? 'modified' : 'renamed';
            return [{ number, kind, path: state.path }];
          });
          if (changes.length === 0) continue;
          const { path } = own.at(-1) as State;
          const document = `wiki/${id}`;
          const found = { document, path: path ?? changes.at(-1)?.path ?? '', isGone: path === null };
          if (path !== null) expect(await findDocument(repo, document, folder)).toEqual(found);
          const versions: unknown[] = [];
          for await (const { commit, kind, path } of versionsOf(repo, found.document, found.path))
            versions.unshift({ number: ids.indexOf(commit.id), kind, path });
          expect(versions).toEqual(changes);
          const last = own.at(-1) as State;
          if (found.isGone) continue;
          const lines = (await blame(repo, found)).filter(({ isFrontmatter }) => !isFrontmatter);
          expect(lines.map(({ text, commit }) => [text, ids.indexOf(commit)])).toEqual(
            last.lines.map((line) => [line, Number(/(\d+)\.$/.exec(line)?.[1])]),
          );
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
});
