import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Spool, type SpoolRange } from '../../src/pipeline/spool.ts';
import { anyCharacter } from '../harness/any-character.ts';
import { replayed } from '../harness/replay.ts';

function spoolPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'spool');
}

/** Some are longer than what is written at once. */
const texts = fc
  .tuple(fc.string({ unit: anyCharacter, maxLength: 20 }), fc.constantFrom(1, 3, 500, 9_000, 40_000))
  .map(([text, times]) => text.repeat(times));

test('what was put is there, whatever is asked for when', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: texts, asBytes: fc.boolean(), look: fc.nat(), sync: fc.boolean() }), {
        maxLength: 12,
      }),
      (puts) => {
        const path = spoolPath();
        const known: [SpoolRange, string][] = [];
        let spool = Spool.create(path);
        for (const { text, asBytes, look, sync } of puts) {
          known.push([spool.put(asBytes ? Buffer.from(text) : text), text.toWellFormed()]);
          const [range, put] = known[look % known.length] as (typeof known)[number];
          expect(spool.get(range)).toBe(put);
          if (sync) spool.sync();
        }
        for (const [range, text] of known) expect(spool.bytes(range).toString()).toBe(text);

        spool.sync();
        const end = known.at(-1)?.[0] ?? { offset: 0, length: 0 };
        expect(readFileSync(path, 'utf8')).toBe(known.map(([, text]) => text).join(''));
        spool.isKept = true;
        spool[Symbol.dispose]();
        spool = Spool.reopen(path, end.offset + end.length) as Spool;
        const more = spool.put('and more');
        for (const [range, text] of [...known, [more, 'and more'] as const])
          expect(spool.get(range)).toBe(text);
        spool[Symbol.dispose]();
      },
    ),
    replayed({ runs: 40 }),
  );
});

test('what was not made durable is no part of it', () => {
  const path = spoolPath();
  const spool = Spool.create(path);
  const { length } = spool.put('durable');
  spool.sync();
  spool.put('not durable');
  spool.isKept = true;
  spool[Symbol.dispose]();
  expect(Spool.reopen(path, length + 1)).toBeUndefined();
  const again = Spool.reopen(path, length) as Spool;
  expect(again.get({ offset: 0, length })).toBe('durable');
  again[Symbol.dispose]();
});
