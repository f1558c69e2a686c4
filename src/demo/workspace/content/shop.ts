import { type IssueSpec, issue } from './issue-spec.ts';

/** SHOP: the storefront's tickets on pickup, the sale and the basket. */
export const shop: readonly IssueSpec[] = [
  issue('SHOP-1', 'Epic', 'In Progress', 'teo > teo', '2025-11-18', 'Local pickup', {
    labels: ['pickup'],
    priority: 'High',
    due: '2026-03-20',
    watchers: ['mina', 'sora'],
    text: `
      Gardeners fetch heavy plants themselves. The spec is {{card:PRODUCT:Local pickup}}.

      ## Done when

      - a maker can set hours and a place,
      - a gardener can choose pickup and gets a code,
      - the maker types the code and is paid.
    `,
  }),
  issue('SHOP-2', 'Story', 'Done', 'teo > priya', '2025-12-01', 'Makers set pickup hours', {
    parent: 'SHOP-1',
    sprint: 14,
    points: 5,
    text: 'As a maker I set the hours in which people may come, per weekday. Holidays are exceptions to the week, not a calendar of their own.',
    comments: [['sora', '2025-12-04 06:00', 'Wording: *hours*, not *slots*.']],
  }),
  issue('SHOP-3', 'Story', 'In Review', 'teo > mina', '2025-12-01', 'Choose pickup in the basket', {
    parent: 'SHOP-1',
    sprint: 16,
    points: 8,
    priority: 'High',
    labels: ['pickup', 'basket'],
    text: `
      The choice appears only when **every** line of the basket can be fetched from the same maker.

      | Basket | Offer pickup? |
      |---|---|
      | one lemon tree | yes |
      | lemon tree + seeds of another maker | no |
      | only seeds | no |

      [x] Layout from {{@sora}}
      [ ] Translations
      [ ] Event ^pickup.chosen^

      :::note
      The price must not change when people switch back to shipping. It did, see {{issue:SHOP-5}}.
      :::
    `,
    comments: [
      ['priya', '2026-02-24 10:00', 'Two small remarks in the review, otherwise ready.'],
      ['mina', '2026-02-26 16:40', 'Both done. Waiting for the translations, {{@sora}}.'],
    ],
    files: [['basket-pickup.txt', 'text/plain', 'Ship it / Fetch it myself']],
  }),
  issue('SHOP-4', 'Story', 'To Do', 'teo > hana', '2025-12-02', 'Maker types the pickup code', {
    parent: 'SHOP-1',
    sprint: 17,
    points: 5,
    text: 'Four fields, one digit each. Works with one thumb and dirty hands.',
  }),
  issue(
    'SHOP-5',
    'Bug',
    'Done',
    'sora > mina',
    '2026-01-27',
    'Price changes when switching from pickup to shipping',
    {
      parent: 'SHOP-1',
      sprint: 15,
      priority: 'High',
      text: `
      1. Put a lemon tree into the basket.
      2. Choose *Fetch it myself*, then *Ship it*.
      3. The total is €31 higher than before step 2.

      Shipping is added twice: once by the basket, once by the switch.

      ~~~typescript
      total += shipping; // runs on each render
      ~~~
    `,
      comments: [
        ['mina', '2026-01-28 11:00', 'The switch now asks the basket for its total instead of adding to it.'],
      ],
    },
  ),
  issue('SHOP-6', 'Task', 'In Progress', 'teo > jonas', '2026-02-12', 'Reservations of 14 days for pickup', {
    parent: 'SHOP-1',
    sprint: 16,
    points: 3,
    labels: ['pickup', 'stock'],
    links: [['Blocks', 'SHOP-4']],
    watchers: ['mina'],
    text: 'The ledger knows reservations of any length. The sweeper assumes ten minutes; it must read the end from the row.',
  }),
  issue('SHOP-7', 'Sub-task', 'Done', 'jonas > jonas', '2026-02-13', 'Column reserved_until', {
    parent: 'SHOP-6',
  }),
  issue('SHOP-8', 'Sub-task', 'In Progress', 'jonas > mina', '2026-02-13', 'Sweeper reads reserved_until', {
    parent: 'SHOP-6',
    text: 'With a test for the case that bit us in {{issue:SHOP-5}}: two reservations of the same line.',
  }),
  issue('SHOP-9', 'Story', 'To Do', 'sora', '2026-02-09', 'Pickup emails', {
    parent: 'SHOP-1',
    points: 3,
    labels: ['copy'],
    text: 'Texts are on {{card:PRODUCT:Pickup emails}}.',
  }),
  issue('SHOP-10', 'Epic', 'In Progress', 'ada > ada', '2026-01-08', 'Spring sale 2026', {
    labels: ['sale'],
    priority: 'Highest',
    due: '2026-03-20',
    watchers: ['mina'],
    text: 'See {{card:PRODUCT:Spring sale 2026}}. Everything that must be there on March 20.',
  }),
  issue('SHOP-11', 'Story', 'Done', 'ada > priya', '2026-01-09', 'Sale banner on the home page', {
    parent: 'SHOP-10',
    sprint: 15,
    points: 2,
  }),
  issue('SHOP-12', 'Story', 'Blocked', 'ada > mina', '2026-01-09', 'Discount service', {
    parent: 'SHOP-10',
    sprint: 16,
    points: 13,
    priority: 'Highest',
    labels: ['sale', 'checkout'],
    text: `
      15 % off, paid by us: the maker gets the full price.

      :::warning Blocked
      Finance must confirm how the difference is booked. Without that we can't write the ledger rows.
      :::

      <> The discount is a line of its own, never a changed price.
    `,
    comments: longThread(),
  }),
  issue('SHOP-13', 'Sub-task', 'Done', 'mina > mina', '2026-01-14', 'Discount lines in the order', {
    parent: 'SHOP-12',
  }),
  issue('SHOP-14', 'Sub-task', 'To Do', 'mina > mina', '2026-01-14', 'Ledger rows for discounts', {
    parent: 'SHOP-12',
  }),
  issue('SHOP-15', 'Task', 'To Do', 'ada > sora', '2026-02-16', 'Vouchers as plan B for the sale', {
    parent: 'SHOP-10',
    text: 'Only if {{issue:SHOP-12}} is not merged by March 11.',
  }),
  issue(
    'SHOP-16',
    'Bug',
    'Done',
    'hana > hana',
    '2025-12-09',
    'Wreaths are sorted by weight instead of price',
    { sprint: 14 },
  ),
  issue(
    'SHOP-17',
    'Bug',
    "Done: Won't Do",
    'sora > teo',
    '2025-12-11',
    'Logo has a one pixel gap in an old browser',
    { priority: 'Lowest' },
  ),
  issue(
    'SHOP-18',
    'Bug',
    'Done: Duplicate',
    'teo > mina',
    '2026-01-29',
    'Total wrong after going back to shipping',
    { links: [['Duplicate', 'SHOP-5']] },
  ),
  issue(
    'SHOP-19',
    'Task',
    'Done',
    'mina > priya',
    '2026-01-12',
    'Test that the payment timeout stays below the reservation',
    { sprint: 15, labels: ['checkout'] },
  ),
  issue(
    'SHOP-20',
    'Bug',
    'Done: Cannot Reproduce',
    'ada > hana',
    '2026-01-15',
    'Search shows nothing on the first visit',
    {},
  ),
  issue('SHOP-21', 'Task', 'In Progress', 'mina > priya', '2026-01-30', 'Quarantine the flaky cart tests', {
    sprint: 16,
    labels: ['tests'],
    watchers: ['mina'],
    text: 'Red in 6 of 100 runs. Timer of the toast; see the retro notes {{card:ENG:Team retro 🌱}}.',
  }),
  issue('SHOP-22', 'Story', 'To Do', 'sora', '2026-02-02', 'Release notes page for gardeners', {
    labels: ['copy'],
    points: 3,
  }),
  issue('SHOP-23', 'Task', 'Done', 'priya > priya', '2026-02-03', 'Delete the old basket', {
    sprint: 15,
    points: 5,
  }),
];

/** More comments than an issue carries within itself. */
function longThread(): [string, string, string][] {
  const open: [string, string, string][] = [
    ['mina', '2026-02-02 09:00', 'I start with the lines of the order; the ledger can wait for finance.'],
    ['ada', '2026-02-02 10:12', 'Finance answers this week. I asked for a one-page note.'],
    ['priya', '2026-02-03 06:30', 'Does the maker see the discount on the invoice?'],
    ['ada', '2026-02-03 09:00', 'No. They see their price. The gardener sees both.'],
  ];
  const days = Array.from({ length: 22 }, (_, index): [string, string, string] => {
    const day = new Date(Date.UTC(2026, 1, 4 + index)).toISOString().slice(0, 10);
    const count = 40 + index * 3;
    return [
      'greenhouse',
      `${day} 04:00`,
      `Nightly run of branch ^discount-service^: ${count} tests, all green.`,
    ];
  });
  const close: [string, string, string][] = [
    ['ada', '2026-02-26 09:00', 'Finance wants the discount on account 4731. The note comes on Monday.'],
    ['mina', '2026-02-26 09:20', 'Then two days are enough. Keeping this blocked until I see the note.'],
  ];
  return [...open, ...days, ...close];
}
