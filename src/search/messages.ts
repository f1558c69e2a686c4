import type { Facts } from '../core/document.ts';
import { readDocument } from '../frontmatter/read.ts';
import { openForReading } from '../git/reading.ts';

/** A message that has all of the words. */
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

export interface SearchOptions {
  readonly sources: readonly string[];
  readonly limit: number;
  /** Only messages of this person: a name as Slack shows it, or an id. */
  readonly by?: string;
}

/** `### name · 2026-03-02 07:32 UTC (edited …) <!-- 1772438400.000100 … -->`, as messages are headed. */
const HEADING =
  /^### (.+) · (\d{4}-\d\d-\d\d \d\d:\d\d UTC)(?: \(edited [^)]*\))?(?: <!-- (\d+\.\d{6})[^>]* -->)?$/gm;

/** The messages of the repository that have all words of the query, in whatever case, the latest first. Nothing is asked of Slack. */
export async function searchMessages(
  folder: string,
  query: string,
  { sources, limit, by }: SearchOptions,
  signal: AbortSignal,
): Promise<FoundMessage[]> {
  const words = [...new Set(query.toLowerCase().split(/\s+/).filter(Boolean))];
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  await using repo = await openForReading(folder, signal);
  const paths = new Set(await repo.filesWith([longest]));
  const files: { readonly path: string; readonly blob: string }[] = [];
  for (const source of sources)
    for await (const { path, after: blob } of repo.changes(null, repo.head, source))
      if (blob !== null && paths.has(path)) files.push({ path, blob });
  let found: FoundMessage[] = [];
  for await (const { request, content } of repo.contents(files, ({ blob }) => blob)) {
    found.push(...messagesWith(words, request.path, content, by));
    found.sort((a, b) => (a.time > b.time ? -1 : Number(a.time < b.time)));
    found = found.slice(0, limit);
  }
  return found;
}

function messagesWith(
  words: readonly string[],
  path: string,
  file: string,
  by: string | undefined,
): FoundMessage[] {
  const document = readDocument(file);
  if (document === undefined) return [];
  const { facts, body } = document;
  const name = by && (facts.people?.[by] ?? by).toLowerCase();
  const headings = [...body.matchAll(HEADING)];
  return headings.flatMap((heading, n) => {
    const [line, written = '', time = '', ts] = heading;
    const author = written.replaceAll('\\', '');
    const text = body.slice(heading.index + line.length, headings[n + 1]?.index).trim();
    const said = text.toLowerCase();
    if (!words.every((word) => said.includes(word))) return [];
    if (name !== undefined && author.toLowerCase() !== name) return [];
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
