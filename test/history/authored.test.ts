import { expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { type Chronicle, startChronicle } from './harness.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Line {
  readonly text: string;
  readonly person: string;
  readonly exact: boolean;
  readonly url: string | null;
}

async function linesOf(chronicle: Chronicle, document: string): Promise<string[]> {
  const { lines } = (await chronicle.json(['blame', document, '--text'])) as { lines: Line[] };
  return lines
    .filter(({ text }) => /^[A-Z]/.test(text))
    .map(({ text, person, exact, url }) => {
      const where = url?.replace('https://site', '').replace(/pageId=\d+&/, '') ?? 'nowhere';
      return `${text} ${exact ? '' : '~'}${person} ${where}`;
    });
}

test('whose a line is, exactly, from the first day on: also where the history was told after a build', async () => {
  await using chronicle = await startChronicle({ confluence: { history: { since: 'all' } } });
  const { workspace } = chronicle;
  const guide = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.editPage(workspace, guide, { body: '<p>First.</p>', by: 'acc-2' });
  edits.editPage(workspace, guide, { body: '<p>First.</p><p>Second.</p>', by: 'acc-3' });
  await chronicle.buildAt('2026-03-02T09:00:00Z');
  expect((await linesOf(chronicle, guide)).slice(0, 2)).toEqual([
    'First. ~Cy nowhere',
    'Second. ~Cy nowhere',
  ]);

  await chronicle.build({ backfill: ['confluence'] });
  edits.editPage(workspace, guide, { body: '<p>First.</p><p>Second.</p><p>Third.</p>', by: 'acc-1' });
  edits.retitlePage(workspace, guide, 'Guidebook', { by: 'acc-2' });
  await chronicle.build({ commit: 'per-revision' });
  const version = (number: number) => `/wiki/pages/viewpage.action?pageVersion=${number}`;
  expect((await linesOf(chronicle, guide)).slice(0, 3)).toEqual([
    `First. Bo ${version(2)}`,
    `Second. Cy ${version(3)}`,
    `Third. Ann ${version(4)}`,
  ]);
});
