import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { hasLibreOffice, openDeck } from '../harness/libreoffice.ts';
import { readPptx } from '../harness/pptx.ts';
import { newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 300_000 });

const guide = (name: string) => fileURLToPath(new URL(`../../docs/guide/slides/${name}`, import.meta.url));

/** The decks whose pages the guide shows. */
const DECKS = [
  {
    name: 'quarterly-review',
    args: ['--template', 'quarterly-review', '--data', guide('quarter.yaml')],
    titles: [
      'Quarterly review',
      'Highlights',
      'The quarter in numbers',
      'Opened and finished, week by week',
      'What was finished',
      'Where the open work is',
      'Releases',
      'Told to everyone',
      'What was written down',
      'Next',
    ],
  },
  {
    name: 'incident-review',
    args: ['--template', 'incident-review', '--data', guide('incident.yaml')],
    titles: [
      'Certificates on a Sunday',
      'What it meant',
      'What happened',
      'Why it could happen',
      'How we answered',
      'What we do about it',
    ],
  },
  {
    name: 'weekly-changes',
    args: ['--template', 'weekly-changes', '--since', '2026-02-23', '--until', '2026-03-01'],
    titles: [
      'Weekly changes',
      'The week in numbers',
      'Where it happened',
      'Tickets that moved',
      'Pages that changed',
      'Merged',
    ],
  },
  {
    name: 'plan',
    args: [guide('plan.md')],
    titles: ['A plan for pickup', 'Why now', 'The work', 'For and against', 'Questions'],
  },
];

test('from the demo workspace come decks that are whole, are the same each time, and that LibreOffice shows', async () => {
  await using machine = await newMachine();
  const demo = await machine.ctx(['demo', '--dir', 'demo']);
  expect(demo.code, demo.stderr).toBe(0);
  for (const { name, args, titles } of DECKS) {
    const build = async (output: string) => {
      const ran = await machine.ctx(['slides', 'build', ...args, '--repo', 'demo', '--output', output]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stdout).toContain(`${titles.length} slides: `);
      return await readFile(join(machine.folder, output));
    };
    const bytes = await build(`${name}.pptx`);
    expect((await build('again.pptx')).equals(bytes)).toBe(true);
    const { slides } = await readPptx(bytes);
    expect(slides.map(({ texts }) => texts[0])).toEqual(titles);
    expect(slides.flatMap(({ texts }) => texts).filter((text) => text.includes('{{'))).toEqual([]);
    if (!hasLibreOffice) continue;
    const pages = await openDeck(join(machine.folder, `${name}.pptx`), machine.folder);
    expect(pages).toHaveLength(titles.length);
    for (const [index, title] of titles.entries()) expect(pages[index]).toContain(title);
    for (const [index, { tables }] of slides.entries())
      for (const cell of tables.flat(2).filter((text) => /^[\w-]+$/.test(text)))
        expect(pages[index]).toContain(cell);
  }
});
