import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Knowledge } from '../../src/context/knowledge.ts';
import { keysIn } from '../../src/search/keys.ts';
import { search } from '../../src/search/query/search.ts';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import type { IndexedChunk, IndexedDocument } from '../../src/search/store/store.ts';

/** A document with its passages, or with one. */
export interface KnownDocument extends Partial<IndexedDocument> {
  readonly path: string;
  readonly text: string | readonly (Partial<IndexedChunk> & { readonly text: string })[];
}

/** An index of these documents, in a file of its own that goes when `dispose` is called. */
export async function indexOf(documents: readonly KnownDocument[]): Promise<{
  open(): Promise<Knowledge>;
  dispose(): void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-known-'));
  const path = join(folder, 'index.sqlite');
  {
    await using store = await openSqliteStore({ path });
    await store.write(async (writer) => {
      await writer.upsert(documents.map(withChunks));
      await writer.setState({ format: 'test', embeddings: 'none', commits: { context: 'c' } });
    });
  }
  return {
    async open() {
      const store = await openSqliteStore({ path });
      return {
        refresh: async () => [],
        search: (query, options) => search(store, query, options),
        read: (work) => work(store),
        [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
      };
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function withChunks({ path, text, ...facts }: KnownDocument) {
  const passages = typeof text === 'string' ? [{ text }] : text;
  const [source = 'confluence'] = [facts.source];
  const document: IndexedDocument = {
    ...{ collection: 'context', blob: `blob of ${path}`, type: 'page', title: path, ancestors: [], keys: [] },
    ...facts,
    ...{ path, source },
  };
  let line = 1;
  const chunks = passages.map((passage): IndexedChunk => {
    const first = line;
    line += passage.text.split('\n').length + 1;
    return { headings: [], lines: [first, line - 2], mentions: keysIn(passage.text), ...passage };
  });
  return { document, chunks };
}

/** Files in a folder of the test's own. */
export function writtenFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** What a team knows of billing, in every source. */
export const BILLING: readonly KnownDocument[] = [
  {
    path: 'confluence/ENG/billing.md',
    title: 'How billing works',
    url: 'https://site.example/wiki/1',
    updated: '2026-02-01T10:00:00Z',
    author: 'Ada',
    text: [
      { text: 'Makers get an invoice each month. Billing runs on the first.' },
      { headings: ['Fees'], text: '## Fees\n\nBilling takes four percent of what was sold.' },
    ],
  },
  { path: 'confluence/ENG/shipping.md', title: 'Shipping', text: 'Parcels leave the barn at noon.' },
  {
    path: 'jira/SHOP-41.md',
    source: 'jira',
    type: 'ticket',
    title: 'Invoice shows the wrong month',
    keys: ['SHOP-41'],
    url: 'https://site.example/browse/SHOP-41',
    updated: '2026-03-09T10:00:00Z',
    text: [
      { text: 'status: Open\n\nBilling for February says January.' },
      { text: '## Notes\n\nSeen by two makers.' },
      { text: '## Acceptance criteria\n\n- The month is right.\n- A test holds it.' },
      { text: '## Comments\n\nIt is the time zone.' },
    ],
  },
  {
    path: 'slack/fern/shop/1-billing.md',
    source: 'slack',
    type: 'thread',
    title: 'When does billing run?',
    url: 'https://fern.slack.example/archives/C1/p1',
    updated: '2026-03-10T08:00:00Z',
    text: '### mina · 2026-03-10 08:00 UTC\n\nWhen does billing run?\n\n### ada · 2026-03-10 08:01 UTC\n\nOn the first.',
  },
  {
    path: 'mail/1.md',
    source: 'mail',
    type: 'thread',
    title: 'Your billing address',
    url: 'mid:1@fern.example',
    updated: '2026-03-08T08:00:00Z',
    text: '## Ruth · 2026-03-08 08:00 UTC\n\nPlease correct the billing address.',
  },
  {
    path: 'shop:src/billing/invoice.ts',
    collection: 'shop',
    source: 'shop',
    type: 'code',
    title: 'src/billing/invoice.ts',
    updated: '2026-01-10T08:00:00Z',
    text: [
      {
        symbols: ['invoiceForMaker'],
        text: '/** Billing of one month. */\nexport function invoiceForMaker(maker: Maker): Invoice {\n  return sum(maker.sales);\n}',
      },
    ],
  },
];
