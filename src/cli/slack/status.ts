import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SlackSource } from '../../config/sources/slack.ts';
import { readableSize } from '../../connectors/readable-size.ts';
import { DEFAULT_DAYS } from '../../connectors/slack/due.ts';
import { type ChannelStatus, channelStatus } from '../../connectors/slack/status.ts';
import { counted } from '../../core/counted.ts';
import type { ContextRepo } from '../../git/repo.ts';
import { loadManifest } from '../../pipeline/manifest.ts';
import { loadStates } from '../../pipeline/state.ts';
import type { SearchIndex } from '../../search/index/search-index.ts';
import { duration, type Output } from '../output.ts';
import { inWords } from './choices.ts';
import { readRuns, type SyncRun, unfinished } from './runs.ts';

export interface SourceStatus {
  readonly id: string;
  readonly channels: readonly ChannelStatus[];
  readonly documents: number;
  /** Of its documents' files, in bytes. */
  readonly size: number;
  /** Of how many chunks the search index knows, which may be of an earlier commit. */
  readonly indexed: number;
  /** Days of the window that are still to be read, of all channels. */
  readonly debt: number;
}

export interface SyncStatus {
  readonly sources: readonly SourceStatus[];
  /** What the search index takes on disk, with all other sources, in bytes. */
  readonly indexSize: number;
  /** The oldest first. */
  readonly runs: readonly SyncRun[];
  /** Whether the last of them did not come to its end, so that `--resume` goes on with it. */
  readonly isUnfinished: boolean;
}

/** What the repository and the notes of former runs tell; nothing is asked of Slack. */
export async function syncStatus(
  repo: ContextRepo,
  configs: readonly SlackSource[],
  index: SearchIndex,
  now: number,
): Promise<SyncStatus> {
  const ids = configs.map(({ id }) => id);
  const [manifest, states, runs, indexed] = await Promise.all([
    loadManifest(repo, ids),
    loadStates(repo, ids),
    readRuns(repo.gitDir),
    index.stats(),
  ]);
  const sources = await Promise.all(
    configs.map(async ({ id, path, days = DEFAULT_DAYS }) => {
      const documents = [...(manifest.sources.get(id)?.values() ?? [])];
      const facts = documents.map((document) => document.facts);
      const channels = channelStatus(states.get(id)?.checkpoint, facts, {
        now,
        // An export has no more to come.
        days: path === undefined ? days : 0,
      });
      let size = 0;
      for (const { path } of documents) size += await sizeOf(join(repo.path, path));
      const debt = channels.reduce((sum, channel) => sum + channel.debt, 0);
      const chunks = indexed.sources.find(({ source }) => source === id)?.chunks ?? 0;
      return { id, channels, documents: documents.length, size, indexed: chunks, debt };
    }),
  );
  return { sources, indexSize: indexed.bytes, runs, isUnfinished: unfinished(runs) !== undefined };
}

/** What a sparse work tree leaves out counts for nothing. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

export function printStatus(status: SyncStatus, output: Output): void {
  const { sources, indexSize, runs, isUnfinished } = status;
  for (const { id, channels, documents, size, indexed, debt } of sources) {
    const owed = debt === 0 ? 'nothing left to read' : `${counted(debt, 'day')} left to read`;
    output.print(
      `${id}: ${counted(channels.length, 'channel')}, ${counted(documents, 'document')}, ${readableSize(size)}, ${counted(indexed, 'chunk')} indexed; ${owed}`,
    );
    for (const channel of channels) {
      const name = channel.name ? `${channel.name} (${channel.id})` : channel.id;
      output.print(
        `  ${name}: ${counted(channel.documents, 'document')}; read ${channel.covered.join(', ') || 'nothing'}`,
      );
      if (channel.debt > 0) output.print(`    left to read: ${channel.unread.join(', ')}`);
    }
  }
  output.print(`The search index, of all sources: ${readableSize(indexSize)}`);
  if (isUnfinished)
    output.print('The last run did not come to its end: ctx slack sync --resume goes on with it.');
  if (runs.length > 0) output.print('Last runs:');
  for (const run of runs.toReversed()) output.print(`  ${runLine(run)}`);
}

function runLine({ started, ended, outcome, choices, requests, ...counts }: SyncRun): string {
  const took = ended === undefined ? '' : `, ${duration((Date.parse(ended) - Date.parse(started)) / 1000)}`;
  const made = (['added', 'modified', 'deleted'] as const).flatMap((name) =>
    counts[name] ? [`${counts[name]} ${name}`] : [],
  );
  const told = [...made, ...(requests === undefined ? [] : [counted(requests, 'request')])].join(', ');
  return `${started}  ${inWords(choices)}: ${outcome ?? 'not ended'}${took}${told && ` (${told})`}`;
}
