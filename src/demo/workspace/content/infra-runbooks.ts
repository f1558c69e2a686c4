import type { PageSpec } from './page-spec.ts';
import { picture, textFile } from './pictures.ts';
import { macro, pageLink } from './to-storage.ts';

/** INFRA: the home page, runbooks and alerting. */
export const infraRunbooks: readonly PageSpec[] = [
  {
    title: 'Infrastructure Home',
    by: 'jonas',
    on: '2025-09-01 09:00',
    labels: ['home'],
    body: `
      Two people and a bot keep the lights on. If something is on fire, go to the {{page:On-call runbook}} and read this page another day.

      ${macro('pagetree', { parameters: { root: '@self', searchBox: 'true' } })}

      | Environment | Where | Who may deploy |
      |---|---|---|
      | production | ^eu-central^ | greenhouse |
      | staging | ^eu-central^ | engineering |
      | playground | your laptop | you |
    `,
  },
  {
    title: 'On-call runbook',
    by: 'jonas',
    on: '2025-09-02 08:00',
    labels: ['runbook', 'on-call'],
    files: [textFile('handover-template.txt', 'text/plain', 'What rang:\nWhat it was:\nStill open:\n')],
    body: onCallFirst(),
    edits: [
      { by: 'mina', on: '2026-01-09 09:30', message: 'After the bonsai incident', body: onCallSecond() },
    ],
    comments: [
      {
        by: 'hana',
        on: '2026-01-10 02:00',
        text: 'Thank you for the phone number. I looked for it for ten minutes on Thursday.',
      },
      {
        by: 'mina',
        on: '2026-02-19 11:00',
        text: 'Fifteen minutes until you escalate feels long when checkout is down.',
        mark: ['c0ffee02-2222-4a2b-8c3d-000000000002', 'within 15 minutes'],
        replies: [
          {
            by: 'jonas',
            on: '2026-02-19 11:20',
            text: 'Agreed. Let us try five and look at it in the next handover.',
          },
        ],
      },
    ],
  },
  {
    title: 'Runbooks',
    by: 'jonas',
    on: '2025-09-02 09:00',
    labels: ['runbook'],
    body: `
      One page per thing that can break. Each begins with what you *see*, not with what is wrong.

      ${macro('children', { parameters: { sort: 'title', excerptType: 'simple' } })}
    `,
  },
  runbook(
    'Checkout answers 503',
    'priya',
    '2025-10-08 09:00',
    `
      ${macro('excerpt', { rich: '<p>Gardeners see &ldquo;we could not take your payment&rdquo;.</p>' })}

      ## Check

      ~~~bash
      greenhouse status checkout
      curl -sS https://status.pay.example/api | jq .state
      ~~~

      ## Then

      1. Provider down: turn on the banner ^flag set checkout-banner on^. Orders stay *pending*, nothing is lost.
      2. Provider fine, we are not: roll back.
         - Still bad? Page {{@priya}}.
      3. Write what you saw into the incident channel.
  `,
  ),
  runbook(
    'Database is slow',
    'jonas',
    '2025-10-15 09:00',
    `
      ${macro('excerpt', { rich: '<p>p95 of all services rises together.</p>' })}

      ~~~sql Longest queries
      SELECT pid, now() - query_start AS running, left(query, 80)
      FROM pg_stat_activity
      WHERE state <> 'idle'
      ORDER BY running DESC LIMIT 10;
      ~~~

      :::warning
      ^pg_terminate_backend^ on the replication slot ends the replica. Read the ^pid^ twice.
      :::

      Usual suspects: a report that compost runs in the morning, a missing index after a deploy, vacuum on ^stock_ledger^.
  `,
  ),
  runbook(
    'Queue grows',
    'hana',
    '2025-11-05 03:00',
    `
      ${macro('excerpt', { rich: '<p>Mails are late, stock is stale.</p>' })}

      The relay of the outbox is stuck on one message more often than not.

      ~~~bash
      greenhouse exec checkout -- bin/outbox stuck
      greenhouse exec checkout -- bin/outbox skip --id 88172 --reason "OPS-18"
      ~~~

      Skipping is safe: skipped messages are kept for 30 days and can be sent again.
  `,
  ),
  runbook(
    'Certificates',
    'hana',
    '2026-02-16 08:00',
    `
      ${macro('excerpt', { rich: '<p>Browsers warn, pictures are gone.</p>' })}

      ~~~bash
      certs list --expiring 21d
      certs renew media.fernhollow.example
      ~~~

      Background: {{page:ENG:Postmortem: Certificates on a Sunday}}.
  `,
  ),
  runbook(
    'Restore from backup',
    'jonas',
    '2025-12-02 10:00',
    `
      ${macro('excerpt', { rich: '<p>Data is gone or wrong. Stay calm.</p>' })}

      We practise this on the first Tuesday of each month. The last drill took **38 minutes**.

      1. Stop writes: ^flag set read-only on^.
      2. Choose the moment: ^backup points --around "2026-01-08 17:00"^.
      3. Restore *beside* the database, never over it.
      4. Compare row counts, then switch.

      ${macro('expand', { parameters: { title: 'Notes of the last drill' }, rich: '<p>Step 3 lacked a disk size. 200 GB is enough until summer.</p><ul><li><p>Found by Mina</p></li></ul>' })}
  `,
  ),
  {
    title: 'Alerting',
    by: 'mina',
    on: '2025-10-22 09:00',
    labels: ['on-call'],
    body: `
      An alert means: *a person must do something now*. Everything else is a dashboard.

      ${macro('excerpt-include', { references: { '': pageLink('', 'Checkout answers 503') }, parameters: { nopanel: 'true' } })}

      | Alert | Threshold | Runbook |
      |---|---|---|
      | Checkout errors | > 2 % for 5 min | {{page:Checkout answers 503}} |
      | Database p95 | > 300 ms for 10 min | {{page:Database is slow}} |
      | Queue age | > 4 min | {{page:Queue grows}} |
      | Certificates | < 21 days left | {{page:Certificates}} |

      ${macro('iframe', { parameters: { src: 'https://dash.fernhollow.example/alerts', width: '100%', height: '420' } })}
    `,
  },
  {
    title: 'Dashboards',
    under: 'Alerting',
    by: 'hana',
    on: '2025-10-23 02:00',
    files: [picture('checkout-latency.png')],
    body: `
      <ac:image ac:width="640" ac:alt="Checkout latency over a week"><ri:attachment ri:filename="checkout-latency.png" /></ac:image>

      ${macro('widget', { parameters: { url: 'https://dash.fernhollow.example/d/checkout', width: '640' } })}

      - [Checkout](https://dash.fernhollow.example/d/checkout)
      - [Database](https://dash.fernhollow.example/d/postgres)
      - [Money, once a day](https://dash.fernhollow.example/d/money)
    `,
  },
];

function runbook(title: string, by: string, on: string, body: string): PageSpec {
  return { title, under: 'Runbooks', by, on, labels: ['runbook'], body };
}

function onCallFirst(): string {
  return `
      You carry the phone for a week, Monday to Monday.

      ## When it rings

      1. Acknowledge.
      2. Find the runbook: {{page:Runbooks}}.
  `;
}

function onCallSecond(): string {
  return `
      ${macro('info', { rich: '<p>You are not alone. It is fine to wake somebody; it is not fine to guess with gardeners&rsquo; money.</p>' })}

      ## When it rings

      1. Acknowledge within 5 minutes.
      2. Find the runbook: {{page:Runbooks}}. What you *see* is the title.
      3. If you do not know what to do, escalate {{mark:c0ffee02-2222-4a2b-8c3d-000000000002|within 15 minutes}}: call {{@jonas}}, then {{@bruno}}.
      4. Open an incident ticket in OPS, even if it turns out to be nothing.

      ## Handover

      Mondays at 10:00 Berlin time. The one who leaves brings three sentences: what rang, what it was, what is still open. There is a template: {{file:handover-template.txt}}.

      ## This quarter

      | Week of | First | Second |
      |---|---|---|
      | {{date:2026-02-23}} | {{@hana}} | {{@jonas}} |
      | {{date:2026-03-02}} | {{@mina}} | {{@hana}} |
      | {{date:2026-03-09}} | {{@jonas}} | {{@mina}} |

      ## Open incidents

      ${macro('jira', { parameters: { server: 'System Jira', columns: 'key,summary,status', maximumIssues: '20', jqlQuery: 'project = OPS AND issuetype = Incident AND resolution = Unresolved' } })}
  `;
}
