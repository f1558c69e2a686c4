import { describe, expect, test } from 'vitest';
import { CHUNK_SIZE } from '../../../src/search/chunk/chunk.ts';
import { chunksOf, prose } from './texts.ts';

const message = (name: string, n: number, text: string, marks = '###') =>
  `${marks} ${name} · 2026-03-02 07:${String(n).padStart(2, '0')} UTC\n\n${text}`;
const replies = (count: number, length: number, marks?: string) =>
  Array.from({ length: count }, (_, n) => message(n % 2 ? 'mina' : 'jonas', n + 1, prose(length, n), marks));

describe('threads', () => {
  test('a short one is one chunk', () => {
    const body = [message('priya', 0, 'Who has the keys?'), ...replies(3, 100)].join('\n\n');
    expect(chunksOf(body, { type: 'thread' })).toEqual([{ headings: [], text: body, lines: [5, 19] }]);
  });

  test('a long one is cut between messages, with the first one before each later chunk', () => {
    const root = message('priya', 0, 'Who has the keys?');
    const chunks = chunksOf([root, ...replies(12, 400)].join('\n\n'), { type: 'thread' });
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text } of chunks) expect(text.startsWith(`${root}\n\n### `)).toBe(true);
    for (const { text } of chunks) expect(text.length).toBeLessThanOrEqual(CHUNK_SIZE.most + 2);
    expect(
      chunks.flatMap(({ text }) =>
        text
          .split(`${root}\n\n`)
          .join('')
          .split(/\n\n(?=### )/),
      ),
    ).toEqual(replies(12, 400));
    expect(chunks[1]?.lines[0]).toBe((chunks[0]?.lines[1] ?? 0) + 2);
  });

  test('of a long first message, later chunks have the beginning, and its own parts nothing more', () => {
    const code = ['```ts', ...Array.from({ length: 30 }, (_, n) => `const key${n} = 1;`), '```'].join('\n');
    const root = message('priya', 0, `${prose(200)}\n\n${code}\n\n${prose(2_500)}`);
    const chunks = chunksOf([root, ...replies(4, 700)].join('\n\n'), { type: 'thread' });
    const [first, second, ...later] = chunks;
    const start = `### priya · 2026-03-02 07:00 UTC\n\n${prose(200)}\n\n`;
    expect(first?.text.startsWith(start)).toBe(true);
    expect(second?.text.startsWith('### priya')).toBe(false);
    const answers = later.filter(({ text }) => /### (?:mina|jonas)/.test(text));
    expect(answers.length).toBeGreaterThan(1);
    for (const { text } of answers) {
      expect(text).toMatch(/^### priya[^`]*```ts\nconst key0[^`]*\n```\n\n…\n\n/);
      expect(text.length).toBeLessThan(CHUNK_SIZE.most + 100);
    }
  });

  test('of a first message whose beginning takes all of the room, nothing more is repeated', () => {
    const head = '### priya · 2026-03-02 07:00 UTC';
    const opening = 'x'.repeat(400 - head.length);
    const root = message('priya', 0, `${opening}\n\n${prose(300)}`);
    const chunks = chunksOf([root, ...replies(4, 700)].join('\n\n'), { type: 'thread' });
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks.slice(1))
      expect(text.startsWith(`${head}\n\n${opening}\n\n…\n\n### `)).toBe(true);
  });

  test('mails are messages as well', () => {
    const root = message('Ada', 0, '- To: Ruth\n\nWho pays the discount?', '##');
    const chunks = chunksOf([root, ...replies(6, 700, '##')].join('\n\n'), {
      type: 'thread',
      source: 'mail',
    });
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text } of chunks) expect(text.startsWith(`${root}\n\n## `)).toBe(true);
  });

  test('of a day without threads, nothing is repeated', () => {
    const body = replies(12, 400).join('\n\n');
    const chunks = chunksOf(body, { type: 'day' });
    expect(chunks.map(({ text }) => text).join('\n\n')).toBe(body);
    expect(chunks).toHaveLength(4);
  });

  test('a thread of ten thousand messages takes no longer for each than a short one', () => {
    const body = replies(10_000, 200).join('\n\n');
    const chunks = chunksOf(body, { type: 'thread' });
    expect(chunks.length).toBeGreaterThan(1_500);
    expect(chunks.at(-1)?.lines[1]).toBe(body.split('\n').length + 4);
  });
});

describe('tickets and the like', () => {
  const facts = {
    type: 'ticket',
    status: 'In Progress',
    labels: ['checkout', 'sale'],
    fields: {
      issue_type: 'Story',
      assignee: 'Mina Okafor',
      due: '2026-03-20',
      comments: 29,
      components: ['API'],
    },
  };
  const line =
    'issue type: Story · status: In Progress · assignee: Mina Okafor · components: API · labels: checkout, sale';
  const ticket = (length: number) =>
    [
      prose(length),
      '## Links\n\n- parent SHOP-10',
      `## Comments\n\n${replies(6, 400).join('\n\n')}`,
      '## History\n\n- 2026-01-09 Mina: status To Do → Blocked',
    ].join('\n\n');

  test('what it asks for comes first, with its facts; comments are apart', () => {
    const chunks = chunksOf(ticket(300), facts);
    expect(chunks[0]).toEqual({
      headings: [],
      text: `${line}\n\n${prose(300)}\n\n## Links\n\n- parent SHOP-10`,
      lines: [5, 9],
    });
    expect(chunks[1]?.text.startsWith('## Comments\n\n### jonas')).toBe(true);
    expect(chunks[1]?.headings).toEqual(['Comments']);
    expect(chunks.at(-1)?.text).toContain('## History');
  });

  test('a heading of its own that is called like one of ours begins no part', () => {
    const chunks = chunksOf(`# Plan\n\n## Comments\n\nnone yet\n\n${ticket(900)}`, facts);
    expect(chunks[0]?.text).toContain('none yet');
    expect(chunks[0]?.text).toContain('## Links');
    expect(chunks[1]?.headings).toEqual(['Comments']);
  });

  test('a small one is one chunk', () => {
    const body = '## Comments\n\n### Mina · 2026-02-02 09:00 UTC\n\nDone.';
    expect(chunksOf(`Do it.\n\n${body}`, facts)).toEqual([
      { headings: [], text: `${line}\n\nDo it.\n\n${body}`, lines: [5, 11] },
    ]);
  });

  test('one without text is found by its facts', () => {
    expect(chunksOf('', facts)).toEqual([{ headings: [], text: line, lines: [1, 5] }]);
  });

  test('reviews of a pull request are apart from its text, and pages have no facts before theirs', () => {
    const body = `${prose(700)}\n\n## Review threads\n\n### src/a.ts\n\n#### Line 1\n\n${prose(300)}`;
    expect(
      chunksOf(body, { type: 'pull-request', status: 'merged' }).map(({ headings }) => headings),
    ).toEqual([[], ['Review threads', 'src/a.ts', 'Line 1']]);
    expect(chunksOf(prose(700), { status: 'current' })[0]?.text).toBe(prose(700));
  });
});
