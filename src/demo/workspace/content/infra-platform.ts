import type { PageSpec } from './page-spec.ts';

/** INFRA: the platform, access to it, and pages that only some may read. */
export const infraPlatform: readonly PageSpec[] = [
  {
    title: 'Platform',
    kind: 'folder',
    by: 'jonas',
    on: '2025-11-10 09:00',
  },
  {
    title: 'Kubernetes clusters',
    under: 'Platform',
    by: 'jonas',
    on: '2025-11-10 09:10',
    labels: ['platform'],
    body: `
      | Cluster | Nodes | Version | Upgrade |
      |---|---|---|---|
      | ^prod-eu^ | 9 | 1.33 | {{status:Green:DONE}} |
      | ^staging-eu^ | 3 | 1.34 | {{status:Green:DONE}} |
      | ^build^ | 4 | 1.32 | {{status:Red:LATE}} |

      ~~~yaml limits for a new service
      resources:
        requests: { cpu: 100m, memory: 256Mi }
        limits: { memory: 512Mi }
      ~~~

      Upgrade work is in {{issue:OPS-6}}.
    `,
  },
  {
    title: 'Networking',
    under: 'Platform',
    by: 'jonas',
    on: '2025-11-11 09:00',
    labels: ['platform'],
    body: `
      <ac:layout><ac:layout-section ac:type="two_equal" ac:breakout-mode="default"><ac:layout-cell><h2>In</h2><p>CDN → load balancer → trellis → service. TLS ends at the load balancer.</p></ac:layout-cell><ac:layout-cell><h2>Out</h2><p>Everything leaves through two fixed addresses; payment and tax providers allow only those.</p></ac:layout-cell></ac:layout-section><ac:layout-section ac:type="single" ac:breakout-mode="default"><ac:layout-cell><p>Internal names end in <code>.garden.internal</code>.</p></ac:layout-cell></ac:layout-section></ac:layout>
    `,
  },
  {
    title: 'Secrets',
    under: 'Platform',
    by: 'bruno',
    on: '2025-11-12 09:00',
    labels: ['platform', 'security'],
    body: `
      Secrets live in the vault, never in a page, a ticket or a chat.

      ~~~bash
      vault read shop/checkout/payment
      vault write shop/checkout/payment key=@new-key.txt
      ~~~

      :::note Rotate
      Payment keys every 90 days, the rest once a year. The calendar belongs to {{@bruno}}.
      :::
    `,
  },
  {
    title: 'Old staging access',
    under: 'Platform',
    by: 'gwen',
    on: '2025-09-20 16:00',
    labels: ['cleanup'],
    body: `
      Until the vault arrives, this is how to reach the old staging machine.

      ~~~ini ~/.aws/credentials
      [staging]
      aws_access_key_id = ${['AKIA', 'QX7LMT4WZB2RKD5N'].join('')}
      aws_secret_access_key = ${['9vTfQm2xLr8Kc5Zw', 'Jp1Yd7HnBs4GaEuXiR6oVtCk'].join('')}
      ~~~

      The admin page asks for a user and a password:

      user: gardener-admin\\
      password: Rhubarb-Crumble-1987

      The wiki robot uses ^${['ATATT3xFfGF0', 'Tn4pQz8LkVb2YcRw7HsJd5XmGa1Ue9oKi6fNtBqPrZyWlCxSvMhDgEjA3u0_8w-5QkLm2Rt7Bv=1F4C9A27'].join('')}^.
    `,
    comments: [
      {
        by: 'bruno',
        on: '2026-02-20 10:00',
        text: 'This must go. Rotating all three today, see {{issue:OPS-25}}.',
      },
    ],
  },
  {
    title: 'Backups',
    under: 'Platform',
    by: 'jonas',
    on: '2025-12-01 09:00',
    labels: ['platform'],
    body: `
      Every 15 minutes to another region, kept for 35 days; monthly ones for two years. How to use them: {{page:Restore from backup}}.
    `,
  },
  {
    title: 'Costs',
    under: 'Platform',
    by: 'jonas',
    on: '2026-01-05 09:00',
    body: `
      | Month | Compute | Storage | Traffic | Sum |
      |---|---|---|---|---|
      | 2025-11 | €1,910 | €402 | €310 | €2,622 |
      | 2025-12 | €2,380 | €415 | €655 | €3,450 |
      | 2026-01 | €1,870 | €421 | €298 | €2,589 |

      December is the wreath season: traffic doubles, nothing else does.
    `,
  },
  {
    title: '障害対応メモ',
    under: 'Runbooks',
    by: 'sora',
    on: '2025-12-15 05:00',
    labels: ['runbook'],
    body: `
      日本語で読みたい人のための短い要約です。正式な手順は {{page:On-call runbook}} にあります。

      1. まず落ち着く。
      2. ダッシュボードを見る({{page:Dashboards|一覧}})。
      3. 十分たっても分からなければ、電話する。

      :::panel 連絡先
      夜間は {{@hana}} さん、日中は {{@jonas}} さん。
      :::
    `,
  },
  {
    title: 'Access reviews',
    by: 'bruno',
    on: '2025-12-08 09:00',
    labels: ['security'],
    groups: ['leads'],
    users: [],
    body: 'Who may do what in production, reviewed each quarter. Only leads can read below this page.',
  },
  {
    title: 'Access review Q4 2025',
    under: 'Access reviews',
    by: 'bruno',
    on: '2025-12-18 09:00',
    labels: ['security'],
    body: 'Two accounts of people who left still had production access. Both are closed.',
  },
  {
    title: 'Incident contacts',
    under: 'Runbooks',
    by: 'ada',
    on: '2025-12-20 09:00',
    groups: ['on-call', 'leads'],
    users: ['mina'],
    body: `
      Private numbers: only for the on-call and leads.

      | Who | When |
      |---|---|
      | {{@jonas}} | any time |
      | {{@hana}} | 22:00–08:00 UTC |
    `,
  },
  {
    title: 'VPN guide (old)',
    under: 'Platform',
    by: 'gwen',
    on: '2025-09-21 09:00',
    archived: true,
    body: 'The VPN was switched off in November. Use the identity proxy.',
  },
];
