import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLsa } from '../../../src/search/embed/lsa/model.ts';
import { type TrainedLsa, trainLsa } from '../../../src/search/embed/lsa/train.ts';
import { replayed } from '../../harness/replay.ts';
import { failureOf } from '../../http/client-fixture.ts';
import { cosine, talk } from './talk.ts';

async function trained(
  texts: readonly string[],
  options?: Parameters<typeof trainLsa>[1],
): Promise<TrainedLsa> {
  const model = await trainLsa(texts, options);
  if (model === undefined) throw new Error('there is no model');
  return model;
}

const bytesOf = (model: TrainedLsa) =>
  [...model.parts()].map(([name, content]) => [name, Buffer.from(content).toString('base64')]);

const reader = (parts: ReadonlyMap<string, Uint8Array>) => async (name: string) => parts.get(name) ?? null;

/** Words that each stand in two texts, so many that a model of them has several shards. */
const manyWords = Array.from({ length: 120 }, (_, n) =>
  Array.from({ length: 12 }, (_, k) => `word${((n >> 1) * 12 + k).toString(36)}x`).join(' '),
);

describe('what a model learns', () => {
  test('a word lies near the one that stands in its place elsewhere, though they never meet', async () => {
    const model = await trained(talk(240));
    const [car, automobile, bill, physician] = await Promise.all(
      ['car', 'automobile', 'bill', 'physician'].map((word) => model.embed(word)),
    );
    if (!car || !automobile || !bill || !physician) throw new Error('a vector is missing');
    expect(cosine(car, automobile)).toBeGreaterThan(0.8);
    expect(cosine(car, bill)).toBeLessThan(0.3);
    expect(cosine(automobile, physician)).toBeLessThan(0.3);
  });

  test('a question finds the texts on its subject that share no word with it', async () => {
    const texts = talk(240);
    const model = await trained(texts);
    const query = await model.embed('automobiles');
    const ranked = await Promise.all(
      texts.map(async (text, n) => ({ n, score: cosine(query, await model.embed(text)) })),
    );
    ranked.sort((a, b) => b.score - a.score);
    const first = ranked.slice(0, 80);
    expect(first.filter(({ n }) => n % 3 === 0)).toHaveLength(80);
    expect(first.filter(({ n }) => !texts[n]?.includes('automobile')).length).toBeGreaterThan(30);
  });

  test('embeddings are of length 1 and of 128 dimensions, also where the corpus has fewer; of unknown words they are zeros', async () => {
    const model = await trained(talk(60));
    expect(model.dimensions).toBe(128);
    const known = await model.embed('the invoice');
    expect(known).toHaveLength(128);
    expect(cosine(known, known)).toBeCloseTo(1, 5);
    expect(known.slice(15)).toEqual(new Float32Array(113));
    for (const text of ['', 'the of and', 'zebra', '日本語', '?!'])
      expect(await model.embed(text)).toEqual(new Float32Array(128));
  });

  test('from fewer than 50 texts, or texts that share no word, nothing is learnt', async () => {
    expect(await trainLsa(talk(49))).toBeUndefined();
    expect(await trainLsa(talk(50))).toBeDefined();
    expect(await trainLsa([])).toBeUndefined();
    expect(await trainLsa(Array.from({ length: 100 }, (_, n) => `alone${n}`))).toBeUndefined();
    expect(await trainLsa(Array.from({ length: 100 }, () => ''))).toBeUndefined();
  });

  test('many equal texts are no trouble', async () => {
    const model = await trained(Array.from({ length: 80 }, () => 'the same invoice for the same customer'));
    expect(cosine(await model.embed('invoice'), await model.embed('customer'))).toBeCloseTo(1, 2);
  });
});

describe('the same texts give the same bytes', () => {
  test('in whatever order they come, and however', async () => {
    const texts = talk(200);
    async function* streamed() {
      yield* [...texts].reverse();
    }
    const model = await trainLsa(streamed());
    if (model === undefined) throw new Error('there is no model');
    expect(bytesOf(model)).toEqual(bytesOf(await trained(texts)));
    const other = await trained([...texts.slice(1), 'the car, the invoice and the patient']);
    expect(other.fingerprint).not.toBe(model.fingerprint);
  });

  test('also where only a part of them is looked at', async () => {
    const texts = talk(500);
    const some = await trained(texts, { mostTexts: 60 });
    expect(bytesOf(await trained([...texts].reverse(), { mostTexts: 60 }))).toEqual(bytesOf(some));
    expect(some.fingerprint).not.toBe((await trained(texts)).fingerprint);
  });

  test('of terms, those are known that stand in the most texts', async () => {
    const model = await trained([...talk(90), ...talk(90).map((text) => `${text} everywhere`)], {
      mostTerms: 30,
    });
    expect(await model.embed('everywhere')).not.toEqual(new Float32Array(128));
    expect(await model.embed('17')).toEqual(new Float32Array(128));
  });

  test('it can be stopped', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(trainLsa(talk(60), { signal: stop.signal })).rejects.toThrow('stopped');
  });
});

describe('parts of a model', () => {
  test('opened from them, it makes the same vectors, and reads no more than it needs', async () => {
    const model = await trained(manyWords);
    const parts = new Map(model.parts());
    expect(parts.size).toBe(5);
    expect(model.partNames).toEqual([...parts.keys()]);
    const read: string[] = [];
    const opened = await openLsa((name) => {
      read.push(name);
      return reader(parts)(name);
    });
    expect(read).toEqual(['head']);
    const word = manyWords[0]?.split(' ')[0] ?? '';
    expect(await opened.embed(`${word} ${word}`)).toEqual(await model.embed(`${word} ${word}`));
    expect(read).toHaveLength(2);
    for (const text of manyWords) expect(await opened.embed(text)).toEqual(await model.embed(text));
    expect(read).toHaveLength(5);
    expect(opened.fingerprint).toBe(model.fingerprint);
  });

  test('every bit of damage is an error that names the part', async () => {
    const model = await trained(manyWords);
    const parts = new Map(model.parts());
    for (const [name, content] of parts) {
      const step = Math.max(1, Math.floor(content.length / 50));
      for (let at = 0; at < content.length; at += step) {
        const damaged = Uint8Array.from(content);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        await expectCorrupt(new Map(parts).set(name, damaged), name);
      }
      for (const length of [0, 3, 4, content.length - 1])
        await expectCorrupt(new Map(parts).set(name, content.subarray(0, length)), name);
      const without = new Map(parts);
      without.delete(name);
      await expectCorrupt(without, name);
    }
  });

  test('a part of another model, or another part, is not taken for this one', async () => {
    const parts = new Map((await trained(manyWords)).parts());
    const others = new Map((await trained(manyWords.slice(2))).parts());
    const [first, second] = ['terms-0', 'terms-1'];
    await expectCorrupt(new Map(parts).set(first, others.get(first) ?? new Uint8Array()), first);
    await expectCorrupt(new Map(parts).set(first, parts.get(second) ?? new Uint8Array()), first);
    await expectCorrupt(new Map(parts).set('head', parts.get(second) ?? new Uint8Array()), 'head');
  });

  async function expectCorrupt(parts: ReadonlyMap<string, Uint8Array>, name: string): Promise<void> {
    const use = async () => {
      const model = await openLsa(reader(parts));
      for (const text of manyWords) await model.embed(text);
    };
    const error = await failureOf(use());
    expect(error.code).toBe('search.model-corrupt');
    expect(error.message).toContain(name);
  }
});

test('any texts give a model that embeds them, and opens again', async () => {
  const word = fc.constantFrom(
    ...'a the pay payment Größe größe 日本語 ไทย x1 _ ! \u0000 é'.split(' '),
    'two words',
  );
  const text = fc.oneof(
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 70 }), async (texts) => {
      const model = await trainLsa(texts);
      if (model === undefined) return;
      const opened = await openLsa(reader(new Map(model.parts())));
      for (const each of texts) {
        const embedding = await opened.embed(each);
        expect(embedding).toEqual(await model.embed(each));
        const length = cosine(embedding, embedding);
        expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
      }
    }),
    replayed({ runs: 30 }),
  );
});
