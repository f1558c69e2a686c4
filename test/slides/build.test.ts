import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readPptx } from '../harness/pptx.ts';
import { documentFile, type WrittenRepository, writtenRepository } from '../harness/written-repository.ts';
import { PNG } from './example.ts';

/** A template of one slide each for text, table, chart and image, upon the shipped presentation. */
function ownTemplate(
  repository: WrittenRepository,
  changes: (yaml: string) => string = (yaml) => yaml,
): void {
  const shipped = new URL('../../templates/slides/weekly-changes/template.pptx', import.meta.url);
  const yaml = `description: ours
pptx: template.pptx
period: week
title: Ours
layouts:
  text: { slide: 3, vars: [title, body, footer] }
  table: { slide: 5, vars: [title, lead, footer], tables: { table: { columns: 2, rows: 3 } } }
  chart: { slide: 6, vars: [title, lead, body, footer], charts: [chart] }
  image: { slide: 8, vars: [title, caption, footer], images: [image] }
vars: { footer: "{{deck}} · {{period}}", lead: "", body: "", caption: "" }
slides:
  - { layout: text, vars: { title: "{{deck}}" } }
`;
  repository.commit({ 'slides/ours/template.yaml': changes(yaml) });
  writeFileSync(join(repository.path, 'slides', 'ours', 'template.pptx'), readFileSync(shipped));
}

async function build(repository: WrittenRepository, data: string, args: readonly string[] = []) {
  writeFileSync(join(repository.path, 'data.yaml'), data);
  return await repository.run(['slides', 'build', '--template', 'ours', '--data', 'data.yaml', ...args]);
}

const ticket = (key: string, title: string, fields: object) =>
  documentFile({ id: key, key, title, source: 'jira', type: 'ticket', ...fields }, 'body\n');

const TICKETS = {
  '.ctx/state/jira.yaml': 'version: 1\n',
  'jira/OPEN/A-1.md': ticket('A-1', 'First & <foremost>', {
    status: 'In Progress',
    created: '2026-03-03T09:00:00.000Z',
    updated: '2026-03-05T09:00:00.000Z',
    views: ['OPEN'],
    fields: { assignee: 'Ada', points: 3 },
  }),
  'jira/OPEN/A-2.md': ticket('A-2', 'Second', {
    status: 'Done',
    created: '2026-02-03T09:00:00.000Z',
    updated: '2026-03-04T09:00:00.000Z',
    views: ['OPEN', 'ALL'],
    fields: { assignee: 'Ada', resolved: '2026-03-04T09:00:00.000Z', points: 5 },
  }),
};

test('a deck of data: repeated slides, tables, charts and images, with what the repository knows', async () => {
  await using repository = writtenRepository();
  repository.commit(TICKETS);
  ownTemplate(repository);
  writeFileSync(join(repository.path, 'a.png'), PNG);
  const { code, stdout, stderr } = await build(
    repository,
    `title: Ours & theirs
period: { since: 2026-03-01, until: 2026-03-07 }
vars: { who: "the team" }
images: { picture: { path: a.png, alt: "{{who}}" } }
slides:
  - { layout: text, vars: { title: "By {{who}}", body: "{{query: jira.views.OPEN.count}} open, {{query: tickets.resolved.count}} done" } }
  - layout: text
    repeat: { query: tickets.by_assignee }
    vars: { title: "{{query: item.name}}: {{query: item.count}}" }
    notes: "About {{query: item.name}}"
  - layout: text
    repeat: [{ name: one }, { name: two }]
    vars: { title: "{{query: item.name}}" }
  - layout: table
    repeat: { query: sources }
    vars: { title: "{{query: item.name}}", lead: "{{query: item.count}}" }
    tables: { table: { query: item.documents, columns: { Key: key } } }
  - layout: table
    vars: { title: Tickets }
    tables: { table: { query: jira.documents, columns: { Key: key, What: title } } }
  - layout: chart
    vars: { title: Chart }
    charts: { chart: { kind: pie, series: { Tickets: tickets.by_status } } }
  - { layout: image, vars: { title: Image }, images: { image: picture } }
  - { layout: text, when: "{{query: releases.count}}", vars: { title: never } }
`,
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('8 slides: ');
  const read = await readPptx(readFileSync(join(repository.path, 'ours.pptx')));
  expect(read.slides.map(({ texts }) => texts[0])).toEqual([
    'By the team',
    'Ada: 2',
    'one',
    'two',
    'jira',
    'Tickets',
    'Chart',
    'Image',
  ]);
  expect(read.slides[0]?.texts.slice(1, 3)).toEqual(['Ours & theirs · 1–7 March 2026', '2 open, 1 done']);
  expect(read.slides[1]?.notes).toBe('About Ada');
  expect(read.slides[4]?.tables).toEqual([[['Key'], ['A-1'], ['A-2']]]);
  expect(read.slides[5]?.tables).toEqual([
    [
      ['Key', 'What'],
      ['A-1', 'First & <foremost>'],
      ['A-2', 'Second'],
    ],
  ]);
  expect(read.slides[7]?.xml).toContain('descr="the team"');
  expect(readdirSync(repository.path).filter((name) => name.includes('.tmp'))).toEqual([]);
});

test('a dry run says what there would be, as text and as JSON, and writes nothing', async () => {
  await using repository = writtenRepository();
  ownTemplate(repository);
  const dry = await build(repository, 'title: T\n', [
    '--dry-run',
    '--since',
    '2026-01-01',
    '--until',
    '2026-03-31',
  ]);
  expect([dry.code, dry.stdout]).toEqual([0, '  1  T · text\n']);
  const json = await build(repository, 'title: T\n', [
    '--dry-run',
    '--json',
    '--since',
    '2026-01-01',
    '--until',
    '2026-03-31',
  ]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    template: 'ours',
    target: 'pptx',
    period: 'Q1 2026',
    location: null,
    slides: [{ layout: 'text', vars: { title: 'T', body: '', footer: 'T · Q1 2026' }, notes: null }],
  });
  expect(existsSync(join(repository.path, 'ours.pptx'))).toBe(false);
});

/** Of the tests that change nothing. */
let repository: WrittenRepository;

beforeAll(() => {
  repository = writtenRepository();
  repository.commit(TICKETS);
  ownTemplate(repository);
  return () => repository[Symbol.asyncDispose]();
});

const TEXT = 'layout: text, vars: { title: t }';

test.each([
  ['slides:\n  - { layout: txt }', 'Slide 1: the template ours has no layout txt.', 'Did you mean text?'],
  ['slides:\n  - { layout: text }', 'Slide 1 (text) of ours has nothing for {{title}}.', 'by its name'],
  [
    'slides:\n  - { layout: text, vars: { title: t, titel: u } }',
    'Slide 1 (text) of ours has no place for {{titel}}.',
    '{{title}}',
  ],
  [
    'vars: { footr: x }',
    'No slide of ours uses footr, which is given for all of them.',
    'Did you mean footer?',
  ],
  ['tables: { risks: { header: [a], rows: [] } }', 'No slide of ours uses tables.risks', 'They use'],
  [
    `slides:\n  - { ${TEXT} }\n  - { layout: text, vars: { title: "{{who}}" } }`,
    'Slide 2 (text) of ours: nothing is called {{who}}.',
    'There are',
  ],
  [
    'vars: { body: "{{lead}}", lead: "{{body}}" }',
    'these stand for each other: body, lead, body',
    'text of its own',
  ],
  [
    'slides:\n  - { layout: table, vars: { title: t }, tables: { table: { header: [a], rows: [[1], [2], [3], [4]] } } }',
    'Slide 1 (table) of ours: {{table: table}} has 4 rows, and there is room for 3.',
    'limit',
  ],
  [
    'slides:\n  - { layout: table, vars: { title: t }, tables: { table: { header: [a, b, c], rows: [] } } }',
    '{{table: table}} has 3 columns, and there is room for 2.',
    'Leave columns out',
  ],
  [
    'slides:\n  - { layout: table, vars: { title: t }, tables: { table: { header: [a], rows: [[1, 2]] } } }',
    '{{table: table}} has 1 columns, and 2 cells in row 1.',
    'Each row',
  ],
  [
    'slides:\n  - { layout: table, vars: { title: t }, tables: { table: risks } }',
    'nothing is called {{tables: risks}}',
    'There are none',
  ],
  ['slides:\n  - { layout: table, vars: { title: t } }', 'has nothing for {{table: table}}.', 'by its name'],
  [
    'slides:\n  - { layout: chart, vars: { title: t }, charts: { chart: { kind: pie, categories: [a], series: [] } } }',
    '{{chart: chart}} has nothing to show.',
    '`when`',
  ],
  [
    'slides:\n  - { layout: chart, vars: { title: t }, charts: { chart: { kind: bar, categories: [a], series: [{ name: s, values: [1, 2] }] } } }',
    '{{chart: chart}} has 1 categories, and 2 values in a series.',
    'Each row',
  ],
  [
    'slides:\n  - { layout: image, vars: { title: t }, images: { image: { path: none.png } } }',
    'none.png, which does not exist.',
    'PNG or JPEG',
  ],
  [
    'slides:\n  - { layout: image, vars: { title: t }, images: { image: { path: data.yaml } } }',
    'data.yaml, which is neither PNG nor JPEG.',
    'PNG or JPEG',
  ],
  [
    'slides:\n  - { layout: text, vars: { title: "{{query: jira.views.OPEM.count}}" } }',
    'Slide 1 (text) of ours: {{query: jira.views.OPEM.count}}: there is no OPEM.',
    'Did you mean OPEN?',
  ],
  [
    'slides:\n  - { layout: text, vars: { title: "{{query: tickts.count}}" } }',
    'there is no tickts.',
    'Did you mean tickets?',
  ],
  [
    'slides:\n  - { layout: text, vars: { title: "{{query: tickets.by_assignees.count}}" } }',
    'there is no by_assignees.',
    'by_assignee',
  ],
  [
    'slides:\n  - { layout: text, vars: { title: "{{query: tickets}}" } }',
    '{{query: tickets}} is a list, and one value is needed here.',
    '`.count` counts',
  ],
  [
    'slides:\n  - { layout: chart, vars: { title: t }, charts: { chart: { kind: bar, series: { A: tickets } } } }',
    'is a list, and groups is needed here.',
    'lists the queries',
  ],
  [
    'slides:\n  - { layout: text, vars: { title: t }, repeet: [] }',
    'data.yaml:2:41: slides[0].repeet is not known; did you mean repeat?',
    'slides.md',
  ],
  ['title: [', 'data.yaml:', 'slides.md'],
  [
    'charts: { a: { kind: donut } }',
    'data.yaml:1:14: charts.a must be kind, categories and series',
    'slides.md',
  ],
  [
    'period: { since: 2026-03-02, until: 2026-03-01 }',
    '--until 2026-03-01 is before --since 2026-03-02',
    'earlier date',
  ],
])('data %j: an error that names the place, and nothing is written', async (data, message, hint) => {
  const { code, stdout, stderr } = await build(repository, `${data}\n`);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
  expect(readdirSync(repository.path).filter((name) => name.includes('ours.pptx'))).toEqual([]);
});

test.each([
  ['slide: 3,', 'slide: 30,', 'text is its slide 30, and it has 8'],
  [
    'vars: [title, body, footer] }',
    'vars: [title, footer] }',
    'would show {{body}}, which the layout does not name',
  ],
  [
    'vars: [title, body, footer] }',
    'vars: [title, body, footer, extra] }',
    'has no {{extra}} on the slide of this layout',
  ],
  ['pptx: template.pptx\n', '', 'has nothing for the target pptx'],
  ['template.pptx', 'gone.pptx', 'gone.pptx cannot be read (ENOENT)'],
])('a template with %j as %j is refused before anything is written', async (from, to, message) => {
  await using repository = writtenRepository();
  ownTemplate(repository, (yaml) =>
    `${yaml.replace(from, to)}`.replace('caption: "" }', 'caption: "", extra: "" }'),
  );
  const { code, stderr } = await build(repository, 'title: T\n');
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(existsSync(join(repository.path, 'ours.pptx'))).toBe(false);
});

test('what is asked for must be there, and be one thing', async () => {
  const refused = async (...args: string[]) => (await repository.run(['slides', 'build', ...args])).stderr;
  expect(await refused()).toContain('neither a template nor an outline');
  expect(await refused('--template', 'weekly-change')).toContain('Did you mean weekly-changes?');
  expect(await refused('--template', 'weekly-changes', '--data', 'none.yaml')).toContain(
    'none.yaml cannot be read (ENOENT)',
  );
  expect(await refused('a.md', '--data', 'b.yaml')).toContain('not of both');
});

test('a deck that asks nothing of the repository needs none', async () => {
  await using repository = writtenRepository();
  ownTemplate(repository);
  const args = [
    'slides',
    'build',
    '-t',
    'ours',
    '--config',
    join(repository.path, 'context.config.yaml'),
    '-o',
    'o.pptx',
  ];
  writeFileSync(join(repository.path, 'context.config.yaml'), 'version: 1\n');
  const { code, stderr } = await repository.run(args, { cwd: repository.root });
  expect([code, stderr]).toEqual([0, '']);
  expect(existsSync(join(repository.root, 'o.pptx'))).toBe(true);
});
