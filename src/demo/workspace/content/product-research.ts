import type { PageSpec } from './page-spec.ts';
import { textFile } from './pictures.ts';
import { macro, pageLink } from './to-storage.ts';

/** PRODUCT: research, design, notes and news. */
export const productResearch: readonly PageSpec[] = [
  {
    title: 'Research',
    by: 'sora',
    on: '2025-09-15 05:00',
    labels: ['research'],
    body: 'What we heard, in their words. Names are changed; plants are real.',
  },
  {
    title: 'Interviews: people who gave up at shipping',
    under: 'Research',
    by: 'sora',
    on: '2025-11-06 05:00',
    labels: ['research', 'pickup'],
    files: [
      textFile(
        'interviews.csv',
        'text/csv',
        'person,plant,gave up because\n1,lemon tree,shipping cost\n2,olive tree,no date\n',
      ),
    ],
    body: `
      Six calls in October. Raw table: {{file:interviews.csv}}.

      ${macro('view-file', { references: { name: '<ri:attachment ri:filename="interviews.csv" />' }, parameters: { height: '250' } })}

      > I would have driven an hour for that olive tree. You only offered me a parcel.

      1. Cost of shipping (4 of 6)
      2. No idea when it comes (3 of 6)
      3. Fear that the plant suffers (2 of 6)

      ## Files

      ${macro('attachments', { parameters: { upload: 'false' } })}
    `,
  },
  {
    title: 'Survey: makers, winter 2026',
    under: 'Research',
    by: 'sora',
    on: '2026-02-13 05:00',
    labels: ['research', 'makers'],
    body: `
      118 answers.

      ${macro('chart', { parameters: { type: 'bar', title: 'What costs you most time?' }, rich: '<table><tbody><tr><th><p>Task</p></th><th><p>Makers</p></th></tr><tr><td><p>Packing</p></td><td><p>61</p></td></tr><tr><td><p>Photos</p></td><td><p>34</p></td></tr><tr><td><p>Questions</p></td><td><p>23</p></td></tr></tbody></table>' })}

      Packing wins. Labels we print for them would save about two hours a week ({{issue:SHOP-36}}).
    `,
  },
  {
    title: 'Interview guide',
    under: 'Research',
    by: 'sora',
    on: '2025-10-10 05:00',
    labels: ['research', 'howto'],
    body: `
      1. Ask for the last time, not for the usual time.
      2. Be quiet for five seconds longer than you like.
      3. Never show a picture before minute twenty.
    `,
  },
  {
    title: 'Design',
    by: 'sora',
    on: '2025-09-18 05:00',
    labels: ['design'],
    body: `
      Colours, words and pictures. The component library is at [design.fernhollow.example](https://design.fernhollow.example/components?theme=light&lang=en).

      <p>Our green is <span style="color: rgb(0,102,68);">this green</span>, H<sub>2</sub>O is blue, and <u>nothing</u> is underlined.</p>
    `,
  },
  {
    title: 'Words we use',
    under: 'Design',
    by: 'sora',
    on: '2025-09-19 05:00',
    labels: ['design', 'copy'],
    body: `
      | We say | We do not say |
      |---|---|
      | maker | vendor, seller |
      | gardener | customer, user |
      | fetch | collect, BOPIS |
      | Sorry, that did not work. | Oops! |

      ## Names of our systems

      ${macro('include', { references: { '': pageLink('ENG', 'Glossary') } })}
    `,
  },
  {
    title: 'デザイン原則',
    under: 'Design',
    by: 'sora',
    on: '2025-10-01 05:00',
    labels: ['design'],
    body: `
      ## 三つの原則

      1. **静かに**:動くものは一画面に一つまで。
      2. **正直に**:送料は最初に見せる。
      3. **手触り**:写真は自然光で。

      英語版は {{page:Words we use}} を参照。
    `,
  },
  {
    title: 'Meeting notes',
    by: 'ada',
    on: '2025-12-03 10:00',
    body: `${macro('children', { parameters: { sort: 'creation', reverse: 'true' } })}`,
  },
  {
    title: '2026-02-27 Product weekly',
    under: 'Meeting notes',
    by: 'ada',
    on: '2026-02-27 10:00',
    labels: ['meeting-notes'],
    body: `
      - Pickup: wording test moved to {{date:2026-03-05}}.
      - Sale: {{@ada}} decides on vouchers on March 10 {{:warning}}
      - Board deck: {{card:PRODUCT:Roadmap}}
    `,
  },
  {
    title: 'Pricing',
    under: 'Specs',
    by: 'ada',
    on: '2025-12-10 10:00',
    groups: ['leads'],
    labels: ['confidential'],
    body: 'Fees per country and what we could change. Leads only until it is decided.',
  },
  {
    title: 'What is new?',
    under: 'Design',
    by: 'sora',
    on: '2026-02-01 05:00',
    body: 'How we write release notes for gardeners: one sentence, one picture, no version numbers.',
  },
  {
    title: 'What is new!',
    under: 'Design',
    by: 'sora',
    on: '2026-02-01 05:30',
    body: 'The same for makers, who do want version numbers.',
  },
  ...blog(
    'Winter in the shop: what we learned',
    'ada',
    '2026-01-16 09:00',
    `
      December brought **41,200 orders**, twice the year before. Three things held, one did not.

      - Search stayed below 60 ms.
      - Nobody was paged on the 24th.
      - The label printer of Hazel Lane Nursery is a hero.

      What did not hold is written down in {{page:ENG:Postmortem: The bonsai that was sold twice}}.
  `,
  ),
  ...blog(
    'Pickup starts in two towns 🚲',
    'teo',
    '2026-02-20 09:00',
    `
      From Monday, gardeners in two towns can fetch their plants. Forty makers said yes. {{:tada}}

      Watch the numbers in {{page:Local pickup}}, and tell {{@sora}} what you hear.
  `,
  ),
];

function blog(title: string, by: string, on: string, body: string): PageSpec[] {
  return [{ title, by, on, body, kind: 'blogpost', labels: ['news'] }];
}
