import type { Facts } from '../core/document.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { ReadingRepo } from '../git/reading.ts';
import type { SearchIndex } from './index/search-index.ts';
import { termsOf } from './terms.ts';

/** A message that has words of the query. */
export interface FoundMessage {
  readonly path: string;
  /** Of the thread or the day. */
  readonly title: string;
  /** Of the message; in what an earlier version wrote, of the thread or the channel. */
  readonly url: string;
  readonly channel: string;
  readonly author: string;
  /** As its heading has it, such as `2026-03-02 07:32 UTC`. */
  readonly time: string;
  readonly text: string;
}

export interface MessageSearchOptions {
  readonly sources: readonly string[];
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** Only messages of this person: a name as Slack shows it, or an id. */
  readonly by?: string;
}

/** `### name · 2026-03-02 07:32 UTC (edited …) <!-- 1772438400.000100 … -->`, as messages are headed. */
const HEADING =
  /^### (.+) · (\d{4}-\d\d-\d\d \d\d:\d\d UTC)(?: \(edited [^)]*\))?(?: <!-- (\d+\.\d{6})[^>]* -->)?$/gm;

/** So many threads and days are looked into. */
const LOOKED_INTO = 100;

/**
 * The messages that fit a query: those with most of its words first, and among equals those of the threads and days that the index
 * puts first. Nothing is asked of Slack.
 */
export async function searchMessages(
  repo: ReadingRepo,
  index: SearchIndex,
  query: string,
  { sources, limit, by, now, signal }: MessageSearchOptions,
): Promise<FoundMessage[]> {
  const filter = { sources, types: ['thread', 'day'] };
  const { hits } = await index.search(query, { filter, limit: LOOKED_INTO, now, signal });
  const wanted = new Set(termsOf(query));
  const found: { readonly message: FoundMessage; readonly words: number }[] = [];
  const documents = hits.map(({ document }) => document);
  for await (const { request, content } of repo.contents(documents, ({ blob }) => blob))
    for (const message of messagesIn(request.path, content, by)) {
      const words = new Set(termsOf(message.text).filter((term) => wanted.has(term))).size;
      if (words > 0) found.push({ message, words });
    }
  // Sorting is stable: documents stay in their order.
  return found
    .sort((a, b) => b.words - a.words)
    .slice(0, limit)
    .map(({ message }) => message);
}

function messagesIn(path: string, file: string, by: string | undefined): FoundMessage[] {
  const document = readDocument(file);
  if (document === undefined) return [];
  const { facts, body } = document;
  const name = by && (facts.people?.[by] ?? by).toLowerCase();
  const headings = [...body.matchAll(HEADING)];
  return headings.flatMap((heading, n) => {
    const [line, written = '', time = '', ts] = heading;
    const author = written.replaceAll('\\', '');
    if (name !== undefined && author.toLowerCase() !== name) return [];
    const text = body.slice(heading.index + line.length, headings[n + 1]?.index).trim();
    const { title, fields = {} } = facts;
    const url = ts === undefined ? facts.url : addressOf(ts, facts);
    return [{ path, title, url, channel: String(fields.channel ?? ''), author, time, text }];
  });
}

/** A message's own, such as `https://acme.slack.com/archives/C012/p1772438400000100?thread_ts=…` of a reply. */
function addressOf(ts: string, { url, fields = {} }: Facts): string {
  const channel = String(fields.channel_id ?? '');
  const address = new URL(`/archives/${channel}/p${ts.replace('.', '')}`, url);
  const { thread_ts: thread } = fields;
  if (typeof thread === 'string' && thread !== ts) {
    address.searchParams.set('thread_ts', thread);
    address.searchParams.set('cid', channel);
  }
  return address.href;
}
