import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as edits from '../../src/demo/workspace/edits.ts';
import { readDocument } from '../../src/frontmatter/read.ts';
import { startContext, type TestContext } from '../harness/context.ts';
import { emptySite, morningOf } from '../harness/small-workspace.ts';

const GUIDE = 'confluence/ENG/guide.md';

describe('local edits', () => {
  test('R2 a document that was changed or removed by hand stops the build before any request', async () => {
    await using context = await startContext();
    await context.build();
    const head = context.git('rev-parse', 'HEAD');
    const file = join(context.path, GUIDE);
    for (const change of [() => appendFile(file, 'My note\n'), () => rm(file)]) {
      await change();
      const count = context.requestCount();
      await expect(context.build()).rejects.toMatchObject({
        kind: 'guard',
        message: expect.stringContaining(GUIDE),
      });
      // Opening a source asks who it is; nothing of the documents is read.
      expect(context.bodyRequestsSince(count)).toEqual([]);
      expect(context.git('rev-parse', 'HEAD')).toBe(head);
      context.git('restore', '--', GUIDE);
    }
  });

  test('R2 a file that sits where a new document goes stops the build and stays', async () => {
    await using context = await startContext();
    await context.build();
    const mine = join(context.path, 'confluence/ENG/plans.md');
    await writeFile(mine, 'mine\n');
    edits.createPage(context.workspace, { space: 'ENG', title: 'Plans', body: '<p>theirs</p>' });
    await expect(context.build()).rejects.toMatchObject({
      kind: 'guard',
      message: expect.stringContaining('confluence/ENG/plans.md'),
    });
    expect(await readFile(mine, 'utf8')).toBe('mine\n');
  });
});

describe('generated files', () => {
  test('every link of an index leads to a file', async () => {
    await using context = await startContext();
    await context.build();
    const files = context.files();
    for (const [path, text] of files) {
      if (!path.endsWith('INDEX.md')) continue;
      const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) =>
        join(path, '..', decodeURI(target as string)),
      );
      expect(targets).not.toEqual([]);
      expect(targets.filter((target) => !files.has(target))).toEqual([]);
    }
  });

  test('one that a person committed another text of comes back, by a run that reads nothing new', async () => {
    await using context = await startContext();
    await context.build();
    const before = context.files();
    // The next run has noted by then that the commit has all that its documents give.
    expect((await context.build()).report.commit).toBeNull();
    const index = join(context.path, 'confluence/ENG/INDEX.md');
    await appendFile(index, 'A line\n');
    await rm(join(context.path, 'llms.txt'));
    context.git('-c', 'user.name=me', '-c', 'user.email=me@localhost', 'commit', '--all', '--message=mine');
    const count = context.requestCount();
    await context.build();
    expect(context.bodyRequestsSince(count)).toEqual([]);
    expect(context.files()).toEqual(before);
  });

  test('those of a former version of the program are written anew, by a run that reads nothing new', async () => {
    await using context = await startContext();
    await context.build();
    const before = context.files();
    await context.build();
    await appendFile(join(context.path, 'confluence/ENG/INDEX.md'), 'As it was once\n');
    context.git('-c', 'user.name=me', '-c', 'user.email=me@localhost', 'commit', '--all', '--message=former');
    const note = join(context.path, '.git/ctx/settled.json');
    const { sources, writer } = JSON.parse(await readFile(note, 'utf8'));
    const head = context.git('rev-parse', 'HEAD').trim();
    const noteOf = (...versions: unknown[]) =>
      writeFile(note, JSON.stringify({ head, sources, writer: versions }));
    await noteOf(...writer);
    expect((await context.build()).report.commit).toBeNull();
    await noteOf(...writer.slice(0, -1));
    await context.build();
    expect(context.files()).toEqual(before);
  });

  test('AGENTS.md says what is where in each source that is there, and an index when it changed', async () => {
    await using context = await startContext();
    await context.build();
    const agents = context.files().get('AGENTS.md') ?? '';
    expect(agents).toContain('- `confluence/`: Pages and blog posts of Confluence: `SPACE/title.md`');
    expect(agents).toContain('- `jira/`: Tickets of Jira: `VIEW/KEY-title.md`');
    expect(agents).toMatch(/Folders: .*`ENG`/);
    expect(agents).not.toContain('Slack');
    const { facts } = readDocument(context.files().get(GUIDE) ?? '') ?? {};
    expect(context.files().get('confluence/ENG/INDEX.md')).toContain(
      `- [Guide](guide.md) ${facts?.updated?.slice(0, 10)}\n`,
    );
  });

  test('they follow the order of the configured sources', async () => {
    await using context = await startContext();
    await context.build();
    const top = () => context.files().get('INDEX.md') ?? '';
    expect(top().indexOf('confluence/')).toBeLessThan(top().indexOf('jira/'));
    await context.build({ sources: ['jira', 'confluence'] });
    expect(top().indexOf('jira/')).toBeLessThan(top().indexOf('confluence/'));
  });
});

describe('a commit', () => {
  test('R4 tells what changed, by source and title or by the only title, and carries the state that belongs to it', async () => {
    await using context = await startContext();
    await context.build();
    morningOf(context.workspace);
    await context.build();
    const message = context.git('log', '-1', '--format=%B');
    expect(message).toMatch(/^Sync 10 documents: confluence \+1 ~1 >2 -1, jira \+1 ~1 >2 -1\n/);
    expect(message.split('\n')[0]?.length).toBeLessThanOrEqual(72);
    for (const line of [
      '+ Alarms',
      '~ Guide',
      '> Setting up',
      '- Runbook (trashed)',
      '> Repair the basket',
      '+ Watch the disks',
    ])
      expect(message).toContain(line);
    expect(context.git('log', '-1', '--format=%(trailers:key=Context-Sources,valueonly)').trim()).toBe(
      'confluence, jira',
    );
    expect(context.git('log', '-1', '--format=%an <%ae>').trim()).toBe(
      'context-sync <context-sync@localhost>',
    );

    const changed = context.git('show', '--name-only', '--format=', 'HEAD').trim().split('\n');
    expect(changed).toContain('.ctx/state/jira.yaml');
    const state = parse(context.files().get('.ctx/state/jira.yaml') ?? '') as {
      checkpoint: { updated: Record<string, string> };
    };
    expect(state.checkpoint.updated.PROJECT).toBe(new Date(newest(context)).toISOString());

    edits.editPage(context.workspace, edits.pageIdByTitle(context.workspace, 'ENG', 'Guide'), {
      body: '<p>New.</p>',
    });
    await context.build();
    expect(context.git('log', '-1', '--format=%s').trim()).toBe('Update Guide');
  });
});

test('R14 text that looks like front matter stays text', async () => {
  await using context = await startContext({ workspace: emptySite(), sources: ['confluence'] });
  const body =
    '<p>---</p><p>id: "1"</p><p>source: confluence</p><p>---</p><pre>---js\nprocess.exit(1)\n---</pre>';
  for (const title of [
    '---',
    'null',
    '0x1F',
    'yes',
    '2026-01-01',
    '12:30:45',
    '~',
    '"quoted": [x]',
    '- a',
    '# b',
    '---js',
    '1e3',
    '1_000',
  ]) {
    edits.createPage(context.workspace, { space: 'ENG', title, body });
  }
  const { errors } = await context.build();
  expect(errors).toEqual([]);
  const pages = [...context.workspace.content.values()].flatMap((content) =>
    content.kind === 'page' ? [content] : [],
  );
  const read = [...context.documents()].flatMap(([path, text]) =>
    path.startsWith('confluence/') ? (readDocument(text)?.facts ?? []) : [],
  );
  expect(read.map(({ id, title }) => [id, title]).sort()).toEqual(
    pages.map(({ id, versions }) => [id, versions.at(-1)?.title]).sort(),
  );
  const count = context.requestCount();
  expect((await context.build()).report.commit).toBeNull();
  expect(context.bodyRequestsSince(count)).toEqual([]);
});

test('R13 a deep or inflated page costs no build, and its output is bounded', async () => {
  await using context = await startContext({ workspace: emptySite(), sources: ['confluence'] });
  const deep = `${'<div><ul><li>'.repeat(3000)}deep${'</li></ul></div>'.repeat(3000)}`;
  const wide = `<table><tbody><tr><td colspan="1000" rowspan="1000">x</td></tr></tbody></table>`;
  const quoted = `${'<blockquote>'.repeat(500)}<p>${'word '.repeat(2000)}</p>${'</blockquote>'.repeat(500)}`;
  for (const [title, body] of Object.entries({ deep, wide, quoted }))
    edits.createPage(context.workspace, { space: 'ENG', title, body });
  const { errors } = await context.build();
  expect(errors).toEqual([]);
  for (const [title, body] of Object.entries({ deep, wide, quoted })) {
    const text = context.documents().get(`confluence/ENG/${title}.md`) ?? '';
    expect(text).toMatch(title === 'deep' ? /deep/ : /x|word/);
    expect(text.length).toBeLessThanOrEqual(10 * body.length + 65_536);
  }
});

/** When the ticket that changed last did so. */
function newest({ workspace }: TestContext): number {
  return Math.max(...[...workspace.issues.values()].map(({ updated }) => Date.parse(updated)));
}
