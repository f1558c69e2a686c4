import type { ConfluenceSource } from '../../config/sources/confluence.ts';
import { counted } from '../../core/counted.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Probe } from '../contract.ts';
import type { ConfluenceClient } from './client.ts';

/** Looks for the configured spaces, and asks once for each kind of answer that a run needs: a scope may be missing for any. */
export async function probeConfluence(
  client: ConfluenceClient,
  { id: source, spaces: wanted, comments }: ConfluenceSource,
): Promise<Probe> {
  const spaces = await Array.fromAsync(client.spaces(wanted));
  const missing = wanted === 'all' ? [] : wanted.filter((key) => !spaces.some((space) => space.key === key));
  const [space] = spaces;
  const kinds: AsyncIterable<unknown>[] = [
    ...(space ? [client.contents('page', space), client.accessAndLabels(space)] : []),
    ...(comments ? [client.allComments('footer')] : []),
  ];
  const answers = await Promise.all(kinds.map((kind) => attempt(() => firstOf(kind))));
  return {
    found: [counted(spaces.length, 'space')],
    problems: [
      ...missing.map((key) => ctxError('source.not-found', { source, what: `space ${key}` })),
      ...answers.filter(isCtxError),
    ],
  };
}

async function firstOf(listing: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of listing) return;
}
