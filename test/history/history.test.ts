import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { OTHER, paragraph } from '../harness/small-workspace.ts';
import { type Chronicle, startChronicle } from './harness.ts';

let chronicle: Chronicle;
let former: string | undefined;
let ids: Record<'guide' | 'setUp' | 'runbook', string>;

const ctx = (...args: string[]) => chronicle.ctx(args);
const out = async (...args: string[]) => {
  const { code, stdout, stderr } = await ctx(...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

/** Four runs at half past a minute, so that the time that a run takes changes no minute. */
beforeAll(async () => {
  former = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
  chronicle = await startChronicle();
  const { workspace, buildAt } = chronicle;
  const idOf = (space: string, title: string) => edits.pageIdByTitle(workspace, space, title);
  ids = { guide: idOf('ENG', 'Guide'), setUp: idOf('ENG', 'Set-up'), runbook: idOf('OPS', 'Runbook') };
  const alike = '<p>One.</p><h2>Same</h2><p>Two.</p><h2>Also</h2><p>Three.</p>';
  edits.editPage(workspace, ids.guide, { body: `${alike}<p>It is the guide.</p>` });
  edits.editPage(workspace, ids.setUp, { body: `${alike}<p>It is set up.</p>` });
  edits.movePage(workspace, ids.setUp, { parent: null });
  edits.movePage(workspace, ids.guide, { parent: null });
  await buildAt('2026-03-02T09:00:30Z');

  edits.transitionIssue(workspace, 'SHOP-1', 'In Progress');
  edits.editIssue(workspace, 'SHOP-1', { labels: ['basket'], description: paragraph('It is half empty.') });
  await buildAt('2026-03-03T09:00:30Z');

  // The titles change places, and the runbook goes while another page takes its name.
  edits.retitlePage(workspace, ids.guide, 'Between');
  edits.retitlePage(workspace, ids.setUp, 'Guide');
  edits.retitlePage(workspace, ids.guide, 'Set-up', { by: OTHER });
  edits.trashPage(workspace, ids.runbook);
  edits.createPage(workspace, { space: 'OPS', title: 'Runbook', body: '<p>All new.</p>' });
  await buildAt('2026-03-04T09:00:30Z');

  edits.editPage(workspace, ids.guide, { body: `${alike}<p>It was the guide.</p>`, by: OTHER });
  edits.deleteIssue(workspace, 'OPS-2');
  await buildAt('2026-03-05T09:00:30Z');
}, 60_000);

afterAll(async () => {
  if (former === undefined) delete process.env.TZ;
  else process.env.TZ = former;
  await chronicle[Symbol.asyncDispose]();
});

describe('ctx log', () => {
  test('the runs, newest first', async () => {
    expect(await out('log')).toMatchInlineSnapshot(`
      "<c4>  2026-03-05 10:00  context-sync  Sync 2 documents: confluence ~1, jira -1
                  1 modified, 1 deleted
      <c3>  2026-03-04 10:00  context-sync  Sync 6 documents: confluence +1 ~1 >2 -1, jira ~1
                  1 added, 2 modified, 2 renamed, 1 deleted
      <c2>  2026-03-03 10:00  context-sync  Update Fix the basket
                  1 modified
      <c1>  2026-03-02 10:00  context-sync  Sync 11 documents: confluence +7, jira +4
                  11 added
      "
    `);
    expect(await out('log', '--since', '2026-03-03', '--until', '2026-03-03')).toContain('<c2>');
    const { stdout, stderr } = await ctx('log', '-n', '1');
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stderr).toContain('--limit');
  });

  test('a document is followed by its id where titles were swapped', async () => {
    expect(await out('log', ids.guide)).toMatchInlineSnapshot(`
      "confluence/1048579  Set-up
      confluence/ENG/set-up.md

      <c4>  2026-03-05 10:00  modified  ~Bo
          confluence/ENG/set-up.md
          text: +1 −1

      <c3>  2026-03-04 10:00  renamed  ~Bo
          confluence/ENG/guide.md → confluence/ENG/set-up.md
          title: Guide → Set-up
          editor: Ann → Bo

      <c1>  2026-03-02 10:00  added  ~Ann
          confluence/ENG/guide.md
          text: +21 −0
      "
    `);
    expect(await out('log', 'confluence/ENG/guide.md')).toMatchInlineSnapshot(`
      "confluence/1048580  Guide
      confluence/ENG/guide.md

      <c3>  2026-03-04 10:00  renamed  ~Ann
          confluence/ENG/set-up.md → confluence/ENG/guide.md
          title: Set-up → Guide

      <c1>  2026-03-02 10:00  added  ~Ann
          confluence/ENG/set-up.md
          text: +23 −0
      "
    `);
  });

  test('a ticket, by its key in any case, with what changed in words', async () => {
    expect(await out('log', 'shop-1')).toMatchInlineSnapshot(`
      "jira/1048591  SHOP-1  Fix the basket
      jira/ASSIGNED/SHOP-1-fix-the-basket.md

      <c2>  2026-03-03 10:00  modified  ~Ann
          jira/ASSIGNED/SHOP-1-fix-the-basket.md
          status: To Do → In Progress
          labels: +basket
          text: +6 −1

      <c1>  2026-03-02 10:00  added  ~Ann
          jira/ASSIGNED/SHOP-1-fix-the-basket.md
          text: +6 −0
      "
    `);
  });

  test('documents that are gone are found by key, by id, and when another one took their path', async () => {
    expect(await out('log', 'OPS-2')).toMatchInlineSnapshot(`
      "jira/1048594  OPS-2  Clean up
      gone, last at jira/PROJECT/OPS-2-clean-up.md

      <c4>  2026-03-05 10:00  deleted
          jira/PROJECT/OPS-2-clean-up.md
          text: +0 −1

      <c1>  2026-03-02 10:00  added  ~Cy
          jira/PROJECT/OPS-2-clean-up.md
          text: +1 −0
      "
    `);
    expect(await out('log', ids.runbook)).toMatchInlineSnapshot(`
      "confluence/1048584  Runbook
      gone, last at confluence/OPS/runbook.md

      <c3>  2026-03-04 10:00  deleted
          confluence/OPS/runbook.md
          text: +0 −1

      <c1>  2026-03-02 10:00  added  ~Ann
          confluence/OPS/runbook.md
          text: +1 −0
      "
    `);
  });

  test('as JSON', async () => {
    const { document, versions, more } = (await chronicle.json(['log', 'SHOP-1', '-n', '1'])) as {
      document: unknown;
      versions: unknown[];
      more: boolean;
    };
    expect(document).toMatchObject({ source: 'jira', key: 'SHOP-1', gone: false, title: 'Fix the basket' });
    expect(more).toBe(true);
    expect(versions).toMatchObject([
      {
        commit: '<c2>',
        date: expect.stringMatching(/^2026-03-03T09:00:\d\d\.000Z$/),
        kind: 'modified',
        formerPath: null,
        person: 'Ann',
        exact: false,
        facts: [
          { name: 'status', before: 'To Do', after: 'In Progress' },
          { name: 'labels', added: ['basket'], removed: [], changed: [] },
        ],
      },
    ]);
  });
});

describe('ctx diff', () => {
  test('what changed since a date, as markdown', async () => {
    expect(await out('diff', '--since', '2026-03-03')).toMatchInlineSnapshot(`
      "# Changes since 2026-03-03 00:00

      8 documents: 1 new, 2 gone, 2 moved, 3 changed (<c1> → <c4>).

      ## confluence/ENG

      - **moved** [Guide](https://site/wiki/spaces/ENG/pages/1048580), by Ann
        - \`confluence/ENG/guide.md\`, before \`confluence/ENG/set-up.md\`
        - title: Set-up → Guide
      - **moved** [Set-up](https://site/wiki/spaces/ENG/pages/1048579), by Bo
        - \`confluence/ENG/set-up.md\`, before \`confluence/ENG/guide.md\`
        - title: Guide → Set-up
        - editor: Ann → Bo
        - text +1 −1: Also
      - **changed** [Use Postgres](https://site/wiki/spaces/ENG/pages/1048582), by Bo
        - \`confluence/ENG/decisions/use-postgres.md\`
        - text +1 −1: the beginning

      ## confluence/OPS

      - **new** [Runbook](https://site/wiki/spaces/OPS/pages/1048601), by Ann
        - \`confluence/OPS/runbook.md\`
        - 1 line
      - **gone** [Runbook](https://site/wiki/spaces/OPS/pages/1048584)
        - \`confluence/OPS/runbook.md\`
        - 1 line

      ## jira/ASSIGNED

      - **changed** [SHOP-1 Fix the basket](https://site/browse/SHOP-1), assigned to Ann
        - \`jira/ASSIGNED/SHOP-1-fix-the-basket.md\`
        - status: To Do → In Progress
        - labels: +basket
        - text +6 −1: the beginning; Links; History

      ## jira/PROJECT

      - **gone** [OPS-2 Clean up](https://site/browse/OPS-2)
        - \`jira/PROJECT/OPS-2-clean-up.md\`
        - 1 line
      - **changed** [OPS-1 Rotate keys](https://site/browse/OPS-1)
        - \`jira/PROJECT/OPS-1-rotate-keys.md\`
        - text +1 −1: the beginning
      "
    `);
  });

  test('of one source, up to a date, with the lines', async () => {
    const jira = ['--source', 'jira', '--since', '2026-03-03', '--until', '2026-03-03', '--patch'];
    expect(await out('diff', ...jira)).toMatchInlineSnapshot(`
      "# Changes since 2026-03-03 00:00

      1 document: 1 changed (<c1> → <c2>).

      ## jira/ASSIGNED

      - **changed** [SHOP-1 Fix the basket](https://site/browse/SHOP-1), assigned to Ann
        - \`jira/ASSIGNED/SHOP-1-fix-the-basket.md\`
        - status: To Do → In Progress
        - labels: +basket
        - text +6 −1: the beginning; Links; History

          \`\`\`diff
          @@ -3,12 +3,14 @@ id: "1048591"
           source: jira
           type: ticket
           title: Fix the basket
          -description: It is empty.
          +description: It is half empty.
           url: https://site/browse/SHOP-1
           created: "2026-01-05T09:15:00.000Z"
          -updated: "2026-01-05T09:19:00.000Z"
          +updated: "2026-01-05T09:28:00.000Z"
           author: Ann
          -status: To Do
          +status: In Progress
          +labels:
          +  - basket
           project: SHOP
           key: SHOP-1
           views:
          @@ -17,6 +19,8 @@ views:
             - PROJECT
           aliases:
             - SHOP-1
          +tags:
          +  - basket
           people:
             acc-1: Ann
           issue_type: Task
          @@ -29,9 +33,14 @@ links:
             - blocks OPS-1
           ---
           
          -It is empty.
          +It is half empty.
           
           ## Links
           
           - subtask [SHOP-2](../WATCHING/SHOP-2-speed-up.md)
           - blocks [OPS-1](../PROJECT/OPS-1-rotate-keys.md)
          +
          +## History
          +
          +- 2026-01-05 Ann: status To Do → In Progress
          +- 2026-01-05 Ann: description changed; labels set to basket
          \`\`\`

      "
    `);
  });

  test('words are relative to now', async () => {
    const now = new Date('2026-03-06T12:00:00Z');
    const first = async (since: string) =>
      (await chronicle.ctx(['diff', '--since', since], { now })).stdout.split('\n').slice(0, 3).join(' ');
    expect(await first('yesterday')).toBe(
      '# Changes since 2026-03-05 00:00  2 documents: 1 gone, 1 changed (<c3> → <c4>).',
    );
    expect(await first('today')).toBe('# Changes since 2026-03-06 00:00  No document changed (<c4> → <c4>).');
    expect(await first('2 days ago')).toContain('since 2026-03-04 13:00');
  });

  test('what the history begins with is no news of a time before it', async () => {
    const now = new Date('2026-03-06T12:00:00Z');
    const { stdout } = await chronicle.ctx(['diff', '--since', '1 week ago'], { now });
    const [head, , began, , count, ...rest] = stdout.split('\n');
    expect(head).toBe('# Changes since 2026-02-27 13:00');
    expect(began).toBe('The history begins at 2026-03-02 10:00 with 11 documents. Since then:');
    const sinceTheFirst = (await out('diff', '--since', '2026-03-03')).split('\n');
    expect([count, ...rest]).toEqual(sinceTheFirst.slice(2));
    const json = await chronicle.json(['diff', '--since', '2026-02-27']);
    expect(json).toMatchObject({ from: { commit: '<c1>' }, began: 11, added: 1, deleted: 2 });
    expect(await chronicle.json(['diff', '--since', '2026-03-03'])).toMatchObject({ began: null });
    const untilTheFirst = ['--since', '2026-02-27', '--until', '2026-03-02'];
    expect(await out('diff', ...untilTheFirst)).toContain('No document changed (<c1> → <c1>).');
  });

  test('refuses what is no date and no source', async () => {
    expect(await ctx('diff', '--since', 'noon-ish')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('"2 days ago"'),
    });
    expect(await ctx('diff', '--since', 'today', '--source', 'slack')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('confluence, jira'),
    });
  });
});

describe('ctx blame', () => {
  test('each line has the commit that brought it to the document, whatever lay at its path before', async () => {
    expect(await out('blame', ids.guide, '--text')).toMatchInlineSnapshot(`
      "<c1> 2026-03-02 ~Ann 35 | One.
      <c1> 2026-03-02 ~Ann 36 |
      <c1> 2026-03-02 ~Ann 37 | ## Same
      <c1> 2026-03-02 ~Ann 38 |
      <c1> 2026-03-02 ~Ann 39 | Two.
      <c1> 2026-03-02 ~Ann 40 |
      <c1> 2026-03-02 ~Ann 41 | ## Also
      <c1> 2026-03-02 ~Ann 42 |
      <c1> 2026-03-02 ~Ann 43 | Three.
      <c1> 2026-03-02 ~Ann 44 |
      <c4> 2026-03-05 ~Bo  45 | It was the guide.
      <c1> 2026-03-02 ~Ann 46 |
      <c1> 2026-03-02 ~Ann 47 | ***
      <c1> 2026-03-02 ~Ann 48 |
      <c1> 2026-03-02 ~Ann 49 | ## Inline comments
      <c1> 2026-03-02 ~Ann 50 |
      <c1> 2026-03-02 ~Ann 51 | ### Bo · 2026-01-05 09:14 UTC
      <c1> 2026-03-02 ~Ann 52 |
      <c1> 2026-03-02 ~Ann 53 | > work
      <c1> 2026-03-02 ~Ann 54 |
      <c1> 2026-03-02 ~Ann 55 | Which?
      "
    `);
    expect(await out('blame', 'confluence/ENG/guide.md', '--text')).toMatchInlineSnapshot(`
      "<c1> 2026-03-02 ~Ann 28 | One.
      <c1> 2026-03-02 ~Ann 29 |
      <c1> 2026-03-02 ~Ann 30 | ## Same
      <c1> 2026-03-02 ~Ann 31 |
      <c1> 2026-03-02 ~Ann 32 | Two.
      <c1> 2026-03-02 ~Ann 33 |
      <c1> 2026-03-02 ~Ann 34 | ## Also
      <c1> 2026-03-02 ~Ann 35 |
      <c1> 2026-03-02 ~Ann 36 | Three.
      <c1> 2026-03-02 ~Ann 37 |
      <c1> 2026-03-02 ~Ann 38 | It is set up.
      <c1> 2026-03-02 ~Ann 39 |
      <c1> 2026-03-02 ~Ann 40 | ***
      <c1> 2026-03-02 ~Ann 41 |
      <c1> 2026-03-02 ~Ann 42 | ## Comments
      <c1> 2026-03-02 ~Ann 43 |
      <c1> 2026-03-02 ~Ann 44 | ### Bo · 2026-01-05 09:12 UTC
      <c1> 2026-03-02 ~Ann 45 |
      <c1> 2026-03-02 ~Ann 46 | Thanks!
      <c1> 2026-03-02 ~Ann 47 |
      <c1> 2026-03-02 ~Ann 48 | #### Cy · 2026-01-05 09:13 UTC
      <c1> 2026-03-02 ~Ann 49 |
      <c1> 2026-03-02 ~Ann 50 | Any time.
      "
    `);
  });

  test('as JSON, with the frontmatter', async () => {
    const { lines } = (await chronicle.json(['blame', 'SHOP-1'])) as { lines: { text: string }[] };
    expect(lines.find(({ text }) => text.startsWith('status: '))).toMatchObject({
      text: 'status: In Progress',
      commit: '<c2>',
      person: 'Ann',
      exact: false,
      url: null,
    });
  });
});

describe('ctx show', () => {
  test('a ticket as it was at the end of a day, at a time and in a commit', async () => {
    const status = async (name: string) => /^status: (.+)$/m.exec(await out('show', name))?.[1];
    expect(await status('SHOP-1@2026-03-02')).toBe('To Do');
    expect(await status('SHOP-1@2026-03-03')).toBe('In Progress');
    expect(await status('SHOP-1@2026-03-03T09:59')).toBe('To Do');
    expect(await status('SHOP-1@2026-03-03T09:01Z')).toBe('In Progress');
    expect(await status('shop-1')).toBe('In Progress');
    const first = chronicle.git('rev-list', '--max-parents=0', 'HEAD').trim();
    expect(await status(`SHOP-1@${first.slice(0, 8)}`)).toBe('To Do');
  });

  test('is the file of that commit, wherever it lay', async () => {
    const shown = await out('show', `${ids.guide}@2026-03-02`);
    expect(shown).toBe(
      chronicle
        .git('show', 'HEAD~3:confluence/ENG/guide.md')
        .replaceAll(chronicle.simulator.url, 'https://site'),
    );
  });

  test('says since when it is known', async () => {
    expect((await ctx('show', 'SHOP-1@2026-03-01')).stderr).toMatchInlineSnapshot(`
      "error: The history in <repo> begins at 2026-03-02 10:00, after 2026-03-01.
        Ask for a later date. A shallow clone knows more after \`git fetch --unshallow\`.
      "
    `);
    expect((await ctx('show', 'OPS-2')).stderr).toMatchInlineSnapshot(`
      "error: jira/1048594 is gone since 2026-03-05 10:00; it was last at jira/PROJECT/OPS-2-clean-up.md.
        As it was last: ctx show jira/1048594@<c3>
      "
    `);
    expect((await ctx('show', 'OPS-2@2026-03-05')).stderr).toMatchInlineSnapshot(`
      "error: jira/1048594 was not there at 2026-03-05: it went at 2026-03-05 10:00, from jira/PROJECT/OPS-2-clean-up.md.
        \`ctx log jira/1048594\` shows when it came and went.
      "
    `);
    expect((await ctx('show', 'confluence/OPS/runbook.md@2026-03-03')).stderr).toMatchInlineSnapshot(`
      "error: confluence/1048601 was not there at 2026-03-03: it came at 2026-03-04 10:00.
        \`ctx log confluence/1048601\` shows when it came and went.
      "
    `);
    expect((await ctx('show', 'SHOP-1@abcdef12')).stderr).toMatchInlineSnapshot(`
      "error: <repo> has no commit abcdef12 on its branch.
        \`ctx log\` lists the commits.
      "
    `);
  });
});

test('a document has many names, and none is guessed', async () => {
  const url = `${chronicle.simulator.url}/wiki/spaces/ENG/pages/${ids.guide}`;
  const head = async (name: string, cwd?: string) =>
    (await chronicle.ctx(['log', name], cwd === undefined ? {} : { cwd })).stdout.split('\n')[0];
  const guide = `confluence/${ids.guide}  Set-up`;
  expect(await head(`confluence/${ids.guide}`)).toBe(guide);
  expect(await head(url)).toBe(guide);
  expect(await head(`${url}/Set-up?focus=1#top`)).toBe(guide);
  expect(await head('ENG/set-up.md', `${chronicle.path}/confluence`)).toBe(guide);
  expect(await head('../../confluence/ENG/set-up.md', `${chronicle.path}/confluence/OPS`)).toBe(guide);
  expect(await head(`${chronicle.path}/confluence/ENG/set-up.md`)).toBe(guide);
  expect((await ctx('log', 'SHOP-77')).stderr).toMatchInlineSnapshot(`
    "error: No document in <repo> is or was called SHOP-77.
      Name it by its path, a path that it had, its key (PROJ-123), the \`id\` in its frontmatter, or its \`url\`.
    "
  `);
});
