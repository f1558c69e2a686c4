export const README_FIRST = `# Checkout

Takes baskets and places orders. What it promises to others is on the page *Checkout service* of the wiki.

\`\`\`sh
make up && npm test
\`\`\`
`;

export const README = `# Checkout

Takes baskets, places orders, and bills makers. What it promises to others is on the page *Checkout service* of the wiki.

| Folder | What |
|---|---|
| \`src/orders\` | from a basket to an order |
| \`src/payment\` | the provider that takes gardeners' money |
| \`src/billing\` | fees, invoices, refunds and reminders of makers: [how billing works](docs/billing.md) |
| \`compost\` | nightly and weekly jobs, in Python: payouts, reports |
| \`migrations\` | the database; [why money is a ledger](docs/adr/0003-money-is-a-ledger.md) |

\`\`\`sh
make up && npm test
python -m pytest compost
\`\`\`

Changes below \`src/billing\` and \`compost/payouts.py\` need two approvals.
`;

export const PACKAGE = `{
  "name": "@fernhollow/checkout",
  "private": true,
  "type": "module",
  "scripts": { "test": "vitest run" }
}
`;

export const CODEOWNERS = `# Changes to money need two approvals.
/src/billing/       @priya-raman @mina-okafor
/compost/payouts.py @priya-raman @jlindqvist
/migrations/        @jlindqvist
`;

export const BILLING = `# Billing, in code

The rules are on the wiki's page *Billing*; this page tells where they live here.

- **Fees**: \`feeOf\` in [fees.ts](../src/billing/fees.ts). Percentages are constants: a change is a release, with two approvals.
- **Ledger**: \`MoneyLedger\` in [ledger.ts](../src/billing/ledger.ts), table \`money_ledger\`. Booking twice books once.
- **Invoices**: \`invoiceForMaker\` in [invoice.ts](../src/billing/invoice.ts), called for each maker on the first of the month.
- **Refunds**: \`refundOrder\`. It never touches an invoice; \`creditNoteFor\` does what is to be done about one.
- **Reminders**: \`dunningStep\` says what a maker hears who owes us.
- **Payouts**: [payouts.py](../compost/payouts.py), on Fridays.

## Trying it out

\`\`\`sh
make seed-money   # three makers: one in credit, one below zero, one not verified
npm run invoice -- --maker hazel-lane --month 2026-02 --dry-run
\`\`\`

Nothing here talks to the bank: \`compost payouts run\` does, and in the sandbox it refuses.
`;

export const LEDGER = `---
status: accepted
date: 2025-12-04
---

# 3. Money is a ledger

## Context

The old basket kept a column \`balance\` for each maker. Twice it was wrong, and nobody could say since when.

## Decision

Money is rows that are only added. The database takes the right to change them away from us.

## Consequences

- A balance is a sum: 4 ms for the largest maker.
- Mistakes stay visible, with the row that corrects them.
- Booking must be idempotent: account and order are unique.
`;

export const OUTBOX = `---
status: accepted
date: 2026-01-19
---

# 4. Events leave by an outbox

What was decided in ADR-018 for all services, here: \`order.paid\` is a row of the transaction that saves the order. The relay publishes
it at least once, so that billing must not count on once: see [3. Money is a ledger](0003-money-is-a-ledger.md).
`;

export const FEES_WHEN_KNOWN = `---
status: accepted
date: 2026-02-16
---

# 5. Fees are booked when they are known

## Context

Orders with pickup were billed 9 % (SHOP-48): the fee was booked with the payment, when nobody can know whether the plant will be
fetched or, after all, be sent.

## Decision

The fee of an order with pickup is booked with \`order.fetched\`, when the maker types the code. The day of the row decides which
invoice it is on.

## Consequences

An order of January that is fetched in February is on the invoice of February. Support has a sentence for that.
`;

export const DISCOUNTS = `---
status: accepted
date: 2026-03-02
---

# 6. Discounts are booked on account 4731

The spring sale takes 15 % off, and we bear it. By the note of finance a discount is one row per order on account 4731, beside the
maker's row over the full price. Fees are of the full price, as before. Invoices of makers don't show it; the gardener's does, as a
line below the sum.
`;
