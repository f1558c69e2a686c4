import type { Workspace } from '../../workspace/model.ts';
import * as edits from '../edits.ts';
import type { GithubWorkspace } from '../workspace.ts';
import { file, GREENHOUSE, storyOf } from './story.ts';

/** Stock, mail and clusters: the tickets of OPS, as code. */
export function tellGreenhouse(workspace: GithubWorkspace, company: Workspace): void {
  const s = storyOf(workspace, company, GREENHOUSE);
  const cluster = s.issue(
    'jonas 2025-12-10T09:00',
    'Build cluster needs a rootless builder',
    '{{issue:OPS-6}}: two runners need a privileged mode that is gone in 1.33.',
    { labels: ['platform'] },
  );
  s.say('hana 2026-01-19T03:00', cluster, 'Works for fernhollow/storefront, not for checkout.');

  const stock = s.issue(
    'jonas 2026-01-09T09:00',
    'Reservations end while a payment is open',
    `
    Found in {{issue:OPS-14}}: {{page:ENG:Postmortem: The bonsai that was sold twice}}.

    \`\`\`text
    17:02:11 payment latency p50=4.1s p99=31.0s
    17:09:40 reservation 88123 ended, payment still open
    \`\`\``,
    { labels: ['bug', 'incident'], assignees: ['jlindqvist'] },
  );
  const timeout = s.pull(
    'priya 2026-01-12T08:00',
    'Payment timeout stays below the reservation',
    `Closes #${stock}. A test holds it now, {{issue:SHOP-19}}.`,
    {
      head: 'payment-timeout',
      commits: [
        s.commit('priya 2026-01-12T07:50', 'Payment timeout stays below the reservation', 'test:SUCCESS'),
      ],
      files: edits.fileList([file('stock/reservation.go', 14, 3)]),
    },
  );
  s.review('jonas 2026-01-12T09:00', timeout, 'APPROVED');
  edits.merge(workspace, GREENHOUSE, timeout, s.at('priya 2026-01-12T09:05'));
  s.release('jonas 2026-02-02T09:00', 'stock-1.4.0', 'Stock 1.4', `Payment timeouts, #${timeout}.`, {
    prerelease: true,
  });
  const talk = s.discuss(
    'bruno 2026-02-05T09:00',
    'announcements',
    'We count pages on Mondays',
    'Fewer than two a week: {{issue:OPS-1}}.',
  );
  s.remark('jonas 2026-02-05T10:00', talk, '31 of 54 alerts are gone. :tada:');

  const pickup = s.issue(
    'teo 2026-02-12T09:00',
    'Reservations of 14 days for pickup',
    '{{issue:SHOP-6}}. The sweeper assumes ten minutes; it must read the end from the row.',
    { labels: ['stock'] },
  );
  const sweeper = s.pull(
    'jonas 2026-02-13T09:00',
    'Sweeper reads reserved_until',
    `Closes #${pickup}\n\nTable before and after:\n\n| column | type |\n|---|---|\n| \`reserved_until\` | \`timestamptz\` |`,
    {
      head: 'reserved-until',
      base: 'release-2026',
      commits: [
        s.commit(
          'jonas 2026-02-13T08:50',
          'Sweeper reads reserved_until',
          'test:SUCCESS integration:FAILURE',
        ),
      ],
      files: edits.fileList([
        file('stock/sweeper.go', 22, 9),
        file('migrations/0012_reserved_until.sql', 3, 0),
      ]),
      reviewers: ['mina-okafor'],
    },
  );
  s.say(
    'mina 2026-02-27T15:00',
    sweeper,
    'Two reservations of the same line? That bit us in {{issue:SHOP-5}}.',
  );

  const mail = s.issue(
    'hana 2026-02-26T12:10',
    'Mail worker opens too many connections',
    'The provider answers `421 too many connections`. Steps are in {{page:INFRA:On-call runbook}}, the incident is {{issue:OPS-18}}.',
    { labels: ['incident'] },
  );
  const rate = s.pull('hana 2026-02-26T12:20', 'Halve the mail rate', `Refs #${mail}`, {
    head: 'mail-rate',
    commits: [s.commit('hana 2026-02-26T12:18', 'Halve the mail rate', 'test:SUCCESS')],
    files: edits.fileList([file('mail/limits.yaml', 1, 1, '@@ -3 +3 @@\n-rate: 100\n+rate: 50')]),
  });
  s.review('jonas 2026-02-26T12:22', rate, 'APPROVED', '🚀');
  edits.merge(workspace, GREENHOUSE, rate, s.at('hana 2026-02-26T12:23'));
  const revert = s.pull(
    'hana 2026-03-01T23:00',
    'Raise the mail rate again',
    `Reverts #${rate}, at noon. Fixes #${mail}`,
    {
      head: 'mail-rate-again',
      commits: [s.commit('hana 2026-03-01T22:55', 'Raise the mail rate again', 'test:SUCCESS')],
      files: edits.fileList([file('mail/limits.yaml', 1, 1, '@@ -3 +3 @@\n-rate: 50\n+rate: 100')]),
      reviewers: ['mina-okafor'],
    },
  );
  s.say('greenhouse 2026-03-01T23:01', revert, 'Merging is **blocked** until Monday, 12:00.');
}
