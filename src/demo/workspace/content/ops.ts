import { type IssueSpec, issue } from './issue-spec.ts';

/** OPS: operations, incidents, security. */
export const ops: readonly IssueSpec[] = [
  issue('OPS-1', 'Epic', 'In Progress', 'jonas > jonas', '2025-10-01', 'Quiet nights', {
    labels: ['on-call'],
    watchers: ['mina'],
    text: 'Fewer than two pages a week. We count them each Monday.',
  }),
  issue('OPS-2', 'Task', 'Done', 'jonas > mina', '2025-10-20', 'Delete alerts nobody acted on', {
    parent: 'OPS-1',
    comments: [['mina', '2025-10-29 09:00', '31 of 54 are gone. Nobody noticed, which was the point.']],
  }),
  issue('OPS-3', 'Task', 'In Progress', 'mina > mina', '2026-01-12', 'Escalation by phone, not by chat', {
    parent: 'OPS-1',
    sprint: 16,
    labels: ['on-call'],
    text: 'The steps are in {{card:INFRA:On-call runbook}}; the rota tool still sends a chat message first.',
  }),
  issue('OPS-4', 'Task', 'To Do', 'hana', '2026-02-23', 'Weekly report of pages by cause', {
    parent: 'OPS-1',
  }),
  issue('OPS-5', 'Epic', 'In Progress', 'jonas > jonas', '2025-11-10', 'Clusters on one version', {
    labels: ['platform'],
  }),
  issue('OPS-6', 'Task', 'Blocked', 'jonas > jonas', '2025-11-10', 'Upgrade the build cluster', {
    parent: 'OPS-5',
    watchers: ['mina'],
    text: 'Two runners need a privileged mode that is gone in 1.33.\n\nNext: try the rootless builder.',
    comments: [
      ['hana', '2026-01-19 03:00', 'The rootless builder works for storefront, not for checkout.'],
      ['jonas', '2026-01-19 09:00', 'Because of the database in its tests. I will move that out.'],
    ],
  }),
  issue('OPS-7', 'Task', 'Done', 'jonas > hana', '2025-11-11', 'Upgrade staging', { parent: 'OPS-5' }),
  issue('OPS-8', 'Task', 'Done', 'jonas > jonas', '2025-11-18', 'Upgrade production', {
    parent: 'OPS-5',
    priority: 'High',
  }),
  issue(
    'OPS-9',
    'Bug',
    'Done',
    'hana > jonas',
    '2025-11-12',
    'Canary dashboard alerts at 1 % instead of 0.5 %',
    {},
  ),
  issue('OPS-10', 'Task', 'Done', 'jonas > mina', '2025-12-01', 'Restore drill, December', {
    labels: ['backup'],
    text: '38 minutes. Notes: {{card:INFRA:Restore from backup}}.',
  }),
  issue('OPS-11', 'Task', 'Done', 'jonas > hana', '2026-01-06', 'Restore drill, January', {
    labels: ['backup'],
  }),
  issue('OPS-12', 'Task', 'Done', 'jonas > jonas', '2026-02-03', 'Restore drill, February', {
    labels: ['backup'],
  }),
  issue('OPS-13', 'Task', 'To Do', 'jonas > mina', '2026-02-24', 'Restore drill, March', {
    labels: ['backup'],
    due: '2026-03-03',
    text: 'First Tuesday. Use the backup of the search tables this time.',
  }),
  issue(
    'OPS-14',
    'Incident',
    'Done',
    'mina > priya',
    '2026-01-08',
    'Double sales during a slow payment provider',
    {
      severity: 'SEV2',
      priority: 'Highest',
      labels: ['incident', 'checkout'],
      links: [['Problem/Incident', 'SHOP-19']],
      text: `
      **17:02** payments slow, **17:09** first double sale, **17:49** over.

      47 minutes, 9 orders, 2 angry bonsai lovers. Postmortem: {{card:ENG:Postmortem: The bonsai that was sold twice}}.

      :::expand Raw log
      ~~~text
      17:02:11 payment latency p50=4.1s p99=31.0s
      17:09:40 reservation 88123 ended, payment still open
      ~~~
      :::
    `,
      comments: [
        ['hana', '2026-01-08 17:35', 'Confirmed by two makers. Turning the timeout down.'],
        ['priya', '2026-01-08 17:50', 'Eight seconds everywhere. Watching.'],
        ['mina', '2026-01-08 18:30', 'Quiet for forty minutes. Closing the incident; the write-up is mine.'],
      ],
      files: [
        ['payment-latency.log', 'text/plain', '17:02:11 p50=4.1s p99=31.0s\n17:49:30 p50=0.3s p99=1.2s\n'],
      ],
    },
  ),
  issue(
    'OPS-15',
    'Incident',
    'Done',
    'hana > hana',
    '2026-02-15',
    'Product pictures gone: certificate ended',
    {
      severity: 'SEV2',
      labels: ['incident'],
      text: '82 minutes. {{card:ENG:Postmortem: Certificates on a Sunday}}',
    },
  ),
  issue('OPS-16', 'Incident', 'Done', 'jonas > jonas', '2026-01-21', 'Queue age above ten minutes', {
    severity: 'SEV3',
    labels: ['incident'],
  }),
  issue('OPS-17', 'Task', 'Done', 'hana > hana', '2026-01-21', 'Outbox skips messages older than an hour', {
    links: [['Relates', 'OPS-16']],
  }),
  issue(
    'OPS-18',
    'Incident',
    'In Progress',
    'mina > mina',
    '2026-02-28',
    'Mails to one provider are delayed',
    {
      severity: 'SEV3',
      priority: 'High',
      labels: ['incident', 'mail'],
      text: 'They slow us down since Saturday morning: ^421 4.7.28 rate limited^. About 300 mails wait.',
      comments: [
        ['mina', '2026-02-28 09:15', 'Halved the rate. The queue shrinks slowly.'],
        ['hana', '2026-03-01 02:00', '120 left this morning.'],
      ],
    },
  ),
  issue('OPS-19', 'Task', 'To Do', 'ada > jonas', '2026-02-09', 'Load test for the spring sale', {
    due: '2026-03-12',
    priority: 'High',
    watchers: ['mina'],
    links: [['Relates', 'SHOP-10']],
    text: '120 orders a minute for 20 minutes, against staging with the payment sandbox.',
  }),
  issue('OPS-20', 'Task', 'To Do', 'jonas', '2026-02-10', 'Larger disk for restore drills', {
    labels: ['backup'],
  }),
  issue('OPS-21', 'Task', 'Done', 'hana > hana', '2026-02-16', 'Certificate alert goes to the on-call', {
    links: [['Relates', 'OPS-15']],
  }),
  issue(
    'OPS-22',
    'Task',
    'In Progress',
    'hana > mina',
    '2026-02-17',
    'List every alert without a living receiver',
    {
      labels: ['on-call'],
      sprint: 16,
      text: '[x] export the rules\n[x] compare with channels\n[ ] fix the 7 that are left',
    },
  ),
  issue('OPS-23', 'Task', 'To Do', 'bruno > jonas', '2026-02-18', 'Rotate the payment key', {
    labels: ['security'],
    due: '2026-03-16',
  }),
  issue(
    'OPS-24',
    'Task',
    'Done',
    'bruno > bruno',
    '2025-12-19',
    'Close accounts found in the access review',
    { labels: ['security'], level: '10500' },
  ),
  issue(
    'OPS-25',
    'Task',
    'In Progress',
    'bruno > mina',
    '2026-02-20',
    'Rotate what is written on "Old staging access"',
    {
      labels: ['security'],
      priority: 'Highest',
      level: '10500',
      text: 'Three secrets on {{card:INFRA:Old staging access}}. Rotate first, delete the page second.',
    },
  ),
  issue('OPS-26', 'Task', 'To Do', 'jonas', '2026-02-20', 'Move DNS to the new account', {
    labels: ['platform'],
  }),
  issue(
    'OPS-27',
    'Bug',
    'Done',
    'priya > jonas',
    '2026-02-04',
    'Deploys wait for a canary that never starts',
    { priority: 'High' },
  ),
  issue(
    'OPS-28',
    'Bug',
    'To Do',
    'hana > jonas',
    '2026-02-12',
    'Dashboards lose their colours in dark mode',
    { priority: 'Lowest' },
  ),
  issue('OPS-29', 'Task', 'Done', 'jonas > jonas', '2025-12-22', 'Staff the holidays', {
    labels: ['on-call'],
  }),
  issue('OPS-30', 'Task', 'To Do', 'mina > mina', '2026-02-25', 'Handover template as a form', {
    labels: ['on-call'],
    points: 1,
  }),
  issue(
    'OPS-31',
    'Task',
    "Done: Won't Do",
    'teo > jonas',
    '2026-01-16',
    'Public status page with a garden theme',
    { text: 'Pretty, but a page with three green dots is enough.' },
  ),
  issue(
    'OPS-32',
    'Bug',
    'In Review',
    'priya > hana',
    '2026-02-26',
    'greenhouse rollback forgets feature flags',
    { priority: 'High', watchers: ['mina', 'jonas'] },
  ),
  issue('OPS-33', 'Task', 'To Do', 'jonas', '2026-02-27', 'Budget alert at €3,000', {}),
  issue('OPS-34', 'Task', 'To Do', 'bruno > mina', '2026-02-27', 'Second factor for the wiki robot', {
    labels: ['security'],
  }),
  issue('OPS-35', 'Task', 'Done', 'hana > hana', '2026-02-23', 'Archive the December dashboards', {}),
  issue('OPS-36', 'Incident', 'Done', 'hana > jonas', '2025-12-12', 'Wreath season: database at 90 % CPU', {
    severity: 'SEV2',
    labels: ['incident'],
    text: 'A report ran at noon instead of at night. Moved; see {{card:INFRA:Database is slow}}.',
  }),
];
