import { type IssueSpec, issue } from './issue-spec.ts';

/** SHOP: what makers are billed, and how they are told. */
export const shopBilling: readonly IssueSpec[] = [
  issue(
    'SHOP-47',
    'Story',
    'In Progress',
    'ada > mina',
    '2026-02-24',
    'Fees by order on the maker’s invoice',
    {
      priority: 'High',
      sprint: 16,
      points: 5,
      labels: ['billing', 'makers'],
      watchers: ['priya'],
      text: `
      The invoice has one sum for the month. Makers write to support because they can't tell which order a fee belongs to: 31 mails in January. How fees come about is in {{card:ENG:Billing}}.

      ## Acceptance criteria

      - Each order of the month has a line: its number, its day, the goods, the fee.
      - Orders that were fetched show 5 %, those that were shipped 9 %; the least fee of €0.30 says that it is one.
      - A refund is a line below zero and names the order and the credit note.
      - The lines add up to the sum of the invoice, to the cent. A test holds it for 10,000 orders.
      - Invoices that are out stay as they are.

      ## Not part of it

      The layout for printing.
    `,
      comments: [
        [
          'priya',
          '2026-02-25 06:10',
          'Round once per order and the sum is right by itself. ^feeOf^ does so since December.',
        ],
        ['sora', '2026-02-26 02:00', 'Wording: *Our fee*, not *Commission*. It is our fee.'],
        [
          'mina',
          '2026-02-27 16:00',
          'Lines are there, ^invoiceForMaker^ returns them. Refunds are next; the pull request is a draft.',
        ],
      ],
    },
  ),
  issue(
    'SHOP-48',
    'Bug',
    'Done',
    'teo > priya',
    '2026-02-16',
    'Pickup orders are billed 9 % instead of 5 %',
    {
      priority: 'Highest',
      sprint: 16,
      labels: ['billing', 'pickup'],
      links: [['Relates', 'SHOP-1']],
      text: `
      Three makers of the two towns were billed the fee for shipping. The fee is booked when the order is paid; whether it is fetched is only known later.

      ## Acceptance criteria

      - The fee of an order with pickup is booked when the maker types the code.
      - The three makers have the difference back, by credit note.
    `,
      comments: [
        [
          'priya',
          '2026-02-17 07:00',
          'Fixed: ^order.fetched^ books it. Credit notes FH-2026-000409 to 411 are out.',
        ],
        ['teo', '2026-02-18 09:00', 'Told all three. One sent a photo of her lemon tree.'],
      ],
    },
  ),
  issue(
    'SHOP-49',
    'Bug',
    'To Do',
    'ada > hana',
    '2026-02-26',
    'Second reminder goes out although the maker has paid',
    {
      labels: ['billing', 'mail'],
      text: `
      A maker filled up her balance on Thursday and got the second reminder on Friday. The reminders read yesterday's balances.

      ## Acceptance criteria

      [ ] A reminder looks at the balance of the moment in which it is sent.
      [ ] Whoever is at or above zero gets none, whatever stands in the queue.
    `,
    },
  ),
];
