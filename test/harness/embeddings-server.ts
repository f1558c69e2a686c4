import { setTimeout as wait } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { json, type LoopbackServer, type Received, raw, reset, serve } from '../http/server.ts';

/** What goes wrong with one request. */
export type Fault =
  | 'garbage'
  | 'indexless'
  | 'missing-one'
  | 'model-unknown'
  | 'not-a-number'
  | 'quoting-refusal'
  | 'rate-limited'
  | 'reset'
  | 'reversed'
  | 'same-index'
  | 'server-error'
  | 'slow'
  | 'too-short'
  | 'unauthorized'
  | 'without-list';

export interface EmbeddingsServer extends LoopbackServer {
  /** What the embedder is told. */
  readonly url: string;
  /** Of the requests to come, one each, and then the last one for good; none unless told. */
  faults: readonly (Fault | undefined)[];
  /** The texts of each request that was answered with vectors. */
  readonly batches: (readonly string[])[];
}

interface Asked {
  readonly input: readonly string[];
  readonly dimensions?: number;
}

/** What services with the API of OpenAI's embeddings answer. Texts with words in common have vectors near each other. */
export async function embeddingsServer(dimensions = 8): Promise<EmbeddingsServer> {
  let faults: (Fault | undefined)[] = [];
  const batches: (readonly string[])[] = [];
  const server = await serve(async (response, request) => {
    const fault = faults.length > 1 ? faults.shift() : faults[0];
    const asked = JSON.parse(request.body) as Asked;
    const answer = refusal(fault, request, asked);
    if (answer) return answer(response, request, 0);
    batches.push(asked.input);
    if (fault === 'slow') await wait(100);
    const width = fault === 'too-short' ? dimensions - 1 : (asked.dimensions ?? dimensions);
    const data = spoilt(fault, asked.input.map(entryOf(width)));
    return json({ object: 'list', data })(response, request, 0);
  });
  return {
    ...server,
    url: `${server.origin}/v1`,
    batches,
    get faults() {
      return faults;
    },
    set faults(next) {
      faults = [...next];
    },
  };
}

interface Entry {
  readonly index?: number;
  readonly embedding: readonly (number | null)[];
}

function entryOf(width: number) {
  return (text: string, index: number): Entry => ({ index, embedding: vectorOf(text, width) });
}

/** Of any length but 1: services need not normalise. */
export function vectorOf(text: string, width: number): number[] {
  const vector = Array.from({ length: width }, () => 0.25);
  for (const word of text.toLowerCase().split(/\W+/)) {
    const place = crc32(word) % width;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}

function refusal(fault: Fault | undefined, { path }: Received, { input }: Asked) {
  if (path !== '/v1/embeddings') return json({ error: 'no such path' }, 404);
  switch (fault) {
    case 'garbage':
      return raw('{"data": [', 200, { 'content-type': 'application/json' });
    case 'model-unknown':
      return json({ error: { message: 'model not found' } }, 404);
    case 'quoting-refusal':
      return json({ message: `too long: ${input.join()}`, errors: input }, 400);
    case 'rate-limited':
      return json({ error: { message: 'slow down' } }, 429, { 'retry-after': '7' });
    case 'reset':
      return reset;
    case 'server-error':
      return json({ error: { message: input.join() } }, 500);
    case 'unauthorized':
      return json({ error: { message: 'Incorrect API key provided: k-secret' } }, 401);
    case 'without-list':
      return json({ embeddings: [] });
    default:
      return undefined;
  }
}

function spoilt(fault: Fault | undefined, entries: readonly Entry[]): readonly Entry[] {
  switch (fault) {
    case 'indexless':
      return entries.map(({ embedding }) => ({ embedding }));
    case 'missing-one':
      return entries.slice(1);
    case 'not-a-number':
      return entries.map((entry) => ({ ...entry, embedding: [null, ...entry.embedding.slice(1)] }));
    case 'reversed':
      return entries.toReversed();
    case 'same-index':
      return entries.map((entry) => ({ ...entry, index: 0 }));
    default:
      return entries;
  }
}
