export const FEES = `import type { Order } from "../orders/order.ts";

/** What we keep of the goods, in percent. Shipping carries no fee. */
export const FEE_PERCENT = { shipped: 9, pickup: 5 } as const;

/** In cents: less than this costs more to book than it brings. */
export const LEAST_FEE = 30;

/** The full price of the goods in cents. A discount that we bear costs the maker nothing. */
export function goodsOf({ lines }: Order): number {
  return lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
}

/** Our fee of one order in cents, rounded once: the fees of a month then add up to its invoice. */
export function feeOf(order: Order): number {
  return Math.max(LEAST_FEE, Math.round((goodsOf(order) * FEE_PERCENT[order.delivery]) / 100));
}
`;

export const LEDGER = `import type { Database } from "../database.ts";

export type Account = "maker" | "fee" | "payout";

export interface LedgerRow {
  readonly account: Account;
  readonly maker: string;
  readonly order: string | null;
  /** In cents; what the maker gets is above zero. */
  readonly amount: number;
  readonly bookedOn: string;
}

/** Money as rows that are only ever added: a balance is a sum, and a mistake is corrected by a row against it. */
export class MoneyLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Booking the same order on the same account twice books it once. */
  async book(rows: readonly LedgerRow[]): Promise<void> {
    for (const { account, maker, order, amount, bookedOn } of rows)
      await this.#database.query(
        "INSERT INTO money_ledger (account, maker, order_id, amount, booked_on) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        [account, maker, order, amount, bookedOn],
      );
  }

  /** What we owe a maker, in cents; below zero the maker owes us. */
  async balanceOf(maker: string): Promise<number> {
    const [row] = await this.#database.query("SELECT coalesce(sum(amount), 0) AS balance FROM money_ledger WHERE maker = $1", [maker]);
    return Number(row.balance);
  }

  /** The fees that were booked within a month, such as 2026-02: the day of the row counts, not that of the order. */
  async feesOf(maker: string, month: string): Promise<LedgerRow[]> {
    return this.#database.query(
      "SELECT * FROM money_ledger WHERE maker = $1 AND account = 'fee' AND to_char(booked_on, 'YYYY-MM') = $2 ORDER BY booked_on, id",
      [maker, month],
    );
  }
}
`;

export const INVOICE_FIRST = `import type { MoneyLedger } from "./ledger.ts";

export interface Invoice {
  /** Such as FH-2026-000412. Without gaps, anew each year. */
  readonly number: string;
  readonly maker: string;
  readonly month: string;
  /** In cents. */
  readonly total: number;
}

/** The invoice over a maker's fees of one month; none if there were no fees. Never changed once it has a number. */
export async function invoiceForMaker(
  maker: string,
  month: string,
  { ledger, numbers }: { ledger: MoneyLedger; numbers: InvoiceNumbers },
): Promise<Invoice | undefined> {
  const fees = await ledger.feesOf(maker, month);
  if (fees.length === 0) return undefined;
  const total = -fees.reduce((sum, { amount }) => sum + amount, 0);
  return { number: await numbers.next(month.slice(0, 4)), maker, month, total };
}
`;

export const INVOICE = `import type { LedgerRow, MoneyLedger } from "./ledger.ts";

export interface InvoiceLine {
  readonly order: string;
  readonly day: string;
  /** Our fee, in cents. */
  readonly fee: number;
}

export interface Invoice {
  /** Such as FH-2026-000412. Without gaps, anew each year. */
  readonly number: string;
  readonly maker: string;
  readonly month: string;
  readonly lines: readonly InvoiceLine[];
  /** In cents: the sum of the lines. */
  readonly total: number;
}

/** The invoice over a maker's fees of one month; none if there were no fees. Never changed once it has a number. */
export async function invoiceForMaker(
  maker: string,
  month: string,
  { ledger, numbers }: { ledger: MoneyLedger; numbers: InvoiceNumbers },
): Promise<Invoice | undefined> {
  const lines = (await ledger.feesOf(maker, month)).map(lineOf);
  if (lines.length === 0) return undefined;
  const total = lines.reduce((sum, { fee }) => sum + fee, 0);
  return { number: await numbers.next(month.slice(0, 4)), maker, month, lines, total };
}

function lineOf({ order, bookedOn, amount }: LedgerRow): InvoiceLine {
  return { order: order ?? "", day: bookedOn, fee: -amount };
}

/** Puts right what is wrong on an invoice that is out: a document of its own, with a number of the same row. */
export async function creditNoteFor(
  invoice: Invoice,
  orders: readonly string[],
  numbers: InvoiceNumbers,
): Promise<Invoice> {
  const lines = invoice.lines.filter(({ order }) => orders.includes(order)).map((line) => ({ ...line, fee: -line.fee }));
  const total = lines.reduce((sum, { fee }) => sum + fee, 0);
  return { ...invoice, number: await numbers.next(invoice.month.slice(0, 4)), lines, total };
}
`;

export const TEST_INVOICE = `import { expect, test } from "vitest";
import { invoiceForMaker } from "../src/billing/invoice.ts";
import { ledgerWith, numbersFrom } from "./ledger.ts";

test("the lines of an invoice add up to its sum, to the cent", async () => {
  const ledger = await ledgerWith(10_000, { maker: "hazel-lane", month: "2026-02" });
  const invoice = await invoiceForMaker("hazel-lane", "2026-02", { ledger, numbers: numbersFrom(412) });
  expect(invoice?.lines).toHaveLength(10_000);
  expect(invoice?.total).toBe(invoice?.lines.reduce((sum, { fee }) => sum + fee, 0));
});

test("a month without fees has no invoice, and uses no number", async () => {
  const numbers = numbersFrom(412);
  const ledger = await ledgerWith(0, { maker: "hazel-lane", month: "2026-02" });
  expect(await invoiceForMaker("hazel-lane", "2026-02", { ledger, numbers })).toBeUndefined();
  expect(await numbers.next("2026")).toBe("FH-2026-000412");
});
`;

export const REFUND = `import type { Order } from "../orders/order.ts";
import type { PaymentProvider } from "../payment/provider.ts";
import { feeOf, goodsOf } from "./fees.ts";
import type { MoneyLedger } from "./ledger.ts";

/**
 * Gives the gardener the price and the maker the fee back. A maker who was already paid may fall below zero: the next
 * payouts fill that up first.
 */
export async function refundOrder(
  order: Order,
  maker: string,
  { ledger, payment, today }: { ledger: MoneyLedger; payment: PaymentProvider; today: string },
): Promise<void> {
  await payment.giveBack(order.id, goodsOf(order));
  await ledger.book([
    { account: "maker", maker, order: "refund " + order.id, amount: -goodsOf(order), bookedOn: today },
    { account: "fee", maker, order: "refund " + order.id, amount: feeOf(order), bookedOn: today },
  ]);
}
`;

export const DUNNING = `/** What is done about a balance below zero, by the days that it has been so. */
const STEPS = [
  { after: 42, step: "pause-shop" },
  { after: 28, step: "second-reminder" },
  { after: 14, step: "first-reminder" },
] as const;

export type DunningStep = (typeof STEPS)[number]["step"];

/** In cents. Below it a reminder costs more goodwill than it brings. */
const LEAST_DEBT = 500;

/** What a maker who owes us hears next, if anything. No interest, ever. */
export function dunningStep(balance: number, daysBelowZero: number): DunningStep | undefined {
  if (-balance < LEAST_DEBT) return undefined;
  return STEPS.find(({ after }) => daysBelowZero >= after)?.step;
}
`;

export const ON_EVENT = `import type { Order } from "../orders/order.ts";
import { feeOf, goodsOf } from "./fees.ts";
import type { MoneyLedger } from "./ledger.ts";

/**
 * Books what an event of an order means for its maker. Shipped orders are booked when they are paid; those that are fetched
 * when the maker types the pickup code, because only then it is known that they were.
 */
export async function bookEvent(
  type: "order.paid" | "order.fetched",
  { order, maker, today }: { order: Order; maker: string; today: string },
  ledger: MoneyLedger,
): Promise<void> {
  const isDue = order.delivery === "pickup" ? type === "order.fetched" : type === "order.paid";
  if (!isDue) return;
  await ledger.book([
    { account: "maker", maker, order: order.id, amount: goodsOf(order), bookedOn: today },
    { account: "fee", maker, order: order.id, amount: -feeOf(order), bookedOn: today },
  ]);
}
`;
