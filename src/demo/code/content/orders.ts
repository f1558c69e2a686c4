export const ORDER = `export interface OrderLine {
  readonly product: string;
  readonly maker: string;
  readonly quantity: number;
  /** In cents, with tax, before any discount. */
  readonly price: number;
}

export type Delivery = "shipped" | "pickup";

export interface Order {
  readonly id: string;
  readonly clientToken: string;
  readonly lines: readonly OrderLine[];
  readonly delivery: Delivery;
  readonly paidAt: Date;
}
`;

const placeOrder = (timeouts: string, timeout: string) => `import type { Basket } from "../basket.ts";
import type { Outbox } from "../outbox/relay.ts";
import type { PaymentProvider } from "../payment/provider.ts";
import type { Order } from "./order.ts";
${timeouts}
/** Takes a basket, reserves stock, takes the money, announces the order. In that order, always. */
export async function placeOrder(
  basket: Basket,
  services: { stock: Seedbank; payment: PaymentProvider; outbox: Outbox; orders: Orders },
): Promise<Order> {
  const known = await services.orders.byToken(basket.clientToken);
  if (known !== undefined) return sameBasket(known, basket);

  const reservation = await services.stock.reserve(basket.lines);
  try {
    await services.payment.take(basket.total, { timeout: ${timeout}, token: basket.clientToken });
  } catch (error) {
    await services.stock.release(reservation);
    throw error;
  }
  return services.orders.save(basket, (order) => services.outbox.add("order.paid", order));
}

/** Two orders with one client token are one order, unless the baskets differ: HTTP 409. */
function sameBasket(known: Order, basket: Basket): Order {
  if (!basket.hasLines(known.lines)) throw new TokenReused(basket.clientToken);
  return known;
}
`;

export const PLACE_ORDER_FIRST = placeOrder('', '30_000');

export const PLACE_ORDER = placeOrder(
  `
/** How long stock is held for a basket that is being paid. */
export const RESERVATION_MS = 10_000;

/** Must stay below the reservation: else somebody else buys what is being paid. */
export const PAYMENT_TIMEOUT_MS = 8_000;
`,
  'PAYMENT_TIMEOUT_MS',
);

export const TEST_PLACE_ORDER = `import { expect, test } from "vitest";
import { PAYMENT_TIMEOUT_MS, RESERVATION_MS } from "../src/orders/place-order.ts";

test("a payment ends before its reservation does", () => {
  expect(PAYMENT_TIMEOUT_MS).toBeLessThan(RESERVATION_MS);
});
`;

export const PROVIDER = `/** Takes money from a gardener. It may answer late, twice, or not at all. */
export interface PaymentProvider {
  /** The same token never takes money twice. Rejects with PaymentPending after the timeout: compost settles those. */
  take(cents: number, options: { timeout: number; token: string }): Promise<void>;
  giveBack(order: string, cents: number): Promise<void>;
}

export class PaymentPending extends Error {}
`;

export const RELAY = `import type { Database } from "../database.ts";

export interface Outbox {
  /** In the transaction that changes the order: both are there, or none. */
  add(type: string, payload: unknown): Promise<void>;
}

const BATCH = 100;

/** Publishes the rows of the outbox in their order, each at least once. Consumers must be idempotent. */
export async function relayOutbox(database: Database, publish: (row: OutboxRow) => Promise<void>): Promise<number> {
  return database.transaction(async (sql) => {
    const rows: OutboxRow[] = await sql.query(
      "SELECT * FROM outbox WHERE published_at IS NULL AND skipped_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
      [BATCH],
    );
    for (const row of rows) {
      await publish(row);
      await sql.query("UPDATE outbox SET published_at = now() WHERE id = $1", [row.id]);
    }
    return rows.length;
  });
}

/** Leaves out a message that nobody can take, such as one older than an hour. It is kept for 30 days. */
export async function skipMessage(database: Database, id: number, reason: string): Promise<void> {
  await database.query("UPDATE outbox SET skipped_at = now(), skip_reason = $2 WHERE id = $1", [id, reason]);
}
`;

export const OUTBOX_COMMAND = `#!/bin/sh
# Shows and skips messages that are stuck in the outbox: bin/outbox stuck, bin/outbox skip --id 88172 --reason "OPS-18"
set -eu

stuck() {
  psql -c "SELECT id, type, now() - created_at AS age FROM outbox WHERE published_at IS NULL AND skipped_at IS NULL ORDER BY id LIMIT 20"
}

skip() {
  psql -v id="$2" -v reason="$4" -c "UPDATE outbox SET skipped_at = now(), skip_reason = :'reason' WHERE id = :id"
}

"$@"
`;
