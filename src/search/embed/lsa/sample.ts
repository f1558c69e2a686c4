import { crc32 } from 'node:zlib';

interface Hashed {
  readonly hash: number;
  readonly text: string;
}

/**
 * At most `most` of the texts, those with the smallest hashes, in the order of these: the same ones in whatever order they come.
 * No more than twice as many are held at a time.
 */
export async function sampleOf(
  texts: AsyncIterable<string> | Iterable<string>,
  most: number,
): Promise<string[]> {
  const held: Hashed[] = [];
  let bound = Number.POSITIVE_INFINITY;

  function settle(): void {
    held.sort((a, b) => a.hash - b.hash || (a.text < b.text ? -1 : Number(a.text > b.text)));
    if (held.length <= most) return;
    held.length = most;
    bound = held.at(-1)?.hash ?? bound;
  }

  for await (const text of texts) {
    const hash = crc32(text);
    if (hash > bound) continue;
    held.push({ hash, text });
    if (held.length >= 2 * most) settle();
  }
  settle();
  return held.map(({ text }) => text);
}
