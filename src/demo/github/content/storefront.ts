import type { Workspace } from '../../workspace/model.ts';
import * as edits from '../edits.ts';
import type { GithubWorkspace } from '../workspace.ts';
import { tellBasket, tellInvoice, tellPickup } from './storefront-reviews.ts';
import { file, STOREFRONT, type Story, storyOf } from './story.ts';

/** The shop: the tickets of SHOP, as code. */
export function tellStorefront(workspace: GithubWorkspace, company: Workspace): void {
  const story = storyOf(workspace, company, STOREFRONT);
  tellBeginnings(workspace, story);
  const { pickup, fix } = tellSwitch(workspace, story);
  tellTests(workspace, story);
  tellIdeas(story);
  tellBasket(workspace, story);
  tellSmallChanges(workspace, story, fix);
  tellQuestion(workspace, story);
  tellPickup(workspace, story, pickup);
  tellInvoice(story);
}

function tellBeginnings(workspace: GithubWorkspace, s: Story): void {
  const old = s.issue(
    'lena 2025-12-09T07:00',
    'Wreaths are sorted by weight instead of price',
    'From the tracker of old.',
  );
  edits.close(workspace, STOREFRONT, old, s.at('hana 2025-12-10T07:00'));
  const logo = s.issue('sora 2025-12-11T07:00', 'Logo has a one pixel gap in an old browser', '');
  edits.close(workspace, STOREFRONT, logo, { ...s.at('teo 2025-12-11T09:00'), reason: 'NOT_PLANNED' });
  edits.lock(workspace, STOREFRONT, logo, { ...s.at('teo 2025-12-11T09:01'), reason: 'RESOLVED' });

  const banner = s.pull(
    'priya 2026-01-12T09:10',
    'Sale banner on the home page',
    'For {{issue:SHOP-11}}.\n\n![The banner](https://github.fernhollow.example/user-attachments/assets/5c1f1c1e-banner)',
    {
      head: 'sale-banner',
      labels: ['sale'],
      commits: [s.commit('priya 2026-01-12T09:00', 'Add the banner', 'test:SUCCESS')],
      files: edits.fileList([file('src/home/banner.tsx', 48, 0), file('public/banner.png', 0, 0)]),
      reviewers: ['sora-nakamura'],
    },
  );
  s.review('sora 2026-01-12T11:00', banner, 'APPROVED', 'It is 40 % green, as we said 🌱');
  edits.merge(workspace, STOREFRONT, banner, s.at('priya 2026-01-12T11:30'));
  edits.deleteHeadBranch(workspace, STOREFRONT, banner, s.at('priya 2026-01-12T11:31'));
  s.release(
    'mina 2026-01-15T10:00',
    'v2026.01.1',
    'January',
    `## What is new\n\n- The sale banner, #${banner}`,
  );
}

/** A bug, its fix, and what came of it. */
function tellSwitch(workspace: GithubWorkspace, s: Story): { readonly pickup: number; readonly fix: number } {
  const price = s.issue(
    'sora 2026-01-27T08:00',
    'Price changes when switching from pickup to shipping',
    `
    1. Put a lemon tree into the basket.
    2. Choose *Fetch it myself*, then *Ship it*.
    3. The total is €31 higher than before step 2.

    | | expected | seen |
    |---|---:|---:|
    | after step 1 | €62 | €62 |
    | after step 2 | €62 | **€93** |

    <details>
    <summary>Console</summary>

    \`\`\`text
    total: 62 → 93 (shipping added twice)
    \`\`\`

    </details>

    Same as {{issue:SHOP-5}}.`,
    { labels: ['bug'], assignees: ['mina-okafor'] },
  );
  s.react(price, 'EYES', 'mina teo');
  const fix = s.pull(
    'mina 2026-01-28T10:00',
    'Ask the basket for its total',
    `Fixes #${price}\n\nThe switch added shipping on each render.`,
    {
      head: 'basket-total',
      commits: [
        s.commit(
          'mina 2026-01-28T09:50',
          'Ask the basket for its total\n\nThe switch kept a sum of its own.',
          'test:SUCCESS lint:SUCCESS',
        ),
      ],
      files: edits.fileList([
        file(
          'src/basket/switch.tsx',
          2,
          9,
          '@@ -1,9 +1,2 @@\n-total += shipping; // runs on each render\n+const total = basket.total();',
        ),
      ]),
    },
  );
  s.review('priya 2026-01-28T10:40', fix, 'APPROVED');
  edits.merge(workspace, STOREFRONT, fix, s.at('mina 2026-01-28T11:00'));

  const pickup = s.issue(
    'teo 2026-01-29T09:00',
    'Choose pickup in the basket',
    `
    The spec is {{page:PRODUCT:Local pickup}}, the ticket {{issue:SHOP-3}}.

    - [x] Layout from {{@sora}}
    - [ ] Translations
    - [ ] Event \`pickup.chosen\`
      - [ ] with the maker's id`,
    { labels: ['pickup', 'enhancement'], milestone: 1 },
  );
  s.issue(
    'teo 2026-01-29T09:05',
    'Translations of the pickup texts',
    'Six languages. {{@sora}} has the list.',
    {
      parent: pickup,
      assignees: ['sora-nakamura'],
    },
  );
  const duplicate = s.issue(
    'teo 2026-01-29T15:00',
    'Total wrong after going back to shipping',
    `Duplicate of #${price}`,
  );
  edits.close(workspace, STOREFRONT, duplicate, { ...s.at('mina 2026-01-29T15:20'), reason: 'DUPLICATE' });
  return { pickup, fix };
}

function tellTests(workspace: GithubWorkspace, s: Story): void {
  const flaky = s.issue(
    'mina 2026-01-30T10:00',
    'Quarantine the flaky cart tests',
    'Red in 6 of 100 runs: the timer of the toast. See {{page:ENG:Team retro 🌱}} and {{issue:SHOP-21}}.',
    { labels: ['tests'] },
  );
  const given = s.pull('teo 2026-02-10T12:00', 'Retry flaky tests three times', `Helps with #${flaky}?`, {
    head: 'retry-tests',
    headOwner: 'teo-alvarez',
    commits: [s.commit('teo 2026-02-10T11:50', 'Retry three times', 'test:FAILURE')],
    files: edits.fileList([file('vitest.config.ts', 1, 1)]),
  });
  s.review('bruno 2026-02-10T13:00', given, 'CHANGES_REQUESTED', 'A retry hides what we want to see.');
  edits.close(workspace, STOREFRONT, given, s.at('teo 2026-02-10T13:30'));
}

function tellIdeas(s: Story): void {
  const ideas = s.discuss(
    'teo 2026-02-16T09:00',
    'ideas',
    'Gift cards after the sale?',
    'Notes are on {{page:PRODUCT:Gift cards}}. What else would gardeners give?',
    4,
  );
  const seeds = s.remark('sora 2026-02-16T23:00', ideas, 'Seeds by subscription 🌻');
  s.remark('teo 2026-02-17T08:00', ideas, 'I like it.', seeds);
}

function tellSmallChanges(workspace: GithubWorkspace, s: Story, fix: number): void {
  const bump = s.pull(
    'dependabot 2026-02-18T04:00',
    'Bump esbuild from 0.24.0 to 0.25.0',
    `
    Bumps [esbuild](https://github.com/evanw/esbuild) from 0.24.0 to 0.25.0.

    <details>
    <summary>Release notes</summary>
    <p><em>Sourced from esbuild's releases.</em></p>
    <ul><li>Restrict access to the development server</li></ul>
    </details>

    <!-- dependabot:ignore -->`,
    {
      head: 'dependabot/npm_and_yarn/esbuild-0.25.0',
      labels: ['dependencies'],
      commits: [
        s.commit('dependabot 2026-02-18T03:59', 'Bump esbuild from 0.24.0 to 0.25.0', 'test:SUCCESS'),
      ],
      files: edits.fileList([file('package.json', 1, 1), file('package-lock.json', 104, 104)]),
    },
  );
  s.say('mina 2026-02-18T08:00', bump, '@dependabot squash and merge');
  edits.merge(workspace, STOREFRONT, bump, s.at('dependabot 2026-02-18T08:01'));

  const discount = s.pull(
    'mina 2026-02-19T09:00',
    'Discount lines in the order',
    'For {{issue:SHOP-12}}: the discount is a line of its own, never a changed price. Blocked by {{issue:SHOP-14}}.',
    {
      head: 'discount-service',
      draft: true,
      labels: ['sale', 'blocked'],
      commits: [s.commit('mina 2026-02-19T08:55', 'Add discount lines', 'test:SUCCESS')],
      files: edits.fileList([file('src/order/discount.ts', 120, 0)]),
    },
  );
  s.say('ada 2026-02-26T09:00', discount, 'Finance wants it on account 4731. The note comes on Monday.');
  s.release(
    'mina 2026-02-19T10:00',
    'v2026.02.1',
    'February',
    `## Fixed\n\n- Prices after switching to shipping, #${fix}\n- Lines that a second tab lost\n\n**Full changelog**: https://github.fernhollow.example/fernhollow/storefront/compare/v2026.01.1...v2026.02.1`,
    {
      assets: [{ name: 'storefront.tgz', contentType: 'application/gzip', size: 48_112 }],
    },
  );
}

function tellQuestion(workspace: GithubWorkspace, s: Story): void {
  const question = s.discuss(
    'hana 2026-02-20T02:00',
    'q-a',
    'Why does the basket have no lock?',
    'A version on the row or a lock: why the former?',
  );
  const because = s.remark(
    'priya 2026-02-20T05:00',
    question,
    'A lock would sit in the way of the stock service. See fernhollow/greenhouse#2.',
  );
  edits.chooseAnswer(workspace, STOREFRONT, question, { ...s.at('hana 2026-02-20T06:00'), comment: because });
}
