import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startContext } from '../../harness/context.ts';
import { filesAt } from '../../harness/git.ts';
import { editsBetweenBuilds, happen } from '../../harness/random-edits.ts';
import { replayed } from '../../harness/replay.ts';
import { commitsOf, complaints, purgeFrom } from './harness.ts';

const run = replayed({ runs: 12 });

/** By title or by id: which of them a page has written shows only when it is read again. */
const ADDRESS = /https?:\/\/[^)\s"]*\/wiki\/(?:display\/[^)\s"]*|pages\/viewpage\.action\?pageId=\d+)/g;

/** The trees of the branch's commits, oldest first, as text; equal neighbours count once. */
function treesOf(path: string): string[] {
  const trees = commitsOf(path).map((id) =>
    JSON.stringify(
      [...filesAt(path, id)]
        .filter(([file]) => !file.startsWith('.ctx/'))
        .map(([file, text]) => [file, text.replace(ADDRESS, 'ADDRESS')]),
    ),
  );
  return trees.filter((tree, index) => tree !== trees[index - 1]);
}

test('R10 the history after a purge is the one that builds would have made without the document', {
  timeout: run.numRuns * 90_000,
}, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      editsBetweenBuilds({ builds: 4, edits: 6 }),
      fc.nat({ max: 99 }),
      async (steps, choice) => {
        await using context = await startContext({ pageLimit: 4, embeddedComments: 2 });
        const { workspace, path } = context;
        const pages = [...workspace.content.values()].filter(
          ({ kind }) => kind === 'page' || kind === 'blogpost',
        );
        const id = pages[choice % pages.length]?.id as string;
        const other = `${path}-without`;
        const count = (at: string) => commitsOf(at).length;
        let plain = true;
        const build = async () => {
          await context.buildConfirming();
          await context.buildConfirming({ path: other, confluence: { exclude: [id] } });
        };
        await build();
        for (const step of steps) {
          const before = [count(path), count(other)] as const;
          for (const happening of step) happen(workspace, happening);
          await build();
          // Deletions that were held back and confirmed make two commits of one step, in one history or the other.
          plain &&= count(path) <= before[0] + 1 && count(other) <= before[1] + 1;
        }
        const { problems, attachments, to } = await purgeFrom(path, [id]);
        expect(complaints(path)).toBe('');
        // Another's text that holds this one's, or shows its files, stays: a build without it would have shown a link.
        if (problems.length > 0 || attachments.shared.length > 0) return;
        compared += 1;
        const [trees, without] = [treesOf(path), treesOf(other)];
        if (plain) expect(trees).toEqual(without);
        expect(trees.at(-1)).toEqual(without.at(-1));
        await context.build({ confluence: { exclude: [id] } });
        expect(context.git('rev-parse', 'HEAD').trim()).toBe(to);
      },
    ),
    run,
  );
  expect(compared).toBeGreaterThan(0);
});
