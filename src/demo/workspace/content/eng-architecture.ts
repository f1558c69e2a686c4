import type { PageSpec } from './page-spec.ts';
import { picture, textFile } from './pictures.ts';
import { macro } from './to-storage.ts';

const PLANTUML = `@startuml
gardener -> storefront: buy
storefront -> checkout: POST /orders
checkout -> seedbank: reserve
checkout -> queue: order.placed
@enduml`;

const SEARCH_SQL = `SELECT id, title
FROM products
WHERE search @@ websearch_to_tsquery('simple', $1)
  AND stock > 0 AND price <= $2
ORDER BY ts_rank(search, websearch_to_tsquery('simple', $1)) DESC
LIMIT 24;`;

/** ENG: how the systems are built. */
export const engArchitecture: readonly PageSpec[] = [
  {
    title: 'Architecture',
    by: 'jonas',
    on: '2025-09-10 09:00',
    labels: ['architecture'],
    files: [
      picture('systems.png'),
      textFile(
        'systems.drawio',
        'application/vnd.jgraph.mxfile',
        '<mxfile><diagram name="Systems" /></mxfile>',
      ),
    ],
    body: `
      ${macro('excerpt', { rich: '<p>Five services, one database each, one queue. Nothing talks to another service&rsquo;s tables.</p>' })}

      ${macro('drawio', { parameters: { diagramName: 'systems', contentId: '0', width: '760', revision: '4' } })}

      ## How an order flows

      ${macro('plantuml', { plain: PLANTUML.replaceAll('\n', '\n      ') })}

      Orders are idempotent by their client token: the same token twice is the same order. Details in {{page:Checkout service}}.
    `,
  },
  {
    title: 'Checkout service',
    under: 'Architecture',
    by: 'priya',
    on: '2025-09-16 10:00',
    labels: ['architecture', 'checkout'],
    body: `
      Takes a basket, reserves stock, takes money, announces the order. In that order, always.

      ${macro('toc')}

      ## Contract

      ~~~json POST /orders
      {
        "clientToken": "b2f1c0de-77aa-4c1e-9a51-5e0c7a1b9d10",
        "lines": [{ "product": "heirloom-tomato-seeds", "quantity": 3 }],
        "pickup": false
      }
      ~~~

      | Answer | Meaning | Retry? |
      |---|---|---|
      | 201 | Order placed | no |
      | 409 | Same token, other basket | never |
      | 422 | Stock is gone | after the gardener chose again |
      | 503 | The payment provider is away | yes, with the same token |

      ## Timeouts

      The payment provider gets {{mark:c0ffee01-1111-4a2b-8c3d-000000000001|8 seconds}}. After that the order is ^pending^ and compost settles it within ten minutes.

      :::warning Never widen this timeout
      Holding stock for longer than ten seconds sold the same last bonsai twice. See {{page:Postmortem: The bonsai that was sold twice}}.
      :::
    `,
    edits: [],
    comments: [
      {
        by: 'hana',
        on: '2026-01-15 04:20',
        text: 'Provider p99 is 6.1 s this month. Are we comfortable with 8?',
        mark: ['c0ffee01-1111-4a2b-8c3d-000000000001', '8 seconds'],
        replies: [
          {
            by: 'priya',
            on: '2026-01-15 08:00',
            text: 'Yes, until p99 passes 7. There is an alert at 6.5 s.',
          },
        ],
      },
      {
        by: 'teo',
        on: '2026-01-20 12:00',
        text: 'Does 422 tell the storefront *which* line is gone?',
        replies: [
          { by: 'priya', on: '2026-01-20 12:30', text: 'It does: ^lines[].reason^. I will add an example.' },
        ],
      },
    ],
  },
  {
    title: 'Catalog and search',
    under: 'Architecture',
    by: 'hana',
    on: '2025-09-22 03:00',
    labels: ['architecture', 'search'],
    body: `
      Search runs on Postgres. It is not fancy, but it answers in 40 ms and everybody can read the query.

      ~~~sql
      ${SEARCH_SQL.replaceAll('\n', '\n      ')}
      ~~~

      Weights: title 1.0, maker 0.4, description 0.2. Latin plant names are folded, so *Monstera deliciosa* and *monstera* meet.

      The open question is languages: Korean titles need a different tokenizer ({{issue:SHOP-34}}).
    `,
  },
  {
    title: 'Seedbank (stock)',
    under: 'Architecture',
    by: 'jonas',
    on: '2025-10-06 09:30',
    labels: ['architecture'],
    body: `
      Stock is a ledger, not a number. Each change is a row; the number is a sum.

      <table><tbody><tr><th rowspan="2"><p>Event</p></th><th colspan="2"><p>Effect</p></th></tr><tr><th><p>available</p></th><th><p>reserved</p></th></tr><tr><td><p><code>stock.added</code></p></td><td><p>+n</p></td><td><p>0</p></td></tr><tr><td><p><code>stock.reserved</code></p></td><td><p>−n</p></td><td><p>+n</p></td></tr><tr><td><p><code>stock.released</code></p></td><td><p>+n</p></td><td><p>−n</p></td></tr><tr><td><p><code>order.placed</code></p></td><td colspan="2"><p>reserved −n, for good</p></td></tr></tbody></table>

      A reservation lives for 10 minutes. ^available < 0^ can't happen; if it does, page {{@jonas}}, not the on-call.
    `,
  },
  {
    title: 'Events',
    under: 'Architecture',
    by: 'priya',
    on: '2025-11-03 10:00',
    labels: ['architecture'],
    body: `
      Events are facts in the past tense. They are never changed, only added to.

      - ^order.placed^
        - ^order.paid^
        - ^order.cancelled^
          - with ^reason: "stock"^ when seedbank said no
      - ^maker.verified^
      - ^product.published^

      ~~~typescript
      interface OrderPlaced {
        readonly type: 'order.placed';
        readonly order: string;
        readonly lines: ReadonlyArray<{ product: string; quantity: number }>;
      }
      ~~~
    `,
  },
];
