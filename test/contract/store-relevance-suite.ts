import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/search/store/store.ts';
import { documentOf, names, put } from './store-documents.ts';
import type { StoreFixture } from './store-suite.ts';

interface Collection {
  readonly docs: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
  /** How much each document is worth to a query; none of it where it is not named. */
  readonly qrels: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What a team writes, and what it asks: judged by reading, before any store was measured. */
const TEAM: Collection = {
  docs: [
    [
      'billing',
      'How billing works',
      'Invoices are generated nightly from usage records. The ledger is charged once a month.',
    ],
    [
      'refunds',
      'Refund policy',
      'Customers get their money back within 30 days. Refunds are booked against the invoice.',
    ],
    [
      'PROJ-12',
      'Invoice totals are rounded wrong',
      'The total of an invoice differs by a cent from the sum of its lines.',
    ],
    [
      'thread-deploy',
      'deploy failed again',
      'The deployment to production failed since the database migration timed out. We rolled back.',
    ],
    [
      'runbook-deploy',
      'Deploying to production',
      'Run the pipeline, watch the migration, and roll back with the previous image if health checks fail.',
    ],
    [
      'adr-postgres',
      'ADR 12: use PostgreSQL',
      'We chose PostgreSQL over MySQL as our database because of transactional schema changes.',
    ],
    [
      'onboarding',
      'Onboarding for engineers',
      'On your first day you get a laptop, accounts and access to the repositories.',
    ],
    [
      'vacation',
      'Holidays and vacation',
      'Everybody has 30 days of paid leave. Ask your lead two weeks ahead.',
    ],
    [
      'auth',
      'Authentication',
      'Users sign in by single sign-on. Sessions expire after twelve hours. Tokens are rotated.',
    ],
    [
      'PROJ-40',
      'Login loops after session expiry',
      'When the session has expired, signing in redirects in a loop.',
    ],
    [
      'retry.ts',
      'src/http/retry.ts',
      'export async function fetchWithRetry(url, budget) { /* waits longer after each failure */ }',
    ],
    [
      'invoice.ts',
      'src/billing/invoice.ts',
      'export function computeInvoiceTotal(lines) { return lines.reduce(addCents, 0) }',
    ],
    [
      'oncall',
      'On call',
      'Who is on call answers pages within 15 minutes and writes an incident report afterwards.',
    ],
    [
      'incident',
      'Incident 2026-02-11',
      'The database ran out of connections. Payments failed for 40 minutes. On call raised the limit.',
    ],
    ['search', 'Search', 'Documents are ranked by words. Questions find the passage that answers them.'],
    ['lunch', 'lunch', 'Who is in for ramen today? I can book a table for six.'],
  ].map(([id = '', title = '', text = '']) => ({ id, title, text })),
  queries: [
    ['1', 'How does billing work?'],
    ['2', 'where do we compute the invoice total'],
    ['3', 'how do I roll back a failed deployment'],
    ['4', 'why did we choose postgres'],
    ['5', 'how many days of vacation do I have'],
    ['6', 'sign in loop expired sessions'],
    ['7', 'fetch with retries'],
    ['8', 'What happened when payments failed?'],
    ['9', 'can customers get a refund'],
  ].map(([id = '', text = '']) => ({ id, text })),
  qrels: {
    1: { billing: 2, 'invoice.ts': 1 },
    2: { 'invoice.ts': 2, 'PROJ-12': 1 },
    3: { 'runbook-deploy': 2, 'thread-deploy': 1 },
    4: { 'adr-postgres': 2 },
    5: { vacation: 2 },
    6: { 'PROJ-40': 2, auth: 1 },
    7: { 'retry.ts': 2 },
    8: { incident: 2 },
    9: { refunds: 2 },
  },
};

const FOLDER = fileURLToPath(new URL('../../../shared/corpus/ir/', import.meta.url));

/** The nDCG@10 that BM25 with Porter's stems reaches by words alone. */
const REACHED = { cacm: 0.48, cisi: 0.385, cranfield: 0.36, medline: 0.692 };
/** Of which every store reaches so much. */
const SHARE = 0.97;

/** How well a store finds by words what people judged to answer their questions. */
export function storeRelevanceSuite(name: string, start: () => Promise<StoreFixture>, share = SHARE): void {
  describe(`what the store ${name} finds by words`, () => {
    let fixture: StoreFixture;
    beforeAll(async () => {
      fixture = await start();
    });
    afterAll(() => fixture.destroy());
    const measured = async (collection: Collection) => {
      const store = await fixture.open({ dimensions: 16 });
      await put(store, ...collection.docs.map(({ id, title, text }) => documentOf(id, [text], { title })));
      return meanOf(store, collection);
    };

    it('answers what a team asks', async () => {
      expect(await measured(TEAM)).toBeGreaterThan(0.97 * share);
    });

    it.for(Object.entries(REACHED))(
      'answers the questions of %s',
      async ([collection, reached], { skip }) => {
        const file = `${FOLDER}${collection}.json`;
        skip(!existsSync(file), 'the judged collections are not in ../shared/corpus/ir');
        expect(await measured(JSON.parse(readFileSync(file, 'utf8')))).toBeGreaterThan(reached * share);
      },
    );
  });
}

/** The mean nDCG@10 of the queries that anything was judged for. */
async function meanOf(store: Store, { queries, qrels }: Collection): Promise<number> {
  const judged = queries.filter(({ id }) => Object.values(qrels[id] ?? {}).some((grade) => grade > 0));
  let sum = 0;
  for (const { id, text } of judged) {
    const found = await names(store, await store.lexical(text, { limit: 10 }));
    const grades = qrels[id] ?? {};
    const gained = found.map((chunk) => grades[chunk.replace(/#0$/, '')] ?? 0);
    const ideal = Object.values(grades).toSorted((a, b) => b - a);
    sum += gainOf(gained) / gainOf(ideal.slice(0, 10));
  }
  return sum / judged.length;
}

function gainOf(grades: readonly number[]): number {
  return grades.reduce((sum, grade, n) => sum + (2 ** grade - 1) / Math.log2(n + 2), 0);
}
