import type { PageSpec } from './page-spec.ts';

/** Blog posts of the technical spaces. */
export const engBlog: readonly PageSpec[] = [
  {
    title: 'We deleted 11,000 lines',
    kind: 'blogpost',
    by: 'priya',
    on: '2026-02-06 10:00',
    labels: ['news'],
    body: `
      The old basket is gone. It had three kinds of discounts, two of which nobody had used since 2023.

      ~~~diff
      - const total = legacyBasket.total({ mode: 'v2compat' });
      + const total = basket.total();
      ~~~

      Thanks to {{@hana}} for the patience, and to {{page:Code review}} for the rules.
    `,
    comments: [
      { by: 'jonas', on: '2026-02-06 10:30', text: 'Best pull request of the year so far. {{:tada}}' },
    ],
  },
  {
    title: 'A quiet on-call week',
    kind: 'blogpost',
    by: 'hana',
    on: '2026-02-23 01:00',
    labels: ['news', 'on-call'],
    body: `
      One page in seven days, and it was a test. What changed since autumn:

      1. Alerts that nobody acted on are gone ({{page:INFRA:Alerting}}).
      2. The outbox skips by itself when a message is older than an hour.
      3. We sleep better. That is the metric.
    `,
  },
];
