import type { PageSpec } from './page-spec.ts';
import { picture } from './pictures.ts';
import { macro } from './to-storage.ts';

const PANEL_EXTENSION =
  '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute><ac:adf-attribute key="panel-icon">:pushpin:</ac:adf-attribute><ac:adf-attribute key="panel-color">#E6FCFF</ac:adf-attribute><ac:adf-content><p>Prices shown to gardeners always include tax. No exceptions, no asterisks.</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel conf-macro output-block"><div class="panelContent"><p>Prices shown to gardeners always include tax. No exceptions, no asterisks.</p></div></div></ac:adf-fallback></ac:adf-extension>';

/** PRODUCT: the home page, the roadmap and specs. */
export const productSpecs: readonly PageSpec[] = [
  {
    title: 'Product Home',
    by: 'ada',
    on: '2025-09-01 10:00',
    labels: ['home'],
    body: `
      We help people who grow things sell them to people who like to watch things grow.

      ## This quarter

      1. {{page:Spring sale 2026}} {{status:Yellow:AT RISK}}
      2. {{page:Local pickup}} {{status:Green:ON TRACK}}
      3. {{page:Maker verification}} {{status:Grey:NOT STARTED}}

      ${macro('blog-posts', { parameters: { max: '3', content: 'titles' } })}
    `,
  },
  {
    title: 'Roadmap',
    by: 'ada',
    on: '2025-09-05 10:00',
    labels: ['roadmap'],
    body: `
      ${macro('roadmap', { parameters: { timeline: 'true', title: 'Roadmap 2026', source: '{"lanes":[{"title":"Gardeners"},{"title":"Makers"}]}', hash: '5d0c3a' } })}

      The plan in words, for those who can't see the picture:

      - **Q1** local pickup, spring sale
      - **Q2** maker verification, Korean search
      - **Q3** gift cards, if the lawyers agree
    `,
  },
  {
    title: 'Specs',
    by: 'teo',
    on: '2025-09-08 10:00',
    labels: ['spec'],
    body: `
      A spec answers: who has which problem, what do we do, how will we know. Two pages at most.

      ${macro('contentbylabel', { parameters: { cql: 'label = "spec" and space = "PRODUCT"', max: '10' } })}
    `,
  },
  {
    title: 'Local pickup',
    under: 'Specs',
    by: 'teo',
    on: '2025-11-17 10:00',
    labels: ['spec', 'pickup'],
    files: [picture('pickup-flow.png')],
    body: `
      ${macro('details', { rich: '<table><tbody><tr><th><p>Owner</p></th><td><p>Teo Álvarez</p></td></tr><tr><th><p>Target</p></th><td><p><time datetime="2026-03-20" /></p></td></tr><tr><th><p>Epic</p></th><td><p><a href="@@SITE@@/browse/SHOP-1" data-card-appearance="inline">@@SITE@@/browse/SHOP-1</a></p></td></tr></tbody></table>' })}

      ## Problem

      A lemon tree costs €24 to buy and €31 to send. Gardeners in the same town would gladly fetch it.

      ## What we do

      - The maker sets pickup hours and a place.
      - The gardener chooses *Fetch it myself* and a day.
      - Both get a four-digit code; the maker types it in and gets paid.

      <ac:image ac:align="center" ac:width="520"><ri:attachment ri:filename="pickup-flow.png" /><ac:caption><p>The whole flow: <strong>choose, meet, type four digits</strong></p></ac:caption></ac:image>

      ## How we will know

      | Measure | Now | Goal |
      |---|---|---|
      | Orders of plants above 5 kg | 31 a week | 60 a week |
      | Cancelled because of shipping cost | 18 % | < 8 % |

      ## Open questions

      <> Codes are valid for 14 days.
      <> No pickup for seeds: the stamp is cheaper than the bus.

      [ ] {{@sora}} tests the wording with five makers by {{date:2026-03-05}}
      [x] {{@teo}} asks the lawyers about returns

      ${macro('jira', { parameters: { key: 'SHOP-1' } })}
    `,
    comments: [
      {
        by: 'mina',
        on: '2026-02-12 10:00',
        text: 'What happens when nobody comes? The reservation lives for ten minutes today.',
        replies: [
          {
            by: 'teo',
            on: '2026-02-12 10:40',
            text: 'Good catch. Pickup needs its own reservation of 14 days; I filed {{issue:SHOP-6}}.',
          },
          { by: 'jonas', on: '2026-02-12 11:00', text: 'The ledger can do it, the sweeper can not.' },
        ],
      },
      {
        by: 'sora',
        on: '2026-02-18 01:00',
        text: 'Two makers asked for a fifth digit. I think four are fine.',
        resolvedBy: 'teo',
      },
    ],
  },
  {
    title: 'Pickup codes',
    under: 'Local pickup',
    by: 'priya',
    on: '2026-02-05 10:00',
    labels: ['spec', 'pickup'],
    body: `
      Four digits, drawn at random, never ^0000^ or the year. Five wrong tries lock the code for an hour.

      The chance to guess one: 5 in 10,000 an hour. Good enough for a lemon tree.
    `,
  },
  {
    title: 'Pickup emails',
    under: 'Local pickup',
    by: 'sora',
    on: '2026-02-09 05:00',
    labels: ['spec', 'pickup', 'copy'],
    body: `
      > Hello {first name},
      > your *Meyer lemon* waits for you at **Hazel Lane Nursery**, Saturday 10–12.
      > Your code is **4821**. Bring a bag; lemon trees scratch.

      - No exclamation marks. The tree is exciting enough.
      - The map is a picture with a text below it, not an embedded frame.
    `,
  },
  {
    title: 'Spring sale 2026',
    under: 'Specs',
    by: 'ada',
    on: '2026-01-07 10:00',
    labels: ['spec', 'sale'],
    body: `
      From {{date:2026-03-20}} to {{date:2026-03-27}}. Everything that grows, 15 % off, paid by us.

      ${PANEL_EXTENSION}

      ## Freeze

      No deploys of checkout from March 19, 18:00 to March 21, 08:00 UTC. Everything else ships as always ({{page:ENG:How we ship}}).

      ## Load

      Last spring: 40 orders a minute at the peak. We plan for 120. The load test is {{issue:OPS-19}}.

      :::warning At risk
      The discount service is not done ({{issue:SHOP-12}}). If it is not merged by {{date:2026-03-11}}, we sell vouchers instead.
      :::
    `,
    comments: [
      {
        by: 'bruno',
        on: '2026-02-26 08:00',
        text: 'March 11 is a Wednesday. Please decide on the 10th, in the guild.',
      },
    ],
  },
  {
    title: 'Maker verification',
    under: 'Specs',
    by: 'teo',
    on: '2026-01-22 10:00',
    labels: ['spec', 'makers'],
    body: `
      Makers prove who they are before the first payout, not before the first sale.

      | Step | Country | Needed |
      |---|---|---|
      | Name and address | all | yes |
      | Tax number | DE, AT, CH | above €600 a year |
      | Plant passport | EU | for living plants |

      We buy this from a provider; comparing three of them is {{issue:SHOP-40}}.
    `,
  },
  {
    title: 'Gift cards',
    under: 'Specs',
    by: 'teo',
    on: '2026-02-03 10:00',
    labels: ['spec', 'idea'],
    body: 'One paragraph so far: people ask for it every December. The lawyers need until April.',
  },
];
