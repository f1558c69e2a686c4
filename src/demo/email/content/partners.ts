import type { MailSpec } from '../message.ts';
import { mailbox } from './people.ts';

/** With people outside of the company: accountants, suppliers, providers, buyers. */
export const PARTNERS: readonly MailSpec[] = [
  {
    id: 'sale-note-1',
    from: mailbox('mina'),
    to: mailbox('finance'),
    cc: mailbox('ada'),
    at: '2026-02-19T09:20',
    subject: 'Discounts in the spring sale: what does your note have to say?',
    text: `Dear Ruth,

from Tuesday the 10th on, baskets above 60 euros get 15 percent off. Before we switch it on (@@SITE@@/browse/SHOP-12) we need your note on two things:

1. Which price is on the invoice, the one before or the one after the discount?
2. Who bears the discount, the maker or we?

Could we have it by the end of the month?

Best wishes
Mina
-- 
Mina Okafor · Fernhollow · the market place for small garden makers`,
  },
  {
    id: 'sale-note-2',
    from: mailbox('finance'),
    to: mailbox('mina'),
    cc: mailbox('ada'),
    at: '2026-02-20T15:42',
    subject: 'Re: Discounts in the spring sale: what does your note have to say?',
    answers: 'sale-note-1',
    text: `Hello Mina,

> 1. Which price is on the invoice, the one before or the one after the discount?

Both: the full price per line, and the discount as a line of its own below the sum.

> 2. Who bears the discount, the maker or we?

That is in your terms, paragraph 4, and it reads as if it were you. Is that meant?

Ruth`,
  },
  {
    id: 'sale-note-3',
    from: mailbox('ada'),
    to: mailbox('finance'),
    cc: mailbox('mina'),
    at: '2026-02-23T08:05',
    subject: 'Re: Discounts in the spring sale: what does your note have to say?',
    answers: 'sale-note-2',
    text: `It is meant: makers get what they always get.

Ada

{{quote}}`,
  },
  {
    id: 'seed-order-1',
    from: mailbox('nursery'),
    to: mailbox('teo'),
    cc: mailbox('mina'),
    at: '2026-02-17T07:30',
    subject: 'Spring price list, and your order 2026-118',
    text: 'Dear Teo,\n\nplease find the prices in the table and attached. We can deliver until 6 March.\n\nIlse Brandt',
    html: `<html><body style="font-family:Georgia"><p>Dear Teo,</p>
<p>please find the prices below <b>and attached</b>. We can deliver until <i>6 March</i>.</p>
<table border="1"><tr><th>Article</th><th>Unit</th><th>Price</th></tr>
<tr><td>Sweet pea 'Matucana'</td><td>100 g</td><td>11.40</td></tr>
<tr><td>Cosmos mix</td><td>100 g</td><td>6.20</td></tr>
<tr><td>Lavender plugs</td><td>tray of 54</td><td>38.00</td></tr></table>
<p>Order at <a href="https://kesselgrund-nursery.example/order?no=2026-118&amp;utm_source=mail&amp;utm_medium=list">our shop</a>.</p>
<p>Ilse Brandt<br>Kesselgrund Nursery</p></body></html>`,
    files: [
      {
        name: 'prices-spring-2026.csv',
        type: 'text/csv',
        content:
          'article,unit,price\nSweet pea Matucana,100 g,11.40\nCosmos mix,100 g,6.20\nLavender plugs,tray of 54,38.00\n',
      },
    ],
  },
  {
    id: 'seed-order-2',
    from: mailbox('teo'),
    to: mailbox('nursery'),
    cc: mailbox('mina'),
    at: '2026-02-17T11:02',
    subject: 'AW: Spring price list, and your order 2026-118',
    answers: 'seed-order-1',
    text: 'Dear Ilse,\n\ntwo trays of lavender and 300 g of the sweet pea, please. To the new address!\n\nTeo\n\n{{quote}}',
    html: '<p>Dear Ilse,</p><p>two trays of lavender and 300 g of the sweet pea, please. To the <b>new</b> address!</p><p>Teo</p>{{quote}}',
  },
  {
    id: 'seed-order-3',
    from: mailbox('nursery'),
    to: mailbox('teo'),
    cc: mailbox('mina'),
    at: '2026-02-18T06:55',
    subject: 'Re: AW: Spring price list, and your order 2026-118',
    answers: 'seed-order-2',
    text: 'Noted. It leaves on Monday.\n\nIlse\n\n{{quote}}',
    html: '<p>Noted. It leaves on Monday.</p><p>Ilse</p>{{quote}}',
  },
  {
    id: 'throttled-1',
    from: mailbox('hana'),
    to: mailbox('postbell'),
    cc: mailbox('mina'),
    at: '2026-02-26T12:31',
    subject: '421 too many connections since 11:40 UTC',
    text: `Hello,

since 11:40 UTC your servers answer "421 4.7.0 too many connections" to every third attempt. We send about 900 mails an hour, as in the last months, and have 1,240 waiting. Was a limit changed?

What we do meanwhile is in our ticket, @@SITE@@/browse/OPS-18.

Hana Kim, on call`,
  },
  {
    id: 'throttled-2',
    from: mailbox('postbell'),
    to: mailbox('hana'),
    cc: mailbox('mina'),
    at: '2026-02-26T16:10',
    subject: 'Re: 421 too many connections since 11:40 UTC [PB-20417]',
    answers: 'throttled-1',
    text: `Hi Hana,

your account was put into a new pool this morning, with 10 connections instead of 25. We look into why that was not announced.

Kind regards
Sam, Postbell Support

{{quote}}`,
  },
  {
    id: 'bonsai-1',
    from: mailbox('teo'),
    to: mailbox('mina'),
    at: '2026-02-24T10:12',
    subject: 'Fwd: I got two of the same bonsai',
    text: `Mina, is that the old one (@@PAGE:ENG:Postmortem: The bonsai that was sold twice@@), or new?

Teo

---------- Forwarded message ---------
From: ${mailbox('buyer')}
Date: Tue, 24 Feb 2026 at 08:51
Subject: I got two of the same bonsai
To: Fernhollow <hello@fernhollow.example>

Good morning,

I ordered one small-leaved elm and paid for one. Two came, with the same number on the tag. I would gladly keep both, but I fear that somebody else is waiting for theirs.

Leo Marchetti`,
  },
  {
    id: 'bonsai-2',
    from: mailbox('mina'),
    to: mailbox('teo'),
    cc: mailbox('jonas'),
    at: '2026-02-24T13:40',
    subject: 'Re: Fwd: I got two of the same bonsai',
    answers: 'bonsai-1',
    text: `New, but harmless: the maker packed two into one parcel. The stock was right all the time.

Tell him to keep both, it is on us.

Mina

{{quote}}`,
  },
  {
    id: 'invoice-1',
    from: mailbox('potter'),
    to: mailbox('ada'),
    cc: mailbox('mina'),
    at: '2026-02-25T19:40',
    subject: 'Your invoice FH-2026-000388: which fee is for what?',
    text: `Dear Ada,

your invoice of January says 61.35 and nothing else. I sold 22 pots and gave one back. Is the fee of that one in it, or not?

And when will the money of last week be there? Friday, as always?

Agnes Thorn, Thorn Pottery`,
  },
  {
    id: 'invoice-2',
    from: mailbox('ada'),
    to: mailbox('potter'),
    cc: mailbox('mina'),
    at: '2026-02-26T08:15',
    subject: 'Re: Your invoice FH-2026-000388: which fee is for what?',
    answers: 'invoice-1',
    text: `Dear Agnes,

it is in it: you gave the pot back in February, so that its fee comes back with a credit note and the next invoice. From April on each order has a line of its own; Mina is at it (@@SITE@@/browse/SHOP-47).

Friday, yes.

Ada

{{quote}}`,
  },
];
