import TurndownService from 'turndown';
import { fromAdf, fromHtml, fromStorage, type Reading } from '../src/markdown/index.ts';
import { writeMarkdown } from '../src/markdown/write.ts';
import { corpusPages } from './corpus.ts';
import { atLeast, type Bench, compared, measured, timesOf } from './row.ts';

/**
 * Real pages to markdown, by the size of each one's own input: storage format, and the HTML that Confluence made of
 * the same pages, beside plain turndown on that HTML; and ADF. All take turns, so that what else the machine does
 * meets all alike.
 */
export const render: Bench = async ({ quick }) => {
  const pages = corpusPages();
  if (typeof pages === 'string') return pages;
  const turndown = new TurndownService();
  const write = ({ root }: Reading) => writeMarkdown(root);
  const html = pages.map((page) => page.html);
  const subjects: Subject[] = [
    subject(
      pages.map((page) => page.storage),
      (text) => write(fromStorage(text, context)),
    ),
    subject(
      pages.map((page) => JSON.stringify(page.adf)),
      (text) => write(fromAdf(JSON.parse(text), context)),
    ),
    subject(html, (text) => write(fromHtml(text, context))),
    subject(html, (text) => turndown.turndown(text)),
  ];
  const times = await timesOf(
    quick ? 1 : 40,
    subjects.map(({ work }) => work),
    quick ? 1 : 10,
  );
  const speeds = subjects.map(({ megabytes }, index) =>
    (times[index] ?? []).map((milliseconds) => megabytes / (milliseconds / 1000)),
  );
  const [storage = [], adf = [], ownHtml = [], peer = []] = speeds;
  const row = (what: string, speed: readonly number[]) => measured(`render ${what}`, 'MB/s of input', speed);
  return [
    compared(row('storage format', storage), 'turndown on HTML', peer, atLeast(1)),
    compared(row('HTML', ownHtml), 'turndown on the same HTML', peer, atLeast(1)),
    row('ADF', adf),
  ];
};

interface Subject {
  readonly megabytes: number;
  readonly work: () => unknown;
}

function subject(texts: readonly string[], work: (text: string) => unknown): Subject {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { megabytes: bytes / 1_000_000, work: () => texts.map(work) };
}

const context = { siteUrl: 'https://site.example', person: () => undefined };
