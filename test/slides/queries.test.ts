import { afterEach, expect, test, vi } from 'vitest';
import { openForReading } from '../../src/git/reading.ts';
import { type Item, knowledgeOf } from '../../src/slides/query/knowledge.ts';
import { deckPeriod, labelOf } from '../../src/slides/query/period.ts';
import { type Answer, Queries } from '../../src/slides/query/query.ts';
import { documentFile, writtenRepository } from '../harness/written-repository.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const doc = (source: string, type: string, id: string, fields: object) =>
  documentFile({ id, source, type, title: `Title ${id}`, ...fields }, 'text\n');

const FILES = {
  '.ctx/state/jira.yaml': 'version: 1\n',
  'jira/V/A-1.md': doc('jira', 'ticket', 'A-1', {
    status: 'In Progress',
    labels: ['incident', 'mail'],
    created: '2026-02-02T09:00:00.000Z',
    updated: '2026-03-09T09:00:00.000Z',
    views: ['V'],
    fields: { points: 1200, assignee: 'Ada', parts: ['x', 'y'] },
  }),
  'jira/V/A-2.md': doc('jira', 'ticket', 'A-2', {
    status: 'Done',
    labels: ['mail'],
    created: '2026-02-18T09:00:00.000Z',
    updated: '2026-03-01T09:00:00.000Z',
    views: ['V', 'W.1'],
    fields: { points: 300, resolved: '2026-03-01T09:00:00.000Z' },
  }),
  'confluence/ENG/page.md': doc('confluence', 'page', '10', {
    created: '2025-01-01T09:00:00Z',
    updated: '2026-03-02T09:00:00Z',
    space: 'ENG',
  }),
  'confluence/ENG/INDEX.md': '# no document\n',
  'confluence/ENG/copy.md': doc('elsewhere', 'page', '11', {}),
  'README.md': '# no document\n',
};

async function asking() {
  const repository = writtenRepository();
  repository.commit(FILES);
  const repo = await openForReading(repository.path);
  const period = deckPeriod(
    { since: '2026-03-01', until: '2026-03-31' },
    'month',
    new Date('2026-04-01T00:00:00Z'),
  );
  const knowledge = knowledgeOf(async () => repo, period);
  const queries = new Queries(knowledge);
  return {
    knowledge,
    ask: async (query: string, item: Item | null = null) => shown(await queries.ask(query, 'here', item)),
    [Symbol.asyncDispose]: async () => {
      await repo[Symbol.asyncDispose]();
      await repository[Symbol.asyncDispose]();
    },
  };
}

function shown(answer: Answer): unknown {
  if (answer.kind === 'value') return answer.number ?? answer.text;
  if (answer.kind === 'item') return answer.item.id;
  if (answer.kind === 'list') return answer.items.map(({ id }) => id);
  if (answer.kind === 'groups')
    return Object.fromEntries([...answer.groups].map(([name, items]) => [name, items.length]));
  return [...answer.names.keys()];
}

test('queries count, choose, group, order and show what documents say', async () => {
  await using asked = await asking();
  const expected: Record<string, unknown> = {
    'documents.count': 3,
    tickets: ['A-1', 'A-2'],
    'jira.views.V': ['A-1', 'A-2'],
    'jira.views."W.1".count': 1,
    'jira.views.count': 2,
    'tickets.by_status': { 'In Progress': 1, Done: 1 },
    'tickets.by_status.in_progress': ['A-1'],
    'tickets.by_labels': { mail: 2, incident: 1 },
    'tickets.where.labels.incident': ['A-1'],
    'tickets.where.status.nothing.count': 0,
    'tickets.created.count': 0,
    'tickets.updated': ['A-1', 'A-2'],
    'tickets.resolved': ['A-2'],
    'tickets.open': ['A-1'],
    'tickets.oldest': ['A-1', 'A-2'],
    'tickets.newest': ['A-2', 'A-1'],
    'tickets.first_1.titles': 'Title A-1',
    'tickets.titles': 'Title A-1\nTitle A-2',
    'tickets.sum_points': 1500,
    'tickets.by_created_week': { '2026-02-02': 1, '2026-02-09': 0, '2026-02-16': 1 },
    'tickets.by_updated_month': { '2026-03': 2 },
    'releases.count': 0,
    'releases.by_published_week': {},
    'confluence.pages.by_space': { ENG: 1 },
    'period.label': 'March 2026',
    'period.since': '2026-03-01',
    'repository.name': 'repo',
    sources: [undefined, undefined],
  };
  for (const [query, answer] of Object.entries(expected))
    expect([query, await asked.ask(query)]).toEqual([query, answer]);
  const item = { title: 'T', points: 1200, parts: ['x', 'y'], updated: '2026-03-01T12:00:00Z', none: null };
  expect(await asked.ask('item.points', item)).toBe(1200);
  expect(await asked.ask('item.parts', item)).toBe('x, y');
  expect(await asked.ask('item.updated', item)).toBe('2026-03-01');
  expect(await asked.ask('item.none', item)).toBe('');
  // Some documents have it.
  expect(await asked.ask('item.assignee', item)).toBe('');
});

test.each([
  ['ticket', 'ticket', 'tickets'],
  ['jira.view.V', 'view', 'views'],
  ['tickets.coumt', 'coumt', 'count'],
  ['tickets.by_asignee', 'by_asignee', 'by_assignee'],
  ['tickets.where.lables.x', 'where', null],
  ['tickets.count.more', 'more', null],
  ['item.title', 'item', null],
])('%s is unknown, and what is near is named', async (query, name, meant) => {
  await using asked = await asking();
  await expect(asked.ask(query)).rejects.toMatchObject({
    code: 'slides.unknown-query',
    params: { where: 'here', query, name, meant },
  });
});

test('changes are those of the history within the period, of which the first commit is no part', async () => {
  const at = (date: string) => vi.stubEnv('GIT_COMMITTER_DATE', `${date}T12:00:00Z`);
  at('2026-01-05');
  await using repository = writtenRepository();
  at('2026-02-05');
  repository.commit(FILES);
  at('2026-03-05');
  repository.commit({
    'jira/V/A-1.md': null,
    'jira/V/A-2.md': null,
    'jira/W/A-2.md': FILES['jira/V/A-2.md'],
    'confluence/ENG/page.md': doc('confluence', 'page', '10', {
      space: 'ENG',
      updated: '2026-03-03T09:00:00Z',
    }),
    'confluence/ENG/new.md': doc('confluence', 'page', '12', {}),
  });
  at('2026-04-05');
  repository.commit({ 'confluence/ENG/new.md': null });
  await using repo = await openForReading(repository.path);
  const within = async (since: string, until: string) => {
    const knowledge = knowledgeOf(async () => repo, deckPeriod({ since, until }, 'week', new Date()));
    const queries = new Queries(knowledge);
    const { kind, groups } = (await queries.ask('changes.all.by_change', 'here')) as Answer & {
      kind: 'groups';
    };
    const ids = [...groups].map(([change, items]) => [change, items.map(({ id }) => id).sort()]);
    return { kind, ...Object.fromEntries(ids), notes: knowledge.notes() };
  };
  expect(await within('2026-03-01', '2026-03-31')).toEqual({
    kind: 'groups',
    added: ['12'],
    modified: ['10'],
    renamed: ['A-2'],
    deleted: ['A-1'],
    notes: [],
  });
  const note =
    'The history begins at 2026-01-05, within the period or after it: changes before are not known.';
  expect(await within('2026-01-01', '2026-02-28')).toEqual({
    kind: 'groups',
    added: ['10', 'A-1', 'A-2'],
    notes: [note],
  });
  expect(await within('2025-01-01', '2025-02-28')).toEqual({ kind: 'groups', notes: [note] });
});

test.each([
  ['week', '2026-03-10T12:00:00', '2–8 March 2026'],
  ['week', '2026-03-09T00:00:00', '2–8 March 2026'],
  ['month', '2026-01-15T12:00:00', 'December 2025'],
  ['quarter', '2026-03-10T12:00:00', 'Q4 2025'],
  ['year', '2026-03-10T12:00:00', '2025'],
] as const)('the last whole %s at %s is %s', (kind, now, label) => {
  expect(labelOf(deckPeriod({}, kind, new Date(now)))).toBe(label);
});

test.each([
  ['2026-03-05', '2026-03-05', '5 March 2026'],
  ['2025-12-30', '2026-01-02', '30 December 2025 – 2 January 2026'],
  ['2026-02-23', '2026-03-02', '23 February – 2 March 2026'],
  [undefined, '2026-02-28', 'February 2026'],
  ['2026-04-01', '2026-06-30', 'Q2 2026'],
])('from %s to %s is %s', (since, until, label) => {
  expect(labelOf(deckPeriod({ since, until }, 'month', new Date('2026-03-10T12:00:00')))).toBe(label);
});
