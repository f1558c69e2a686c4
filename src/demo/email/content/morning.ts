import type { MailSpec } from '../message.ts';
import { mailbox } from './people.ts';

/** What arrives on the morning that the demo shows. */
export const MORNING: readonly MailSpec[] = [
  {
    id: 'sale-note-4',
    from: mailbox('finance'),
    to: mailbox('ada'),
    cc: mailbox('mina'),
    at: '2026-03-02T08:31',
    subject: 'Re: Discounts in the spring sale: what does your note have to say?',
    answers: 'sale-note-3',
    text: `Then here is the note. With it you may switch on @@SITE@@/browse/SHOP-12 from my side.

Ruth

{{quote}}`,
    files: [
      {
        name: 'note-discounts-2026.txt',
        type: 'text/plain',
        content:
          'Discounts of the spring sale 2026\n\nThe full price is shown per line, the discount below the sum. The market place bears it.\n',
      },
    ],
  },
  {
    id: 'throttled-3',
    from: mailbox('postbell'),
    to: mailbox('hana'),
    cc: mailbox('mina'),
    at: '2026-03-02T08:02',
    subject: 'Re: 421 too many connections since 11:40 UTC [PB-20417]',
    answers: 'throttled-2',
    text: `Hi Hana,

you have 25 connections again, since 7:30 UTC today. Sorry for the trouble.

Sam, Postbell Support

{{quote}}`,
  },
  {
    id: 'roof-1',
    from: mailbox('landlord'),
    to: mailbox('mina'),
    at: '2026-03-02T07:45',
    subject: 'The roof garden opens again',
    text: 'Dear tenants,\n\nfrom today on the roof garden is open until 20:00. The key is where it was.\n\nHausverwaltung Krume',
  },
];
