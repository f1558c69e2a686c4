import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Slide } from '../../../src/slides/deck.ts';
import { replayed } from '../../harness/replay.ts';
import { cover, deckOf, figures, imageFile, type Situation, situation, tickets } from './fixture.ts';
import { present } from './simulator/discovery.ts';
import { elementsOf, textsOf } from './simulator/presentation.ts';

const TROUBLES = {
  '429': { status: 429, reason: 'RESOURCE_EXHAUSTED', headers: { 'retry-after': '1' } },
  '403 for a limit of a minute': { status: 403, reason: 'userRateLimitExceeded' },
  '500': { status: 500, reason: 'backendError' },
  'a connection that breaks before': 'cut before',
  'a connection that breaks after': 'cut after',
} as const;

const names = ({ google }: Situation) => [...google.drive.files.values()].map(({ name }) => name).sort();

/** What an audience sees and reads, with the values of charts. */
function shown({ google }: Situation) {
  const [deck] = google.decks();
  return (deck?.presentation?.slides ?? [])
    .filter(({ isSkipped }) => !isSkipped)
    .map((slide) => ({
      texts: textsOf(slide),
      notes: slide.notes.text,
      images: elementsOf(slide.elements).flatMap(({ image }) => image?.content ?? []),
      charts: elementsOf(slide.elements).flatMap(({ chart }) =>
        chart ? google.drive.files.get(chart.spreadsheet)?.spreadsheet?.sheets.get(chart.chart)?.rows : [],
      ),
    }));
}

describe.skipIf(!present)('troubles with any request', () => {
  test.each(Object.entries(TROUBLES))('%s: all are got over, and nothing is done twice', async (_, does) => {
    const photo = imageFile();
    const first = deckOf([cover(), figures(photo)]);
    const second = deckOf([figures(photo, [3, 2, 1]), cover('B', { notes: 'Slowly.' }), cover()]);
    const plain = await situation();
    await plain.decks().write(first, plain.template);
    await plain.decks().write(second, plain.template);
    const count = plain.google.log.length;
    for (let after = 0; after < count; after += 1) {
      const all = await situation();
      all.google.fault({ request: /./, after, does });
      await all.decks({ random: () => 0 }).write(first, all.template);
      await all.decks({ random: () => 0 }).write(second, all.template);
      expect(shown(all)).toEqual(shown(plain));
      expect(names(all)).toEqual(names(plain));
      expect(all.google.decks()[0]?.presentation?.slides).toHaveLength(6);
    }
  });
});

describe.skipIf(!present)('a deck that was brought up to date again and again, with troubles', () => {
  test('shows the same as one that is made at once', async () => {
    const photo = imageFile();
    const slide: fc.Arbitrary<Slide> = fc.oneof(
      fc.constantFrom('A', 'B', 'C').map((title) => cover(title)),
      fc.constantFrom('one', 'two').map((notes) => cover('A', { notes })),
      fc
        .array(fc.constantFrom(['K', '', '1'], ['{{title}}', '\u{1F680}', 'x']), { maxLength: 4 })
        .map((rows) => tickets(rows)),
      fc.constantFrom([1, 2, 3], [3, null, 1]).map((values) => figures(photo, values)),
    );
    const trouble = fc.record({
      after: fc.nat(25),
      does: fc.constantFrom(...Object.values(TROUBLES)),
    });
    const runs = fc.array(
      fc.record({
        slides: fc.array(slide, { minLength: 1, maxLength: 5 }),
        troubles: fc.array(trouble, { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(runs, async (all) => {
        const [driven, plain] = [await situation(), await situation()];
        for (const { slides, troubles } of all) {
          for (const { after, does } of troubles) driven.google.fault({ request: /./, after, does });
          await driven.decks().write(deckOf(slides), driven.template);
        }
        await plain.decks().write(deckOf(all.at(-1)?.slides ?? []), plain.template);
        expect(shown(driven)).toEqual(shown(plain));
        expect(names(driven)).toEqual(names(plain));
      }),
      replayed({ runs: 60 }),
    );
  });
});
