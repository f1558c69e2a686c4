import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentVersion, isPage } from '../../src/demo/workspace/access.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { type Content, type Page, textOf, type Workspace } from '../../src/demo/workspace/model.ts';
import { startContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed } from '../harness/replay.ts';
import { textFile } from '../harness/small-workspace.ts';

const run = replayed({ runs: 6 });

/** A word that only the page, its file and what shows them have. */
const wordOf = (id: string) => `zebra${id}q`;

const LISTS = ['children', 'recently-updated', 'space-attachments']
  .map((name) => `<ac:structured-macro ac:name="${name}" ac:macro-id="id-${name}" />`)
  .join('');

function pages(workspace: Workspace): Page[] {
  return [...workspace.content.values()].filter(isPage).filter(({ status }) => status === 'current');
}

function mark(workspace: Workspace): void {
  for (const page of pages(workspace)) {
    const word = wordOf(page.id);
    const body = textOf(currentVersion(page).body);
    if (body.includes(word)) continue;
    edits.editPage(workspace, page.id, {
      body: `${body}<p>${word}</p>${Number(page.id) % 3 === 0 ? LISTS : ''}`,
    });
    edits.attachFile(workspace, page.id, textFile(`${word}.txt`, `In ${word}`));
  }
}

function isRestricted(workspace: Workspace, page: Page): boolean {
  let node: Content | undefined = page;
  while (node !== undefined) {
    if (isPage(node) && node.readers.users.length + node.readers.groups.length > 0) return true;
    node = node.parentId === null ? undefined : workspace.content.get(node.parentId);
  }
  return false;
}

test('R1 whatever happens, no file of the tree shows anything of a page that is restricted', {
  timeout: run.numRuns * 45_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(editsBetweenBuilds({ builds: 4, edits: 8 }), async (steps) => {
      await using context = await startContext({
        sources: ['confluence'],
        confluence: { attachments: 'all' },
        pageLimit: 4,
      });
      const { workspace } = context;
      for (const step of [[], ...steps]) {
        for (const happening of step) happen(workspace, happening);
        mark(workspace);
        const { errors } = await context.buildConfirming();
        expect(errors.map(({ message }) => message)).toEqual([]);
        const everything = [...context.files()].flat().join('\n');
        const shown = (restricted: boolean) =>
          pages(workspace)
            .filter((page) => isRestricted(workspace, page) === restricted)
            .filter(({ id }) => everything.includes(wordOf(id)) === restricted)
            .map(({ id }) => id);
        expect(shown(true)).toEqual([]);
        // Every open page is there.
        expect(shown(false)).toEqual([]);
      }
    }),
    run,
  );
});
