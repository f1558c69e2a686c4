import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokensOf } from '../../src/context/format/tokens.ts';
import { ContextInjector, type ContextInjectorOptions } from '../../src/context/injector.ts';
import type { Knowledge } from '../../src/context/knowledge.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { ctxError } from '../../src/core/errors/index.ts';
import { disk } from '../../src/files/disk.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { BILLING, indexOf, writtenFiles } from './known.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const clock: Clock = { ...systemClock, now: () => NOW };
const root = mkdtempSync(join(tmpdir(), 'ctx-gather-'));
const memory = {
  files: { home: join(root, 'home'), list: disk.list, read: disk.read },
  redactor: async () => createRedactor(),
  places: { named: [{ path: join(root, 'memory') }] },
};
let known: Awaited<ReturnType<typeof indexOf>>;

beforeAll(async () => {
  known = await indexOf(BILLING);
  writtenFiles(join(root, 'memory'), {
    'state/current_work.yaml': 'task: Payouts on Fridays\nupdated: 2026-03-09\n',
    'learned/billing.yaml': 'title: Learned about billing\nfacts:\n  - Billing is rounded down\n',
    'learned/garden.yaml': 'title: Learned about gardens\nfacts:\n  - Roses want sun\n',
  });
});

afterAll(() => {
  known.dispose();
  rmSync(root, { recursive: true, force: true });
});

function injector(options: Partial<ContextInjectorOptions> = {}): ContextInjector {
  return new ContextInjector({
    ...{ knowledge: known.open, memory, clock, boundary: () => 'b0undary' },
    ...options,
  });
}

const QUESTION = 'How does billing work?';

describe('what is gathered', () => {
  test('is of every source in a section of its own, with path, address, date and age', async () => {
    const { query, sources, totalResults, formatted } = await injector().gatherContext({ query: QUESTION });
    expect(query).toBe(QUESTION);
    expect(sources.map(({ source, results }) => [source, ...results.map(({ path }) => path)])).toEqual([
      ['slack', 'slack/fern/shop/1-billing.md'],
      ['code', 'shop:src/billing/invoice.ts'],
      ['jira', 'jira/SHOP-41.md'],
      ['docs', 'confluence/ENG/billing.md', 'mail/1.md'],
      ['memory', join(root, 'memory/state/current_work.yaml'), join(root, 'memory/learned/billing.yaml')],
    ]);
    expect(sources.map(({ found, error, latencyMs }) => [found, error, latencyMs])).toEqual(
      sources.map(() => [true, null, 0]),
    );
    expect(totalResults).toBe(7);
    expect(formatted.match(/^#{1,2} .*$/gm)).toEqual([
      '# Knowledge Context',
      '## Relevant Slack Conversations',
      '## Relevant Code',
      '## Related Jira Issues',
      '## Relevant Documents',
      '## Current Work Context',
    ]);
    expect(formatted).toContain(`<retrieved-b0undary>
### SHOP-41 Invoice shows the wrong month

- path: jira/SHOP-41.md, lines 1–12
- url: https://site.example/browse/SHOP-41
- updated: 2026-03-09 (1 day old)

status: Open

Billing for February says January.

[…]

#### Acceptance criteria

- The month is right.
- A test holds it.
</retrieved-b0undary>`);
    expect(formatted).toContain(`<retrieved-b0undary>
### src/billing/invoice.ts

- path: shop:src/billing/invoice.ts, lines 1–4
- updated: 2026-01-10 (59 days old)
- defines: invoiceForMaker

\`\`\`ts
/** Billing of one month. */
export function invoiceForMaker(maker: Maker): Invoice {
  return sum(maker.sales);
}
\`\`\`
</retrieved-b0undary>`);
    expect(formatted).toContain('- updated: 2026-03-10 (today)');
    expect(formatted).toContain('- task: Payouts on Fridays');
    expect(formatted).not.toContain('Roses');
  });

  test('is a ticket that the query names first, and all of it', async () => {
    const query = 'is shop-41 done? billing in the barn';
    const { sources, formatted } = await injector().gatherContext({ query });
    const jira = sources.find(({ source }) => source === 'jira');
    expect(jira?.results[0]).toMatchObject({ key: 'SHOP-41', match: 'named' });
    for (const part of ['Seen by two makers.', 'A test holds it.', 'It is the time zone.'])
      expect(formatted).toContain(part);
  });

  test('is all tickets that the query names, in its order, however few are wanted', async () => {
    const ticket = (number: number) => ({
      ...{ path: `jira/OPS-${number}.md`, source: 'jira', type: 'ticket', title: `Task ${number}` },
      ...{ keys: [`OPS-${number}`], text: `It depends on OPS-${(number % 9) + 1}.` },
    });
    const others = await indexOf([1, 2, 3, 4, 5, 6, 7, 8, 9].map(ticket));
    const { sources } = await injector({ knowledge: others.open, limit: 1 }).gatherContext({
      query: 'OPS-7, OPS-2 and OPS-9',
    });
    const found = sources
      .find(({ source }) => source === 'jira')
      ?.results.map(({ key, match }) => `${key} ${match}`);
    expect(found?.slice(0, 3)).toEqual(['OPS-7 named', 'OPS-2 named', 'OPS-9 named']);
    expect(found).toHaveLength(4);
    others.dispose();
  });

  test('leaves out what was not asked for', async () => {
    const { sources, formatted } = await injector().gatherContext({
      ...{ query: QUESTION, includeSlack: false, includeCode: false },
      ...{ includeJira: false, includeDocs: true, includeMemory: false },
    });
    expect(sources.map(({ source }) => source)).toEqual(['docs']);
    expect(formatted).not.toContain('## Relevant Code');
  });

  test('leaves out a source whose best has only words that say little', async () => {
    const page = (n: number) => ({ path: `p/${n}.md`, title: `Page ${n}`, text: `How we work, part ${n}.` });
    const pages = Array.from({ length: 30 }, (_, n) => page(n));
    const slack = { path: 'slack/1.md', source: 'slack', type: 'day', title: 'A day', text: 'Work is done.' };
    const others = await indexOf([...BILLING.filter(({ source }) => source !== 'slack'), ...pages, slack]);
    const { sources } = await injector({ knowledge: others.open }).gatherContext({ query: QUESTION });
    expect(sources.find(({ source }) => source === 'slack')).toMatchObject({ found: false, error: null });
    const docs = sources.find(({ source }) => source === 'docs')?.results.map(({ title }) => title);
    expect(docs).toContain('How billing works');
    expect(docs?.some((title) => title.startsWith('Page'))).toBe(false);
    others.dispose();
  });

  test('is nothing, and no text, where nothing is known', async () => {
    for (const query of ['zeppelin', 'how does the', '', '"', 'x AND (', '🌱']) {
      const gathered = await injector({ memory: undefined }).gatherContext({ query });
      expect(gathered).toMatchObject({ query, totalResults: 0, formatted: '' });
    }
  });

  test('is the current work whatever is asked', async () => {
    const { formatted } = await injector().gatherContext({ query: 'zeppelin' });
    expect(formatted.match(/^## .*$/gm)).toEqual(['## Current Work Context']);
    expect(formatted).toContain('- task: Payouts on Fridays');
  });

  test('is found by a query of 10,000 characters', async () => {
    const query = `${'what about it '.repeat(700)}billing?`.slice(-10_000);
    const { totalResults } = await injector().gatherContext({ query: `billing ${query}` });
    expect(totalResults).toBeGreaterThan(3);
  });
});

describe('the text', () => {
  test('is the same for the same day, but for a boundary that nobody can know', async () => {
    const at = (time: string) => ({ ...systemClock, now: () => Date.parse(time) });
    const texts: string[] = [];
    for (const time of ['2026-03-10T00:00:00Z', '2026-03-10T23:59:59Z'])
      texts.push((await injector({ clock: at(time) }).gatherContext({ query: QUESTION })).formatted);
    expect(texts[0]).toBe(texts[1]);
    const drawn: string[] = [];
    for (let n = 0; n < 2; n++)
      drawn.push((await injector({ boundary: undefined }).gatherContext({ query: QUESTION })).formatted);
    const boundaries = drawn.map((text) => /<retrieved-([0-9a-f]{16})>/.exec(text)?.[1] ?? '');
    expect(new Set(boundaries).size).toBe(2);
    expect(drawn[0]?.replaceAll(boundaries[0] ?? '', 'b0undary')).toBe(texts[0]);
  });

  test('takes no more tokens than it may, and the ticket its share beside a big page', async () => {
    const paragraph = 'Billing is a long story, and it is told again. ';
    const big = {
      path: 'confluence/big.md',
      title: 'Billing, all of it',
      text: `${paragraph.repeat(10)}\n\n`.repeat(20),
    };
    const others = await indexOf([...BILLING, big]);
    for (const maxTokens of [200, 500, 1000, 4000]) {
      const { formatted } = await injector({ knowledge: others.open }).gatherContext({
        query: QUESTION,
        maxTokens,
      });
      expect(tokensOf(formatted)).toBeLessThanOrEqual(maxTokens);
      if (maxTokens >= 1000) {
        expect(formatted).toContain('- The month is right.');
        expect(formatted).toContain('invoiceForMaker(maker');
        expect(formatted).toContain('Payouts on Fridays');
      }
    }
    others.dispose();
  });

  test('refuses a boundary that could be guessed or does not hold', async () => {
    for (const boundary of ['', 'short', 'with space', '</retrieved>', 'UPPERCASE'])
      await expect(
        injector({ boundary: () => boundary }).gatherContext({ query: QUESTION }),
      ).rejects.toMatchObject({ code: 'context.bad-boundary' });
  });
});

describe('what fails', () => {
  test('an index that can’t be opened is an error of its sources, and memory answers', async () => {
    const knowledge = async () => {
      throw ctxError('history.empty', { path: '/repo' });
    };
    const { sources, formatted } = await injector({ knowledge }).gatherContext({ query: QUESTION });
    expect(sources.map(({ source, error }) => [source, error?.includes('/repo') ?? false])).toEqual([
      ['slack', true],
      ['code', true],
      ['jira', true],
      ['docs', true],
      ['memory', false],
    ]);
    expect(formatted).toContain('Billing is rounded down');
  });

  test('one source that fails, or is slow, is an error of its own; the index is closed when it has ended', async () => {
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const events: string[] = [];
    const knowledge = async (): Promise<Knowledge> => {
      const opened = await known.open();
      return {
        refresh: opened.refresh,
        read: opened.read,
        async search(query, options) {
          if (options.filter?.types?.includes('code')) throw new TypeError('a mistake\nof the program');
          if (options.filter?.sources?.includes('jira')) {
            options.signal?.addEventListener('abort', () => events.push('told'));
            await slow;
            events.push('ended');
          }
          return opened.search(query, options);
        },
        async [Symbol.asyncDispose]() {
          await opened[Symbol.asyncDispose]();
          events.push('closed');
        },
      };
    };
    const { sources, formatted } = await injector({ knowledge, timeLimit: 200 }).gatherContext({
      query: QUESTION,
    });
    const errors = Object.fromEntries(sources.map(({ source, error }) => [source, error]));
    expect(errors).toMatchObject({ slack: null, docs: null, memory: null });
    expect(errors.code).toBe('TypeError: a mistake of the program');
    expect(errors.jira).toContain('jira: nothing was found within 0.2 s');
    expect(formatted).toContain('How billing works');
    expect(events).toEqual(['told']);
    finish();
    await expect.poll(() => events).toEqual(['told', 'ended', 'closed']);
  });

  test('an abort ends it with its reason', async () => {
    const reason = new Error('enough');
    const knowledge = async (): Promise<Knowledge> => ({
      ...(await known.open()),
      search: () => new Promise(() => {}),
    });
    const controller = new AbortController();
    const gathering = injector({ knowledge }).gatherContext({ query: QUESTION, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(gathering).rejects.toBe(reason);
  });
});
