import { mailbox } from '../../email/content/people.ts';
import type { CommitSpec } from '../fast-import.ts';
import * as billing from './billing.ts';
import * as compost from './compost.ts';
import * as database from './database.ts';
import * as texts from './documents.ts';
import * as orders from './orders.ts';

/** The history of the repository, the oldest first. Tickets, pages and talk tell the same. */
export const COMMITS: readonly CommitSpec[] = [
  {
    by: mailbox('priya'),
    at: '2025-09-16T11:00',
    message: 'Place orders: reserve, take the money, announce',
    files: {
      'README.md': texts.README_FIRST,
      'package.json': texts.PACKAGE,
      'src/orders/order.ts': orders.ORDER,
      'src/orders/place-order.ts': orders.PLACE_ORDER_FIRST,
      'src/payment/provider.ts': orders.PROVIDER,
      'migrations/0001_orders.sql': database.ORDERS,
    },
  },
  {
    by: mailbox('priya'),
    at: '2025-12-08T14:00',
    message: 'Bill makers: a ledger, fees, invoices, payouts',
    files: {
      'README.md': texts.README,
      'docs/billing.md': texts.BILLING,
      'docs/adr/0003-money-is-a-ledger.md': texts.LEDGER,
      'src/billing/fees.ts': billing.FEES,
      'src/billing/ledger.ts': billing.LEDGER,
      'src/billing/invoice.ts': billing.INVOICE_FIRST,
      'src/billing/refund.ts': billing.REFUND,
      'src/billing/dunning.ts': billing.DUNNING,
      'compost/payouts.py': compost.PAYOUTS,
      'compost/test_payouts.py': compost.TEST_PAYOUTS,
      'migrations/0021_money_ledger.sql': database.MONEY_LEDGER,
      'migrations/0022_invoices.sql': database.INVOICES,
      '.github/CODEOWNERS': texts.CODEOWNERS,
    },
  },
  {
    by: mailbox('priya'),
    at: '2026-01-12T09:30',
    message: 'The payment timeout stays below the reservation\n\nSHOP-19, after OPS-14.',
    files: {
      'src/orders/place-order.ts': orders.PLACE_ORDER,
      'test/place-order.test.ts': orders.TEST_PLACE_ORDER,
    },
  },
  {
    by: mailbox('jonas'),
    at: '2026-01-22T10:00',
    message: 'Publish events from an outbox\n\nADR-018: a dual write lost an order that was paid (OPS-14).',
    files: {
      'docs/adr/0004-outbox.md': texts.OUTBOX,
      'src/outbox/relay.ts': orders.RELAY,
      'bin/outbox': orders.OUTBOX_COMMAND,
      'migrations/0028_outbox.sql': database.OUTBOX,
    },
  },
  {
    by: mailbox('priya'),
    at: '2026-02-17T06:50',
    message: 'Book the fee of pickup orders when the code is typed\n\nSHOP-48',
    files: {
      'docs/adr/0005-fees-are-booked-when-they-are-known.md': texts.FEES_WHEN_KNOWN,
      'src/billing/on-event.ts': billing.ON_EVENT,
      'compost/fee_report.sql': database.FEE_REPORT,
    },
  },
  {
    by: mailbox('mina'),
    at: '2026-02-27T15:40',
    message: 'An invoice has a line for each order\n\nSHOP-47. Refunds are missing.',
    files: { 'src/billing/invoice.ts': billing.INVOICE, 'test/invoice.test.ts': billing.TEST_INVOICE },
  },
];

/** Of the morning that the demo shows: finance has sent its note. */
export const MORNING: readonly CommitSpec[] = [
  {
    by: mailbox('mina'),
    at: '2026-03-02T08:50',
    message: 'Decide how discounts are booked\n\nSHOP-14, with the note of finance.',
    files: { 'docs/adr/0006-discounts-are-booked-on-4731.md': texts.DISCOUNTS },
  },
];
