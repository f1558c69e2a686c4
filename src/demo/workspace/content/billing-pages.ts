import type { PageSpec } from './page-spec.ts';
import { macro } from './to-storage.ts';

const CODE = 'https://github.fernhollow.example/fernhollow/checkout/blob/main';

/** ENG: how makers are billed. */
export const engBilling: readonly PageSpec[] = [
  {
    title: 'Billing',
    under: 'Architecture',
    by: 'priya',
    on: '2025-12-08 09:00',
    labels: ['architecture', 'billing', 'money'],
    body: `
      ${macro('excerpt', { rich: '<p>Gardeners pay us, we pay makers, and once a month makers get an invoice over our fees. How a gardener pays is in Checkout service; this page begins where that one ends.</p>' })}

      ${macro('toc', { parameters: { minLevel: '2', maxLevel: '2' } })}

      ## From an order to a payout

      1. ^order.paid^ arrives. Billing books two rows into the money ledger: the full price for the maker, the fee for us.
      2. The money waits for **7 days** after it was booked: time to send a plant back.
      3. Every Friday at 06:00 UTC ^compost^ pays each maker what is due, if it is €20 or more and the maker is verified ({{page:PRODUCT:Maker verification}}).
      4. On the first of the month at 03:00 UTC each maker gets an invoice over the fees of the month before.

      Money is a ledger, like stock in {{page:Seedbank (stock)}}: each change is a row, the balance is a sum, and no row is ever changed.

      ## Fees

      | What | Fee | Booked |
      |---|---|---|
      | Order that is shipped | 9 % of the goods | when it is paid |
      | Order that is fetched | 5 % of the goods | when the maker types the code |
      | Any order | at least €0.30 | with the fee |

      Shipping carries no fee. The fee is rounded once per order, never per line. A discount that we bear does not touch it: the fee is of the full price.

      ## Invoices

      Numbers have no gaps and begin anew each year: ^FH-2026-000412^. An invoice is never changed and never deleted; what was wrong is put right by a credit note, which has a number of the same row. The code is ^invoiceForMaker^ in [invoice.ts](${CODE}/src/billing/invoice.ts); [billing in code](${CODE}/docs/billing.md) tells where the rest is.

      The tax office wants them for ten years, so they lie in object storage, not in the database.

      ## Refunds

      A refund gives the gardener the price and the maker the fee back. If the maker was already paid, their balance goes below zero and the next payouts fill it up first. If the invoice is already out, the fee comes back with a credit note.

      ## When a maker owes us

      A balance below zero that no sale fills up is reminded of. We never charge interest.

      | Days below zero | What happens |
      |---|---|
      | 14 | first reminder, by mail |
      | 28 | second reminder; new products can't be published |
      | 42 | the shop is paused, and {{@ada}} calls |

      <> No reminder below €5: the mail costs more goodwill than it brings.

      ## Who may change this

      Changes to money need two approvals ({{page:ADR-014 One approval is enough}}). When payouts are late: {{page:INFRA:Payouts are late}}.
    `,
    comments: [
      {
        by: 'hana',
        on: '2025-12-09 03:10',
        text: 'What if a refund comes after the payout *and* after the invoice?',
        replies: [
          {
            by: 'priya',
            on: '2025-12-09 08:00',
            text: 'Then both: the balance goes down today, and the credit note comes with the next invoice.',
          },
        ],
      },
      {
        by: 'ada',
        on: '2026-02-24 09:30',
        text: 'Makers ask which order a fee belongs to. That will stand on the invoice with {{issue:SHOP-47}}.',
      },
    ],
  },
];

/** INFRA: what to do when makers wait for their money. */
export const infraBilling: readonly PageSpec[] = [
  {
    title: 'Payouts are late',
    under: 'Runbooks',
    by: 'priya',
    on: '2026-01-23 10:00',
    labels: ['runbook', 'billing'],
    body: `
      ${macro('excerpt', { rich: '<p>Makers write that their money is not there.</p>' })}

      ## Check

      ~~~bash
      greenhouse exec compost -- payouts status --week 2026-W09
      greenhouse exec checkout -- bin/outbox stuck
      ~~~

      ## Then

      1. Nothing ran: a holiday of the banks? Payouts move to the next working day, by themselves.
      2. It stopped midway: run it again. ^compost payouts run --week 2026-W09^ pays nobody twice, because maker and week are the key of a payout.
      3. One maker only: not verified, below €20, or a balance below zero. See {{page:ENG:Billing}}.
      4. Never pay by hand. A transfer that is not in the ledger is found by the accountants in March, and by us in tears.

      More than ten makers: open an incident and tell {{@ada}}, who writes to them.
    `,
  },
];

/** PRODUCT: answers for makers, of which one is on billing. */
export const productBilling: readonly PageSpec[] = [
  {
    title: 'What makers ask us',
    under: 'Research',
    by: 'sora',
    on: '2026-02-17 05:00',
    labels: ['research', 'makers'],
    body: `
      The five questions that came most often this winter, and what we answer.

      1. **May I sell cuttings?** Yes, with a plant passport if they go to the EU.
      2. **Who pays for a pot that breaks?** We do, twice. Then we talk about packing.
      3. **When do I get my money?** Fridays, a week after the plant was paid or fetched. How that works inside is in {{page:ENG:Billing}}.
      4. **Can I close for a holiday?** Set the shop to *resting*. Orders that are paid still have to leave.
      5. **Why is my plant not found?** Write its Latin name into the title.
    `,
  },
];
