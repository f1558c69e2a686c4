/**
 * What the company says in its channels: its Jira and Confluence hold the same stories. `{{@mina}}` is a person, `{{@@on-call}}` a
 * group, `{{#incidents}}` a channel, `{{issue:OPS-18}}` and `{{page:INFRA:On-call runbook}}` are links.
 */
export interface Said {
  readonly by: string;
  /** In UTC. */
  readonly at: string;
  readonly text: string;
  readonly replies?: readonly Reply[];
  readonly reactions?: Readonly<Record<string, readonly string[]>>;
  readonly file?: FileSpec;
  /** Who changed it a minute later. */
  readonly edited?: true;
  /** Taken back; its answers stay. */
  readonly deleted?: true;
  readonly subtype?: 'me_message';
  /** Of the page that the text links to. */
  readonly unfurl?: { readonly page: string; readonly text: string };
}

export interface Reply extends Omit<Said, 'replies'> {
  readonly broadcast?: true;
}

export interface FileSpec {
  readonly name: string;
  readonly mimetype: string;
  readonly text?: string;
}

const said = (by: string, at: string, text: string, more: Omit<Said, 'by' | 'at' | 'text'> = {}): Said => ({
  by,
  at,
  text,
  ...more,
});

const answer = (
  by: string,
  at: string,
  text: string,
  more: Omit<Reply, 'by' | 'at' | 'text'> = {},
): Reply => ({
  by,
  at,
  text,
  ...more,
});

export const TALK: Readonly<Record<string, readonly Said[]>> = {
  general: [
    said(
      'ada',
      '2026-02-16T09:00',
      'Good morning :seedling: The week’s plan is in {{page:PRODUCT:Spring sale 2026}}.',
      {
        reactions: { seedling: ['mina', 'teo', 'sora'], '+1::skin-tone-3': ['bruno'] },
        unfurl: { page: 'PRODUCT:Spring sale 2026', text: 'What we sell in March, and who decides what.' },
      },
    ),
    said('gwen', '2026-02-18T16:20', 'It was a pleasure. You have my number :wave:', {
      reactions: { heart: ['ada', 'mina', 'jonas', 'priya', 'teo', 'hana'] },
    }),
    said('bruno', '2026-02-23T08:30', '<!here> the office is closed on Friday. Work from where you like.', {
      edited: true,
      replies: [
        answer('sora', '2026-02-23T08:31', 'はい、ありがとうございます 🙏'),
        answer('hana', '2026-02-23T08:40', '확인했습니다'),
      ],
    }),
    said('teo', '2026-02-27T15:00', 'is off to the seed fair', { subtype: 'me_message' }),
  ],
  engineering: [
    said(
      'priya',
      '2026-02-17T10:05',
      'The basket forgets a line when two tabs are open ({{issue:SHOP-43}}). This is all it takes:\n```\nconst basket = await load(id);\nbasket.lines.push(line); // the other tab wrote meanwhile\nawait save(basket);\n```\nWhat do you think: a version on the row, or a lock?',
      {
        replies: [
          answer(
            'mina',
            '2026-02-17T10:12',
            'A version. `save` fails if it is not the one that we read, and we try again *once*.',
          ),
          answer(
            'jonas',
            '2026-02-17T10:15',
            '&gt; a version on the row\n+1, a lock would sit in the way of {{page:ENG:Seedbank (stock)}}',
          ),
          answer('priya', '2026-02-17T11:40', 'Done, in review.', { reactions: { eyes: ['mina'] } }),
          answer(
            'priya',
            '2026-03-01T19:10',
            'Late, but for the record: it was _also_ the back button. See {{issue:SHOP-43}}.',
            {
              broadcast: true,
            },
          ),
        ],
      },
    ),
    said(
      'mina',
      '2026-02-19T09:00',
      'Before we merge anything for the sale:\n1. restore drill ({{issue:OPS-13}})\n2. load test with 400 baskets\n3. the note from finance\n• not on a Friday\n• not without {{@jonas}}',
      { reactions: { white_check_mark: ['jonas', 'priya'] } },
    ),
    said('jonas', '2026-02-20T14:00', 'I will drop the old table tonight, nobody reads it.', {
      deleted: true,
      replies: [
        answer('mina', '2026-02-20T14:02', 'Please don’t: the report of {{issue:OPS-4}} still reads it.'),
        answer('jonas', '2026-02-20T14:05', 'Oh. Thanks. I take that back.'),
      ],
    }),
    said('hana', '2026-02-24T01:15', 'Numbers of the load test, with ~300~ 400 baskets:', {
      file: {
        name: 'load-test.csv',
        mimetype: 'text/csv',
        text: 'baskets,p95 ms\n100,84\n200,97\n400,131\n',
      },
      replies: [
        answer('mina', '2026-02-24T08:02', '131 ms is fine. Picture of the database meanwhile?', {}),
        answer('hana', '2026-02-24T23:50', '', { file: { name: 'Database.png', mimetype: 'image/png' } }),
      ],
    }),
    said(
      'priya',
      '2026-02-26T12:00',
      'Who knows why <https://status.fernhollow.example/?q=a&amp;b=c|the status page> is orange?',
      {
        replies: [answer('hana', '2026-02-26T12:04', 'That is {{issue:OPS-18}}; talk is in {{#incidents}}.')],
      },
    ),
    said(
      'mina',
      '2026-02-27T09:10',
      'How does billing know that a plant was fetched, and when is the fee booked? I am on the maker’s invoice ({{issue:SHOP-47}}) and want to have it right.',
      {
        replies: [
          answer(
            'priya',
            '2026-02-27T09:18',
            'Shipped: with `order.paid`, 9 %. Fetched: with `order.fetched`, when the maker types the code, 5 %. Since {{issue:SHOP-48}} never before.',
          ),
          answer(
            'mina',
            '2026-02-27T09:25',
            'And an order of January that is fetched in February is on the invoice of…?',
          ),
          answer(
            'priya',
            '2026-02-27T09:31',
            'February. The day of the row in the ledger counts, not the day of the order. It is all in {{page:ENG:Billing}}.',
            { reactions: { pray: ['mina'] } },
          ),
          answer(
            'hana',
            '2026-02-28T00:20',
            'While you are there: the second reminder goes out to makers who have paid, {{issue:SHOP-49}}.',
          ),
        ],
      },
    ),
  ],
  incidents: [
    said('greenhouse', '2026-02-26T11:52', '*Delayed mails*: 1,240 in the queue, the limit is 500', {
      replies: [
        answer(
          'hana',
          '2026-02-26T11:55',
          'On it. {{@@on-call}} for your information. Steps: {{page:INFRA:On-call runbook}}',
        ),
        answer(
          'hana',
          '2026-02-26T12:20',
          'The provider slows us down: `421 too many connections`. I halve the rate.',
          {
            broadcast: true,
          },
        ),
        answer('jonas', '2026-02-26T13:05', 'Queue is at 310.', { reactions: { tada: ['hana'] } }),
        answer(
          'mina',
          '2026-03-02T07:05',
          'Still 40 mails left. The rate goes back up at noon, see {{issue:OPS-18}}.',
        ),
      ],
    }),
    said('greenhouse', '2026-02-28T03:14', 'Certificate of *shop.fernhollow.example* renewed'),
  ],
  storefront: [
    said('teo', '2026-02-17T09:30', 'The gift cards wait until after the sale. {{@sora}}, fine with you?', {
      replies: [answer('sora', '2026-02-18T00:10', 'もちろん。{{page:PRODUCT:Gift cards}} にメモしました。')],
    }),
    said('sora', '2026-02-25T02:00', 'New banner. It is 40 % green, as we said.', {
      file: { name: 'Banner 2026.png', mimetype: 'image/png' },
    }),
    said(
      'mina',
      '2026-03-01T17:45',
      'Discounts come with {{issue:SHOP-12}} and {{issue:SHOP-14}}, if finance sends the note.',
    ),
  ],
  'on-call': [
    said('jonas', '2026-02-23T07:00', 'This week: {{@hana}}. Next week: {{@mina}}.'),
    said(
      'mina',
      '2026-02-27T21:30',
      'Phone first, chat second: that is {{issue:OPS-3}}, and it is still not done.',
      {
        replies: [answer('hana', '2026-02-28T00:05', 'The rota tool has no calls. I asked them.')],
      },
    ),
  ],
  'im:mina jonas': [
    said('mina', '2026-02-26T13:10', 'Do you want me to take the night?'),
    said('jonas', '2026-02-26T13:11', 'No, Hana is awake anyway. Thanks!'),
  ],
  'im:mina greenhouse': [said('greenhouse', '2026-02-28T07:00', 'You are on call from Monday, 08:00.')],
  'mpim:mina jonas hana': [
    said('hana', '2026-03-01T23:40', 'Handover: one page, delayed mails, 40 left.', {
      replies: [answer('mina', '2026-03-02T06:50', 'Taken over. Sleep well!')],
    }),
  ],
};
