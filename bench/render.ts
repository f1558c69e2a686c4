import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import TurndownService from 'turndown';
import { fromStorage } from '../src/markdown/index.ts';
import { writeMarkdown } from '../src/markdown/write.ts';
import { type Bench, compared, median } from './row.ts';

const corpus = fileURLToPath(new URL('../../shared/corpus/confluence-pages/testcases', import.meta.url));

/** Storage format to markdown, beside plain turndown on the HTML that Confluence made of the same pages. */
export const render: Bench = async ({ quick }) => {
  if (!existsSync(corpus)) return `there is no corpus at ${corpus}`;
  const pages = readdirSync(corpus).filter((page) => existsSync(`${corpus}/${page}/page.html`));
  const read = (name: string) => pages.map((page) => readFileSync(`${corpus}/${page}/${name}`, 'utf8'));
  const [storage, html] = [read('page.xhtml'), read('page.html')];
  const rounds = quick ? 1 : 9;
  const ours = () => storage.map((text) => writeMarkdown(fromStorage(text, context).root));
  const turndown = new TurndownService();
  const theirs = () => html.map((text) => turndown.turndown(text));
  // Both are compiled before they are measured.
  ours();
  theirs();
  const value = megabytes(storage) / ((await median(rounds, ours)) / 1000);
  const peerValue = megabytes(html) / ((await median(rounds, theirs)) / 1000);
  const bar = { text: 'ratio >= 0.5', holds: (ratio: number) => ratio >= 0.5 };
  return [compared({ name: 'render', value, unit: 'MB/s of input' }, 'turndown', peerValue, bar)];
};

const context = { siteUrl: 'https://site.example', person: () => undefined };

const megabytes = (texts: readonly string[]) =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1_000_000;
