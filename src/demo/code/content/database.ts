export const ORDERS = `CREATE TABLE orders (
  id           text PRIMARY KEY,
  client_token uuid NOT NULL UNIQUE,
  lines        jsonb NOT NULL,
  delivery     text NOT NULL CHECK (delivery IN ('shipped', 'pickup')),
  paid_at      timestamptz NOT NULL
);
`;

export const MONEY_LEDGER = `-- Rows are only ever added: the balance of a maker is the sum of their rows.
CREATE TABLE money_ledger (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account   text NOT NULL CHECK (account IN ('maker', 'fee', 'payout')),
  maker     text NOT NULL,
  order_id  text,
  amount    bigint NOT NULL,
  booked_on date NOT NULL DEFAULT current_date,
  UNIQUE (account, order_id)
);

CREATE INDEX money_ledger_by_maker ON money_ledger (maker, booked_on);

REVOKE UPDATE, DELETE ON money_ledger FROM checkout;
`;

export const INVOICES = `CREATE TABLE invoices (
  number  text PRIMARY KEY CHECK (number ~ '^FH-[0-9]{4}-[0-9]{6}$'),
  maker   text NOT NULL,
  month   text NOT NULL,
  corrects text REFERENCES invoices (number),
  total   bigint NOT NULL
);

-- A sequence leaves gaps when a transaction fails; numbers of invoices must have none.
CREATE TABLE invoice_numbers (
  year text PRIMARY KEY,
  last integer NOT NULL DEFAULT 0
);
`;

export const OUTBOX = `CREATE TABLE outbox (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type         text NOT NULL,
  payload      jsonb NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  skipped_at   timestamptz,
  skip_reason  text
);

CREATE INDEX outbox_waiting ON outbox (id) WHERE published_at IS NULL AND skipped_at IS NULL;
`;

export const FEE_REPORT = `-- What we earned by month and by delivery, for the accountants.
SELECT to_char(money_ledger.booked_on, 'YYYY-MM') AS month,
       orders.delivery,
       count(*)                                   AS orders,
       -sum(money_ledger.amount) / 100.0          AS fees
FROM money_ledger
JOIN orders ON orders.id = money_ledger.order_id
WHERE money_ledger.account = 'fee'
GROUP BY 1, 2
ORDER BY 1, 2;
`;
