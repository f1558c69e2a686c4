import { describe, expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { SECRET, secretsIn, workspaceWithWays } from '../connectors/confluence/ways-to-secrets.ts';
import { type BuildChoices, startContext } from '../harness/context.ts';
import { pageLink } from '../harness/small-workspace.ts';

describe('pages that the configuration leaves out', () => {
  test('R1 come in by no other page, and nothing of them stays', async () => {
    const { workspace } = workspaceWithWays();
    const page = (title: string) => edits.pageIdByTitle(workspace, 'ENG', title);
    // What is below the page is not left out with it.
    const exclude = ['Part', `Deal ${SECRET}`, 'In the folder'].map(page);
    const without: BuildChoices = { confluence: { exclude } };
    await using context = await startContext({ sources: ['confluence'], workspace });
    await context.build();
    expect(secretsIn(context)).not.toEqual([]);
    expect((await context.build(without)).errors).toEqual([]);
    // Nor does the folder stay, whose name was kept for what was in it.
    expect(secretsIn(context)).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh(without));
    await context.build();
    expect(context.documents().get('confluence/ENG/include-of-an-include.md')).toContain(SECRET);
  });

  test('R7 leave what is below them to the folder of the space', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    const guide = edits.pageIdByTitle(context.workspace, 'ENG', 'Guide');
    await context.build();
    await context.build({ confluence: { exclude: [guide] } });
    const paths = [...context.documents().keys()];
    expect(paths).toContain('confluence/ENG/set-up.md');
    expect(paths.filter((path) => path.startsWith('confluence/ENG/guide'))).toEqual([]);
    expect(context.documents().get('confluence/ENG/set-up.md')).toContain('/wiki/display/ENG/Guide');
    expect(context.documents()).toEqual(await context.fresh({ confluence: { exclude: [guide] } }));
  });

  test('R1 pages below a restricted one stay withheld when that one is left out', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    const guide = edits.pageIdByTitle(context.workspace, 'ENG', 'Guide');
    edits.restrictPage(context.workspace, guide, { users: [context.workspace.accountId] });
    await context.build({ confluence: { exclude: [guide] } });
    expect([...context.documents().keys()].filter((path) => /guide|set-up/.test(path))).toEqual([]);
  });

  test('do not count as a mass deletion', async () => {
    await using context = await startContext({ sources: ['confluence'], confluence: { spaces: ['OPS'] } });
    await context.build();
    const { id } = edits.spaceByKey(context.workspace, 'OPS');
    const exclude = [...context.workspace.content.values()].flatMap((content) =>
      content.spaceId === id ? [content.id] : [],
    );
    const { errors } = await context.build({ confluence: { exclude } });
    expect(errors).toEqual([]);
    expect([...context.documents().keys()].filter((path) => path.startsWith('confluence/OPS'))).toEqual([]);
  });
});

describe('tickets that the configuration leaves out', () => {
  test('are called by id or by key, in whatever case', async () => {
    await using context = await startContext({ sources: ['jira'] });
    const { workspace } = context;
    const { id } = edits.issueOf(workspace, 'SHOP-1');
    await context.build();
    await context.build({ jira: { exclude: ['shop-1'] } });
    expect([...context.documents().keys()].join('\n')).not.toContain('SHOP-1-');
    const { report } = await context.build({ jira: { exclude: [id] } });
    expect(report.commit).toBeNull();
  });

  test('are called by a key that they had before they were moved', async () => {
    await using context = await startContext({ sources: ['jira'] });
    edits.moveIssue(context.workspace, 'SHOP-2', 'OPS');
    await context.build({ jira: { exclude: ['SHOP-2'] } });
    const all = [...context.documents().values()].join('\n');
    expect(all).not.toContain('Speed up');
    expect(all).toContain('Fix the basket');
  });
});

test('a page that links to one that is left out names it as its own text does', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  const { workspace } = context;
  const id = edits.createPage(workspace, { space: 'ENG', title: 'Closed book', body: '' });
  edits.createPage(workspace, { space: 'ENG', title: 'Links', body: `<p>${pageLink('Closed book')}</p>` });
  await context.build({ confluence: { exclude: [id] } });
  expect(context.documents().get('confluence/ENG/links.md')).toContain('/wiki/display/ENG/Closed%20book');
});
