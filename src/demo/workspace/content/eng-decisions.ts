import type { PageSpec } from './page-spec.ts';
import { macro } from './to-storage.ts';

/** ENG: decision records and postmortems. */
export const engDecisions: readonly PageSpec[] = [
  {
    title: 'Architecture decisions',
    by: 'bruno',
    on: '2025-09-12 08:00',
    labels: ['adr'],
    body: `
      One page per decision. We never edit a decision that was accepted; we write the next one and link both.

      ${macro('detailssummary', { parameters: { label: 'adr', headings: 'Status,Date', spaces: 'ENG' } })}

      ${macro('children')}
    `,
  },
  ...adr(
    'ADR-007 Use Postgres for everything until it hurts',
    '2025-09-12 09:00',
    'bruno',
    'Accepted',
    `
      ## Context

      We are six engineers. Each store we add is a store somebody has to know at three in the morning.

      ## Decision

      Data, search, queues of less than 50 messages a second and feature flags live in Postgres.

      ## Consequences

      - One thing to back up, one thing to tune.
      - Search quality has a ceiling. We accept it until a maker complains twice about the same query.
  `,
  ),
  ...adr(
    'ADR-011 Storage of pictures',
    '2025-10-14 09:00',
    'hana',
    'Superseded',
    `
      ## Decision

      Pictures of products go through an image proxy that resizes on demand; originals stay in object storage.

      Superseded by {{page:ADR-019 Resize on upload}}.
  `,
  ),
  ...adr(
    'ADR-014 One approval is enough',
    '2025-11-20 09:00',
    'priya',
    'Accepted',
    `
      ## Context

      In October the second approval came on average nine hours after the first and changed nothing in 41 of 43 cases.

      ## Decision

      One approval. Changes to money or permissions still need two, held by a rule in the repository.
  `,
  ),
  ...adr(
    'ADR-018 Outbox instead of dual writes',
    '2026-01-19 09:00',
    'jonas',
    'Accepted',
    `
      ## Context

      Checkout wrote to its table and to the queue. When one of them failed, a gardener had paid for an order nobody packed ({{issue:OPS-14}}).

      ## Decision

      Events are rows in an ^outbox^ table, written in the same transaction. A relay publishes them in order and at least once.

      ## Consequences

      1. Consumers must be idempotent. Most are; {{issue:SHOP-27}} lists the two that are not.
      2. Publishing lags by up to 200 ms.
  `,
  ),
  ...adr(
    'ADR-019 Resize on upload',
    '2026-02-02 09:00',
    'hana',
    'Accepted',
    `
      Resizing on demand cost us three incidents. We make four sizes when a maker uploads and never touch the picture again.

      Replaces {{page:ADR-011 Storage of pictures}}.
  `,
  ),
  ...adr(
    'ADR-021 Keep trellis',
    '2026-02-25 09:00',
    'bruno',
    'Proposed',
    `
      ## Options

      | | Keep trellis | Buy a gateway |
      |---|---|---|
      | Cost a month | €90 | about €1,400 |
      | Work to change | none | six weeks |
      | Who understands it | three of us | nobody yet |

      ## Proposal

      Keep it for 2026. {{status:Yellow:PROPOSED}} Comments until {{date:2026-03-06}}.
  `,
  ),
  {
    title: 'Postmortems',
    by: 'mina',
    on: '2025-10-01 09:00',
    labels: ['postmortem'],
    body: `
      Blameless. Within five working days. The word *should* is not allowed in a root cause.

      ${macro('children', { parameters: { sort: 'title' } })}
    `,
  },
  {
    title: 'Postmortem: The bonsai that was sold twice',
    under: 'Postmortems',
    by: 'mina',
    on: '2026-01-12 10:00',
    labels: ['postmortem', 'checkout'],
    body: `
      ${macro('details', { rich: '<table><tbody><tr><th><p>Severity</p></th><td><p>SEV2</p></td></tr><tr><th><p>Duration</p></th><td><p>47 minutes</p></td></tr><tr><th><p>Ticket</p></th><td><p><a href="@@SITE@@/browse/OPS-14" data-card-appearance="inline">@@SITE@@/browse/OPS-14</a></p></td></tr></tbody></table>' })}

      ## What happened

      A payment took 31 seconds. The reservation ended after ten, another gardener bought the same bonsai, and both payments went through.

      ## Timeline (UTC, {{date:2026-01-08}})

      - **17:02** Payment provider slows down.
      - **17:09** First double sale. Nobody notices.
      - **17:31** A maker writes to support: "I have one tree and two buyers."
      - **17:49** Checkout timeout set to 8 seconds. No more double sales.

      ## Root cause

      The payment timeout was longer than the reservation. Nothing in the code or the tests said that they belong together.

      ## Actions

      [x] Timeout below the reservation, with a test ({{issue:SHOP-19}})
      [x] Alert on reservations that end during a payment
      [ ] Say sorry to both gardeners with a real tree, {{@ada}}
    `,
    comments: [
      { by: 'ada', on: '2026-01-13 09:00', text: 'Trees are on their way. One of them asked for a cactus.' },
      { by: 'greenhouse', on: '2026-01-13 09:01', text: 'Linked from OPS-14.' },
    ],
  },
  {
    title: 'Postmortem: Certificates on a Sunday',
    under: 'Postmortems',
    by: 'hana',
    on: '2026-02-17 03:00',
    labels: ['postmortem'],
    body: `
      ## What happened

      The certificate of ^media.fernhollow.example^ ended on Sunday {{date:2026-02-15}} at 06:00. Product pictures were gone for 82 minutes.

      ## Why

      Renewal had failed for three weeks. The alert went to a channel that was archived in December.

      ## Actions

      [x] Alert goes to the on-call, see {{page:INFRA:Alerting}}
      [ ] List every alert without a living receiver ({{issue:OPS-22}})
    `,
  },
];

/** A decision record: its properties, then its text. */
function adr(title: string, on: string, by: string, status: string, text: string): PageSpec[] {
  const rows = `<tr><th><p>Status</p></th><td><p>${status}</p></td></tr><tr><th><p>Date</p></th><td><p><time datetime="${on.slice(0, 10)}" /></p></td></tr>`;
  const properties = macro('details', { rich: `<table><tbody>${rows}</tbody></table>` });
  const body = `      ${properties}\n\n${text.replace(/^\n/, '')}`;
  return [{ title, on, by, under: 'Architecture decisions', labels: ['adr', status.toLowerCase()], body }];
}
