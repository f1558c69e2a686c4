import type { MailSpec } from '../message.ts';
import { mailbox } from './people.ts';

const LIST = {
  'List-Id': 'Makers of Fernhollow <makers.lists.fernhollow.example>',
  'List-Unsubscribe': '<mailto:makers-leave@lists.fernhollow.example>',
  Precedence: 'list',
};

const FOOTER = `
_______________________________________________
Makers mailing list
https://lists.fernhollow.example/makers`;

const BOUNDARY = 'report-of-the-26th';

/** What comes to many, or from programs. */
export const LISTS: readonly MailSpec[] = [
  {
    id: 'pots-1',
    from: mailbox('potter'),
    to: mailbox('makers'),
    at: '2026-02-21T18:05',
    subject: '[Makers] How do you pack pots that must not break?',
    headers: LIST,
    text: `Of my last twenty parcels three came back in pieces. I use paper, because plastic is not what people want from us. What do you do?

Agnes${FOOTER}`,
  },
  {
    id: 'pots-2',
    from: mailbox('weaver'),
    to: mailbox('makers'),
    at: '2026-02-21T20:47',
    subject: 'Re: [Makers] How do you pack pots that must not break?',
    answers: 'pots-1',
    headers: LIST,
    text: `> I use paper, because plastic is not what people want from us. What do you do?

Wood wool, two boxes, the inner one smaller by a hand's width on each side. Nothing has broken since autumn.${FOOTER}`,
  },
  {
    id: 'pots-3',
    from: mailbox('teo'),
    to: mailbox('makers'),
    at: '2026-02-23T09:30',
    subject: 'Re: [Makers] How do you pack pots that must not break?',
    answers: 'pots-2',
    headers: LIST,
    text: `We pay the second box for everyone who sells pots, from March on. Send me the bill.

Teo, Fernhollow

{{quote}}`,
  },
  {
    id: 'weekly-8',
    from: mailbox('news'),
    to: mailbox('mina'),
    at: '2026-02-20T05:00',
    subject: 'Peat is out: what the new rules mean for small nurseries',
    headers: { 'List-Unsubscribe': '<https://gardentrade.example/leave>', Precedence: 'bulk' },
    text: 'Peat is out. Read it at https://gardentrade.example/2026/08?utm_source=weekly',
    html: `<html><head><style>.x{color:green}</style></head><body>
<h1>Peat is out</h1>
<p>From 2027 on, bagged compost may hold no peat. <a href="https://gardentrade.example/2026/08?utm_source=weekly&amp;utm_campaign=8">What that means for small nurseries</a></p>
<ul><li>Coir doubles in price</li><li>Bark is <b>scarce</b></li></ul>
<img src="https://gardentrade.example/open?reader=4711" width="1" height="1">
</body></html>`,
  },
  {
    id: 'bounce-1',
    from: mailbox('daemon'),
    to: mailbox('mina'),
    at: '2026-02-26T14:03',
    subject: 'Undelivered Mail Returned to Sender',
    headers: { 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' },
    text: '',
    report: {
      type: `multipart/report; report-type=delivery-status; boundary="${BOUNDARY}"`,
      body: `--${BOUNDARY}
Content-Type: text/plain; charset=utf-8

Your message could not be delivered. What it was is below.

--${BOUNDARY}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.fernhollow.example

Final-Recipient: rfc822; gwen@fernhollow.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gwen@fernhollow.example>: no such mailbox

--${BOUNDARY}
Content-Type: message/rfc822-headers

From: Mina Okafor <mina@fernhollow.example>
To: Gwen Abara <gwen@fernhollow.example>
Subject: One more question about the catalog
Date: Thu, 26 Feb 2026 14:02:00 +0000

--${BOUNDARY}--
`,
    },
  },
  {
    id: 'closed-1',
    from: mailbox('landlord'),
    to: mailbox('mina'),
    at: '2026-02-22T16:00',
    subject: 'Friday the 27th: no water from 9 to 15',
    text: `Dear tenants,

on Friday, 27 February, the pipes in the yard are replaced. There is no water in the whole house between 9:00 and 15:00.

Hausverwaltung Krume`,
  },
  {
    id: 'closed-2',
    from: mailbox('bruno'),
    to: mailbox('mina'),
    at: '2026-02-23T08:20',
    subject: 'Re: Friday the 27th: no water from 9 to 15',
    answers: 'closed-1',
    text: `Then the office is closed that day. I tell everyone in the chat.

{{quote}}`,
  },
];
