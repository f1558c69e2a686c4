import { type IssueSpec, issue } from './issue-spec.ts';

/** SHOP: verification, search and what came in lately. */
export const shopLater: readonly IssueSpec[] = [
  issue('SHOP-24', 'Epic', 'To Do', 'teo > teo', '2026-01-22', 'Maker verification', {
    labels: ['makers'],
    text: 'Second quarter. Spec: {{card:PRODUCT:Maker verification}}.',
  }),
  issue('SHOP-25', 'Story', 'To Do', 'teo', '2026-01-23', 'Ask for the tax number above €600', {
    parent: 'SHOP-24',
  }),
  issue('SHOP-26', 'Story', 'To Do', 'teo', '2026-01-23', 'Plant passport upload', { parent: 'SHOP-24' }),
  issue(
    'SHOP-27',
    'Task',
    'In Progress',
    'jonas > hana',
    '2026-01-20',
    'Make the last two consumers idempotent',
    {
      sprint: 16,
      points: 5,
      links: [['Relates', 'SHOP-19']],
      text: `
      From {{page:ENG:ADR-018 Outbox instead of dual writes|ADR-018}}:

      - [ ] mail sender
      - [x] stock mirror
    `,
    },
  ),
  issue('SHOP-28', 'Bug', 'To Do', 'sora > mina', '2026-02-25', 'Seed packets show "1 kg" in the basket', {
    priority: 'Low',
    text: 'It is 1 g. Nobody complained; somebody ordered 400.',
  }),
  issue(
    'SHOP-29',
    'Bug',
    'In Progress',
    'hana > hana',
    '2026-02-24',
    'Korean titles are cut in the middle of a syllable',
    { labels: ['i18n'], text: 'We cut by code units. ^Intl.Segmenter^ knows better.' },
  ),
  issue('SHOP-30', 'Story', 'Done', 'teo > hana', '2026-01-05', 'Save a plant for later', {
    sprint: 14,
    points: 5,
  }),
  issue('SHOP-31', 'Task', 'In Review', 'bruno > hana', '2026-02-24', 'Search p95 went from 180 to 240 ms', {
    sprint: 16,
    labels: ['search', 'performance'],
    watchers: ['mina', 'bruno'],
    text: `
      ~~~text
      Bitmap Heap Scan on products  (actual time=0.9..171.2 rows=8120)
        Filter: (stock > 0)
      ~~~

      The index lost its condition in the last migration. A partial index on ^stock > 0^ brings it back to 60 ms.
    `,
  }),
  issue('SHOP-32', 'Task', 'Done', 'priya > priya', '2026-02-10', 'Log client tokens of refused orders', {}),
  issue('SHOP-33', 'Story', 'To Do', 'ada', '2026-02-11', 'Show the delivery date before the basket', {
    labels: ['research'],
    text: 'Second reason in {{card:PRODUCT:Interviews: people who gave up at shipping}}.',
  }),
  issue('SHOP-34', 'Story', 'To Do', 'hana > hana', '2026-02-11', '한국어 검색 지원', {
    labels: ['i18n', 'search'],
    points: 8,
    text: '형태소 분석기를 비교합니다. 후보는 세 가지입니다.',
  }),
  issue(
    'SHOP-35',
    'Bug',
    'Done',
    'mina > mina',
    '2026-02-04',
    'Order page crashes for baskets of one maker',
    { sprint: 15, priority: 'High' },
  ),
  issue('SHOP-36', 'Story', 'To Do', 'sora > teo', '2026-02-14', 'Print shipping labels for makers', {
    labels: ['makers'],
    points: 8,
    watchers: ['mina'],
  }),
  issue('SHOP-37', 'Task', 'To Do', 'priya > mina', '2026-02-16', 'Remove the flag basket-v2', {
    sprint: 17,
    labels: ['flags'],
    text: 'It has been on for everyone since {{date:2026-02-02}}. Two sprints are over on March 2.',
  }),
  issue('SHOP-38', 'Bug', 'Done', 'teo > priya', '2026-02-17', 'Typo in the cancellation mail', {}),
  issue('SHOP-39', 'Task', 'To Do', 'mina > mina', '2026-02-18', 'Load the maker page without its reviews', {
    labels: ['performance'],
    points: 2,
  }),
  issue('SHOP-40', 'Task', 'To Do', 'teo > teo', '2026-02-19', 'Compare three verification providers', {
    parent: 'SHOP-24',
    due: '2026-03-13',
  }),
  issue('SHOP-41', 'Task', 'Done', 'hana > hana', '2026-02-19', 'Upgrade Node to 24', { sprint: 15 }),
  issue('SHOP-42', 'Story', 'To Do', 'ada', '2026-02-20', 'Gift cards', {
    labels: ['idea'],
    text: 'Waiting for the lawyers. {{card:PRODUCT:Gift cards}}',
  }),
  issue(
    'SHOP-43',
    'Bug',
    'In Progress',
    'sora > mina',
    '2026-02-26',
    'Back button empties the basket on phones',
    {
      priority: 'High',
      sprint: 16,
      text: 'Only in private tabs: the basket lives in ^sessionStorage^ there.',
      comments: [
        [
          'mina',
          '2026-02-27 13:00',
          'Reproduced. The page cache brings back a page from before the basket was written.',
        ],
      ],
    },
  ),
  issue('SHOP-44', 'Task', 'To Do', 'bruno', '2026-02-26', 'Write down who may change prices', {}),
  issue(
    'SHOP-45',
    'Bug',
    'To Do',
    'teo > priya',
    '2026-02-27',
    'Filter "ships to my country" forgets itself',
    { priority: 'Medium' },
  ),
  issue('SHOP-46', 'Task', 'To Do', 'bruno > bruno', '2026-02-27', 'Answers for the payment audit', {
    level: '10501',
    labels: ['audit'],
    text: 'Draft answers. Only for leads until they are sent.',
  }),
];
