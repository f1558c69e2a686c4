import { picture } from '../../workspace/content/pictures.ts';
import type { MailSpec } from '../message.ts';
import { mailbox } from './people.ts';

const TEAM = ['jonas', 'priya', 'hana'].map(mailbox).join(', ');

const drill = (method: 'REQUEST' | 'REPLY', attendees: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'PRODID:-//Fernhollow//Calendar//EN',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'UID:restore-drill-2026@fernhollow.example',
    'DTSTAMP:20260219T083000Z',
    'DTSTART:20260303T130000Z',
    'DTEND:20260303T150000Z',
    'SUMMARY:Restore drill',
    'LOCATION:Video\\, and the small room',
    'ORGANIZER;CN=Mina Okafor:mailto:mina@fernhollow.example',
    ...attendees,
    'DESCRIPTION:We restore the database of Monday into an empty cluster. Jonas types\\, we watch.',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\n');

/** Among the company's own people. */
export const TEAM_MAIL: readonly MailSpec[] = [
  {
    id: 'drill-1',
    from: mailbox('mina'),
    to: TEAM,
    at: '2026-02-19T08:30',
    subject: 'Invitation: Restore drill',
    text: `Before the sale we want to know that a backup is one (@@SITE@@/browse/OPS-13).

What to read before: @@PAGE:INFRA:Backups@@`,
    files: [
      {
        name: 'invite.ics',
        type: 'text/calendar; method=REQUEST',
        isAlternative: true,
        content: drill('REQUEST', [
          'ATTENDEE;CN=Jonas Lindqvist;PARTSTAT=NEEDS-ACTION:mailto:jonas@fernhollow.example',
          'ATTENDEE;CN=Hana Kim;PARTSTAT=NEEDS-ACTION:mailto:hana@fernhollow.example',
        ]),
      },
    ],
  },
  {
    id: 'drill-2',
    from: mailbox('jonas'),
    to: mailbox('mina'),
    at: '2026-02-19T09:15',
    subject: 'Accepted: Restore drill',
    answers: 'drill-1',
    text: 'Jonas Lindqvist has accepted this invitation.',
    files: [
      {
        name: 'reply.ics',
        type: 'text/calendar; method=REPLY',
        isAlternative: true,
        content: drill('REPLY', [
          'ATTENDEE;CN=Jonas Lindqvist;PARTSTAT=ACCEPTED:mailto:jonas@fernhollow.example',
        ]),
      },
    ],
  },
  {
    id: 'drill-3',
    from: mailbox('hana'),
    to: mailbox('mina'),
    cc: mailbox('jonas'),
    at: '2026-02-20T00:40',
    subject: 'Re: Invitation: Restore drill',
    answers: 'drill-1',
    text: `That is ten in the evening here. I come, if somebody else has the pager that night.

Hana

{{quote}}`,
  },
  {
    id: 'banner-1',
    from: mailbox('sora'),
    to: mailbox('mina'),
    cc: mailbox('teo'),
    at: '2026-02-25T01:50',
    subject: '春のセールのバナー',
    text: 'ミナさん\n\nバナーができました。緑は 40 % にしました。ご確認ください。\n\nそら',
    html: '<p>ミナさん</p><p>バナーができました。緑は <b>40 %</b> にしました。ご確認ください。</p><p><img src="cid:banner-2026" alt="バナー"></p><p>そら</p>',
    files: [
      {
        name: 'banner-2026.png',
        type: 'image/png',
        content: picture('banner-2026').bytes(),
        contentId: 'banner-2026',
      },
    ],
  },
  {
    id: 'banner-2',
    from: mailbox('mina'),
    to: mailbox('sora'),
    cc: mailbox('teo'),
    at: '2026-02-25T08:12',
    subject: 'Re: 春のセールのバナー',
    answers: 'banner-1',
    text: 'Lovely. On small screens the date is cut off; can it go above the leaf?\n\n{{quote}}',
  },
  {
    id: 'banner-3',
    from: mailbox('sora'),
    to: mailbox('mina'),
    cc: mailbox('teo'),
    at: '2026-02-26T00:20',
    subject: 'Re: 春のセールのバナー',
    answers: 'banner-2',
    text: `> On small screens the date is cut off; can it go above the leaf?

直しました。`,
  },
  {
    id: 'away-1',
    from: mailbox('bruno'),
    to: mailbox('mina'),
    at: '2026-02-25T10:01',
    subject: 'Automatic reply: Rota for March',
    text: 'I am in the mountains until 1 March and read no mail there. Ada knows everything that I know.',
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Autoreply': 'yes' },
  },
  {
    id: 'rota-1',
    from: mailbox('mina'),
    to: `${mailbox('bruno')}, ${TEAM}`,
    at: '2026-02-25T10:00',
    subject: 'Rota for March',
    text: `As it stands:

- 2 March: me
- 9 March: Jonas (the week of the sale!)
- 16 March: Hana
- 23 March: Priya, for the first time

The numbers to call are in @@PAGE:INFRA:Incident contacts@@. Who can't?`,
  },
  {
    id: 'rota-2',
    from: mailbox('priya'),
    to: mailbox('mina'),
    cc: mailbox('jonas'),
    at: '2026-02-25T12:26',
    subject: 'Re: Rota for March',
    answers: 'rota-1',
    text: `Fine with me, if Jonas sits beside me on the first night. I have read @@PAGE:INFRA:On-call runbook@@ twice.

{{quote}}`,
  },
];
