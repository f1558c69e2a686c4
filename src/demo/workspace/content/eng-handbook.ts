import type { PageSpec } from './page-spec.ts';
import { picture } from './pictures.ts';
import { macro } from './to-storage.ts';

/** ENG: the home page, onboarding and how the team works. */
export const engHandbook: readonly PageSpec[] = [
  {
    title: 'Engineering Home',
    by: 'bruno',
    on: '2025-09-01 08:00',
    labels: ['home', 'handbook'],
    body: `
      <ac:layout><ac:layout-section ac:type="two_right_sidebar" ac:breakout-mode="default"><ac:layout-cell><h1>Welcome to Engineering</h1><p>We build the market place where small garden makers sell what they grow. This space holds how we work and why the systems are the way they are.</p><p>New here? Start with <ac:link><ri:page ri:content-title="Your first week" /></ac:link>.</p></ac:layout-cell><ac:layout-cell>${macro('panel', { parameters: { title: 'Shortcuts', bgColor: '#e3fcef' }, rich: '<ul><li><p><ac:link><ri:page ri:space-key="INFRA" ri:content-title="On-call runbook" /><ac:plain-text-link-body><![CDATA[On-call runbook]]></ac:plain-text-link-body></ac:link></p></li><li><p><ac:link><ri:page ri:content-title="Architecture decisions" /></ac:link></p></li></ul>' })}</ac:layout-cell></ac:layout-section></ac:layout>

      ## Everything in this space

      ${macro('children', { parameters: { all: 'true', depth: '2' } })}

      ## Recently changed

      ${macro('recently-updated', { parameters: { max: '5', spaces: 'ENG' } })}
    `,
  },
  {
    title: 'Handbook',
    by: 'bruno',
    on: '2025-09-01 08:20',
    labels: ['handbook'],
    body: `
      How we work together. Short on purpose: if a page here grows beyond a screen, split it or delete half.

      ${macro('toc', { parameters: { minLevel: '2', maxLevel: '3' } })}

      ## What we expect of each other

      - We write things down where others can find them, not in chats.
      - We ship small changes behind flags and remove the flag within **two sprints**.
      - Whoever breaks the build says so first and fixes it second.

      ## Where decisions live

      Architecture goes to {{page:Architecture decisions}}, product decisions to {{page:PRODUCT:Product Home|the product space}}.

      <> Decisions that outlive a sprint are written as an ADR, however small.
      <> Chat threads are not documentation.
    `,
  },
  {
    title: 'Your first week',
    under: 'Handbook',
    by: 'mina',
    on: '2025-09-03 09:00',
    labels: ['onboarding', 'handbook'],
    body: `
      Welcome! {{:seedling}} Your buddy walks through this list with you. Ask anything in ^#eng-help^; nobody expects you to know our garden puns yet.

      ## Day one

      [x] Laptop, badge and the password manager
      [ ] Read {{page:How we ship}} and ask one question about it
      [ ] Get ^greenhouse^ access from {{@jonas}}
      [ ] Pair on a small ticket from the [onboarding board](https://boards.fernhollow.example/onboarding)

      ## By the end of the week

      1. Run the storefront locally ({{page:Local development}}).
      2. Ship one change to production, however small:
        - a typo counts,
        - a deleted flag counts double.
      3. Sit in on an on-call handover, Monday {{date:2026-03-02}} at 10:00.

      :::tip Nobody reads everything
      The three pages worth reading in full are {{page:How we ship}}, {{page:ADR-007 Use Postgres for everything until it hurts}} and the {{page:INFRA:On-call runbook}}.
      :::
    `,
    comments: [
      {
        by: 'sora',
        on: '2025-09-10 07:30',
        text: 'This list made my first week calm. Could we add where to find the shared calendar?',
        replies: [
          {
            by: 'mina',
            on: '2025-09-10 09:05',
            text: 'Good point, it is in the #eng-help topic now. I will link it here too.',
          },
        ],
      },
    ],
  },
  {
    title: 'Local development',
    under: 'Handbook',
    by: 'priya',
    on: '2025-09-04 10:00',
    labels: ['howto'],
    body: `
      You need Docker, Node 24 and about 6 GB of free memory.

      ~~~bash Start everything
      git clone git@git.fernhollow.example:shop/storefront.git
      cd storefront
      make up          # Postgres, queue, catalog and checkout
      make seed        # 40 makers, 900 products, no real people
      npm run dev
      ~~~

      The storefront answers at ^http://localhost:4100^. Sign in as ^gardener@example.com^ with any code.

      :::expand It does not start
      - ^port 5432 already in use^: another Postgres is running; stop it or set ^PGPORT^.
      - ^relation "makers" does not exist^: you skipped ^make seed^.
      - Anything else: ^make doctor^ and paste its output into ^#eng-help^.
      :::

      ### Environment

      ~~~properties .env.local
      PGHOST=localhost
      CATALOG_URL=http://localhost:4200
      CHECKOUT_MODE=sandbox
      ~~~
    `,
  },
  {
    title: 'How we ship',
    under: 'Handbook',
    by: 'jonas',
    on: '2025-09-05 13:00',
    labels: ['handbook', 'release'],
    files: [picture('release-train.png')],
    body: `
      Every merge to ^main^ goes to production within the hour, unless somebody stops the train.

      <ac:image ac:align="center" ac:layout="center" ac:width="680" ac:alt="The release train: merge, build, canary, everywhere"><ri:attachment ri:filename="release-train.png" /><ac:caption><p>From merge to everywhere, on a good day</p></ac:caption></ac:image>

      | Step | Who | How long | Stops on |
      |---|---|---|---|
      | Build and tests | CI | 9 min | any red test |
      | Canary, 5 % of traffic | ^greenhouse^ | 15 min | error rate above 0.5 % |
      | Everywhere | ^greenhouse^ | 4 min | a person pressing **Hold** |

      {{status:Green:NO FREEZE}} There is no freeze at the moment. The next one is the spring sale; see {{page:PRODUCT:Spring sale 2026}}.

      :::note Fridays
      We ship on Fridays. If that sounds frightening, fix what makes it frightening and tell {{@bruno}}.
      :::

      ---

      ## Rolling back

      ^greenhouse rollback storefront^ takes the release before. It does not touch migrations; those are written so that the old release still works ({{#two-step|see below}}).

      ## {{anchor:two-step}}Two-step migrations

      1. Add the column or table, write to both.
      2. A release later: read from the new one, drop the old.
    `,
    comments: [
      {
        by: 'hana',
        on: '2025-11-12 05:10',
        text: 'Is the canary threshold still 0.5 %? The dashboard alerts at 1 %.',
        replies: [
          {
            by: 'jonas',
            on: '2025-11-12 08:40',
            text: 'The page is right. I fixed the dashboard, see {{issue:OPS-9}}.',
          },
        ],
      },
    ],
  },
  {
    title: 'Code review',
    under: 'Handbook',
    by: 'priya',
    on: '2025-09-08 11:00',
    labels: ['handbook'],
    body: `
      A review answers two questions: *is it right*, and *will the next person understand it*.

      > Review the change, not the person. Praise is a review comment too.
      > Say "I would" for taste and "this breaks" for facts.

      - Answer within half a working day; a two-line answer beats a perfect one tomorrow.
      - More than 400 changed lines: ask for a split. Generated code does not count.
      - ~~Two approvals~~ One approval is enough since {{page:ADR-014 One approval is enough}}.
    `,
  },
  {
    title: 'Glossary',
    under: 'Handbook',
    by: 'sora',
    on: '2025-10-02 06:00',
    labels: ['handbook'],
    body: `
      Our names come from the garden. Sorry.

      <table data-layout="default"><colgroup><col style="width: 160.0px;" /><col style="width: 600.0px;" /></colgroup><tbody><tr><th><p>Name</p></th><th><p>What it is</p></th></tr><tr><th><p>trellis</p></th><td><p>The API gateway. Routes, limits, nothing else.</p></td></tr><tr><th><p>seedbank</p></th><td><p>Stock: who has how many of what. Also called <em>inventory</em> in contracts.</p></td></tr><tr><th><p>greenhouse</p></th><td><p>Builds and deploys.</p></td></tr><tr><th><p>compost</p></th><td><p>Nightly jobs that turn old data into reports.</p></td></tr></tbody></table>

      A **maker** sells, a **gardener** buys. We never say *vendor* or *user* in the product.
    `,
  },
  {
    title: '온보딩 체크리스트',
    under: 'Handbook',
    by: 'hana',
    on: '2025-10-20 02:00',
    labels: ['onboarding'],
    body: `
      서울 팀의 새 동료를 위한 짧은 목록입니다. 영어 문서는 {{page:Your first week}} 페이지에 있습니다.

      [x] 노트북과 출입증 받기
      [ ] 온콜 안내서 읽기: {{page:INFRA:On-call runbook|온콜 안내서}}
      [ ] 첫 번째 변경 사항 배포하기 🎉

      :::info 시차
      베를린 팀과는 오후 5시부터 7시(KST)까지 함께 일합니다.
      :::
    `,
  },
  {
    title: 'Team retro 🌱',
    under: 'Handbook',
    by: 'mina',
    on: '2026-01-30 15:00',
    labels: ['retro'],
    body: `
      Sprint 14. Present: {{@mina}}, {{@jonas}}, {{@priya}}, {{@hana}}.

      | Keep | Change |
      |---|---|
      | Pairing on the checkout rewrite | Deploys blocked by one flaky test ({{issue:SHOP-21}}) |
      | Short ADRs | Standups that run over fifteen minutes |

      <> Flaky tests get a ticket and an owner on the day they are seen.

      [x] {{@priya}} quarantines the cart tests
      [ ] {{@jonas}} proposes a shorter standup by {{date:2026-03-04}}
    `,
  },
  {
    title: 'Meeting notes',
    by: 'mina',
    on: '2025-12-01 09:00',
    body: `
      Notes of meetings that concern more than one team. One page per meeting, newest on top.

      ${macro('children', { parameters: { sort: 'creation', reverse: 'true' } })}
    `,
  },
  {
    title: '2026-02-24 Architecture guild',
    under: 'Meeting notes',
    by: 'bruno',
    on: '2026-02-24 14:00',
    labels: ['meeting-notes'],
    body: `
      ${macro('details', { parameters: { id: 'meeting' }, rich: '<table><tbody><tr><th><p>Date</p></th><td><p><time datetime="2026-02-24" /></p></td></tr><tr><th><p>Chair</p></th><td><p>Bruno Keller</p></td></tr><tr><th><p>Status</p></th><td><p>Approved</p></td></tr></tbody></table>' })}

      ## Topics

      - Do we still want our own gateway? → {{page:ADR-021 Keep trellis}}
      - Search latency: p95 went from 180 ms to 240 ms. {{@hana}} looks at the query plan ({{issue:SHOP-31}}).
      - Event names: past tense, always (^order.placed^, not ^place.order^).

      <> Trellis stays for 2026; we look again when we have more than one region.
    `,
  },
  {
    title: '2026-02-10 Architecture guild',
    under: 'Meeting notes',
    by: 'bruno',
    on: '2026-02-10 14:00',
    labels: ['meeting-notes'],
    body: `
      ${macro('details', { parameters: { id: 'meeting' }, rich: '<table><tbody><tr><th><p>Date</p></th><td><p><time datetime="2026-02-10" /></p></td></tr><tr><th><p>Chair</p></th><td><p>Jonas Lindqvist</p></td></tr><tr><th><p>Status</p></th><td><p>Approved</p></td></tr></tbody></table>' })}

      - Two services still write to the same ^orders^ table; {{@priya}} owns the split.
      - Everyone: read {{page:ADR-018 Outbox instead of dual writes}} before the next guild.
    `,
  },
];
