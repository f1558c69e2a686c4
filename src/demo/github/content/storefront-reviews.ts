import * as edits from '../edits.ts';
import type { GithubWorkspace } from '../workspace.ts';
import { file, STOREFRONT, type Story } from './story.ts';

const BASKET_HUNK = `@@ -41,7 +41,9 @@ export async function save(basket: Basket): Promise<void> {
   const row = toRow(basket);
-  await db.update('basket', row);
+  const done = await db.update('basket', row, { version: basket.version });
+  if (!done) throw new BasketMoved(basket.id);
+  await events.emit('basket.saved', row);`;

const PICKUP_HUNK = `@@ -10,4 +10,8 @@ export function offersPickup(basket: Basket): boolean {
+  const makers = new Set(basket.lines.map((line) => line.maker));
+  if (makers.size != 1) return false;
+  return basket.lines.every((line) => line.canBeFetched);
 }`;

/** An issue that was closed too early. */
export function tellBasket(workspace: GithubWorkspace, s: Story): void {
  const lost = s.issue(
    'priya 2026-02-17T10:10',
    'Basket forgets a line when two tabs are open',
    `
    {{issue:SHOP-43}}. This is all it takes:

    \`\`\`ts
    const basket = await load(id);
    basket.lines.push(line); // the other tab wrote meanwhile
    await save(basket);
    \`\`\``,
    { labels: ['bug', 'basket'] },
  );
  s.say('gwen 2026-02-17T10:30', lost, 'I saw this in December already, sorry for not telling.');
  s.react(lost, 'THUMBS_UP', 'mina jonas hana');
  const pull = s.pull(
    'priya 2026-02-17T11:40',
    'Give the basket a version',
    `Fixes #${lost}\n\n\`save\` fails if the row is not the one that we read, and we try again *once*.`,
    {
      head: 'basket-version',
      labels: ['basket'],
      commits: [s.commit('priya 2026-02-17T11:30', 'Give the basket a version', 'test:SUCCESS lint:SUCCESS')],
      files: edits.fileList([
        file('src/basket/save.ts', 3, 1, BASKET_HUNK),
        file('migrations/0031_basket_version.sql', 2, 0),
      ]),
      reviewers: ['mina-okafor', 'jlindqvist'],
    },
  );
  const [event = 0] = s.review('jonas 2026-02-17T13:00', pull, 'COMMENTED', '', [
    {
      path: 'src/basket/save.ts',
      line: 44,
      diffHunk: BASKET_HUNK,
      body: 'Does {{page:ENG:Seedbank (stock)}} listen to this event?',
    },
  ]);
  s.answer('priya 2026-02-17T13:20', pull, event, 'Not yet :smile:');
  s.answer('jonas 2026-02-17T13:22', pull, event, 'Then +1');
  edits.resolveThread(workspace, STOREFRONT, pull, { ...s.at('jonas 2026-02-17T13:23'), thread: event });
  s.review('mina 2026-02-17T14:00', pull, 'APPROVED', 'LGTM :seedling:');
  edits.merge(workspace, STOREFRONT, pull, s.at('priya 2026-02-17T14:05'));
  edits.reopen(workspace, STOREFRONT, lost, s.at('priya 2026-03-01T19:05'));
  s.say(
    'priya 2026-03-01T19:10',
    lost,
    'It was _also_ the back button: the page comes out of the cache (`pageshow`).',
  );
}

/** A pull request that was asked to change, and was written anew. */
export function tellPickup(workspace: GithubWorkspace, s: Story, pickup: number): void {
  const first = s.commit('mina 2026-02-20T08:30', 'Offer pickup in the basket', 'test:FAILURE lint:SUCCESS');
  const pull = s.pull(
    'mina 2026-02-20T09:00',
    'WIP: pickup in the basket',
    `
    Part of #${pickup}; closes #${pickup} once the translations are in. Stock comes from fernhollow/greenhouse#5.

    ## What it does

    The choice appears only when **every** line can be fetched from the same maker.

    > [!NOTE]
    > The price must not change when people switch back, see 3f9b6d1.

    ## How to test

    1. \`npm run dev\`
    2. add a lemon tree
       - then seeds of another maker
    3. the choice is gone

    cc {{@priya}} {{@sora}}`,
    {
      head: 'pickup-choice',
      draft: true,
      labels: ['pickup'],
      assignees: ['mina-okafor'],
      milestone: 1,
      commits: [first],
      files: edits.fileList([
        file('src/basket/pickup.ts', 8, 1, PICKUP_HUNK),
        file('test/pickup.test.ts', 40, 0),
      ]),
    },
  );
  edits.retitle(workspace, STOREFRONT, pull, {
    ...s.at('mina 2026-02-20T16:00'),
    title: 'Choose pickup in the basket',
  });
  edits.setDraft(workspace, STOREFRONT, pull, { ...s.at('mina 2026-02-23T08:00'), draft: false });
  edits.requestReview(workspace, STOREFRONT, pull, {
    ...s.at('mina 2026-02-23T08:01'),
    reviewer: 'priya-raman',
  });
  edits.requestReview(workspace, STOREFRONT, pull, {
    ...s.at('mina 2026-02-23T08:02'),
    reviewer: 'team:product',
  });
  const [equality = 0, naming = 0] = s.review(
    'priya 2026-02-24T10:00',
    pull,
    'CHANGES_REQUESTED',
    'Two small remarks, otherwise ready.',
    [
      {
        ...{ path: 'src/basket/pickup.ts', line: 12, diffHunk: PICKUP_HUNK },
        body: 'Strict, please:\n```suggestion\n  if (makers.size !== 1) return false;\n```',
      },
      {
        ...{
          path: 'test/pickup.test.ts',
          line: 9,
          startLine: 4,
          diffHunk: "@@ -0,0 +1,40 @@\n+test('pickup', () => {",
        },
        body: 'Say what it *does*, not what it is called. And what about a basket without lines?',
      },
    ],
  );
  s.answer('mina 2026-02-24T11:00', pull, equality, 'Thanks, taken.');
  edits.resolveThread(workspace, STOREFRONT, pull, { ...s.at('priya 2026-02-24T11:10'), thread: equality });
  const answer = s.answer(
    'mina 2026-02-26T16:30',
    pull,
    naming,
    'An empty basket offers nothing; there is a test for it now.',
  );
  s.react(pull, 'THUMBS_UP', 'priya', answer);
  const after = [
    s.commit('mina 2026-02-26T16:20', 'Offer pickup in the basket'),
    s.commit(
      'mina 2026-02-26T16:25',
      'An empty basket offers nothing',
      'test:SUCCESS lint:SUCCESS e2e:TIMED_OUT deploy/preview:SUCCESS',
    ),
  ];
  edits.forcePush(workspace, STOREFRONT, pull, {
    ...s.at('mina 2026-02-26T16:26'),
    commits: after,
    outdates: ['src/basket/pickup.ts'],
  });
  s.say('mina 2026-02-26T16:40', pull, 'Both done. Waiting for the translations, {{@sora}}.');
  s.say(
    'greenhouse 2026-02-26T16:45',
    pull,
    '**Preview** is at https://preview.fernhollow.example/pickup-choice :rocket:',
  );
}

/** What a maker sees of billing. */
export function tellInvoice(s: Story): void {
  const pull = s.pull(
    'mina 2026-02-27T15:50',
    'Fees by order on the maker’s invoice',
    `
    For {{issue:SHOP-47}}: the page shows the lines that \`invoiceForMaker\` of fernhollow/checkout returns. How fees come about is in {{page:ENG:Billing}}.

    - [x] a line for each order, with the goods and our fee
    - [ ] refunds, with their credit note`,
    {
      head: 'fee-lines',
      draft: true,
      commits: [s.commit('mina 2026-02-27T15:45', 'Show a line for each order', 'test:SUCCESS lint:SUCCESS')],
      files: edits.fileList([
        file('src/maker/invoice-page.tsx', 64, 11),
        file('test/invoice-page.test.ts', 38, 0),
      ]),
      reviewers: ['priya-raman'],
    },
  );
  s.say(
    'priya 2026-02-28T06:30',
    pull,
    'Don’t add them up here: the sum comes with the invoice, rounded once per order.',
  );
}
