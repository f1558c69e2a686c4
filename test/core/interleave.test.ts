import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interleave } from '../../src/core/concurrently.ts';
import { replayed } from '../harness/replay.ts';

async function* counting(name: string, count: number, log: string[] = []): AsyncGenerator<string, void> {
  log.push(`open ${name}`);
  try {
    for (let n = 0; n < count; n += 1) {
      await turn();
      yield `${name}${n}`;
    }
  } finally {
    log.push(`close ${name}`);
  }
}

test('all values of all streams come, those of each in their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (counts, limit) => {
        const name = (n: number) => String.fromCharCode(97 + n);
        const values = await Array.fromAsync(
          interleave(
            counts.map((count, n) => counting(name(n), count)),
            limit,
          ),
        );
        counts.forEach((count, n) => {
          const own = values.filter((value) => value.startsWith(name(n)));
          expect(own).toEqual(Array.from({ length: count }, (_, each) => `${name(n)}${each}`));
        });
      },
    ),
    replayed({ runs: 50 }),
  );
});

test('no more streams are open at once than allowed', async () => {
  const log: string[] = [];
  const streams = ['a', 'b', 'c'].map((name) => counting(name, 2, log));
  await Array.fromAsync(interleave(streams, 1));
  expect(log).toEqual(['open a', 'close a', 'open b', 'close b', 'open c', 'close c']);
});

test('a stream goes on only when its last value was taken', async () => {
  const asked: number[] = [];
  async function* stream(): AsyncGenerator<number, void> {
    for (let n = 0; n < 3; n += 1) {
      asked.push(n);
      yield n;
    }
  }
  for await (const value of interleave([stream()], 2)) {
    await turn();
    expect(asked.at(-1)).toBe(value);
  }
});

test('a failure closes the others and is thrown', async () => {
  const log: string[] = [];
  async function* failing(): AsyncGenerator<string, void> {
    yield 'x';
    await turn();
    throw new Error('broken');
  }
  const all = Array.fromAsync(interleave([counting('a', 100, log), failing()], 2));
  await expect(all).rejects.toThrow('broken');
  expect(log).toEqual(['open a', 'close a']);
});
