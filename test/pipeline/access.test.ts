import { describe, expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { reportOf, startContext, type TestContext } from '../harness/context.ts';
import { ME, paragraph } from '../harness/small-workspace.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const page = ({ workspace }: TestContext, title: string, space = 'ENG') =>
  edits.pageIdByTitle(workspace, space, title);

describe('R1 restricted pages', () => {
  test('a page above a folder restricts what is in the folder', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    const { workspace } = context;
    const top = edits.createPage(workspace, { space: 'ENG', title: 'Board', body: '' });
    const folder = edits.createFolder(workspace, { space: 'ENG', title: 'Minutes', parent: top });
    edits.createPage(workspace, { space: 'ENG', title: 'March', parent: folder, body: '<p>Salaries</p>' });
    edits.restrictPage(workspace, top, { users: [ME] });
    await context.build();
    expect([...context.documents().values()].join('\n')).not.toMatch(/Salaries|March|Board/);
  });

  test('are written when the configuration asks for them, and only then', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    edits.restrictPage(context.workspace, page(context, 'Guide'), { users: [ME] });
    await context.build({ confluence: { include_restricted: true } });
    expect([...context.documents().keys()]).toContain('confluence/ENG/guide.md');
    await context.build();
    expect([...context.documents().keys()]).not.toContain('confluence/ENG/guide.md');
  });
});

describe('R1 a page whose restrictions cannot be read is not written when new and stays when known', () => {
  test('and its list does not know it yet', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    const { workspace, simulator } = context;
    await context.build();
    const id = edits.createPage(workspace, { space: 'OPS', title: 'New', body: '<p>Maybe secret.</p>' });
    const { faults } = simulator;
    faults.searchLag = 1;
    const path = new RegExp(`/${id}/restriction/`);
    faults.add({ fault: { kind: 'status', status: 500 }, path, times: FOREVER });
    const result = await context.build();
    expect(reportOf(result, 'confluence')).toMatchObject({ status: 'partial', added: 0, failed: 1 });
    faults.clear();
    faults.searchLag = 1;
    // Asked for by itself, it tells.
    expect(reportOf(await context.build(), 'confluence')).toMatchObject({ status: 'ok', added: 1 });
  });
});

describe('R1 tickets with a security level', () => {
  test('are never written, go once secured, and come back', async () => {
    await using context = await startContext({ sources: ['jira'] });
    edits.editIssue(context.workspace, 'OPS-2', { description: paragraph('Takeover of a rival') });
    await context.build();
    const before = context.documents();
    edits.secureIssue(context.workspace, 'OPS-2', 'inner');
    const result = await context.build();
    expect(result.changes.map(({ kind, reason }) => [kind, reason])).toEqual([['deleted', 'restricted']]);
    expect(result.errors).toEqual([]);
    expect([...context.documents().values()].join('\n')).not.toContain('rival');
    expect(context.documents()).toEqual(await context.fresh());
    edits.secureIssue(context.workspace, 'OPS-2', null);
    await context.build();
    expect([...context.documents().keys()]).toEqual([...before.keys()]);
  });
});

describe('R5 secrets', () => {
  const SECRET = `ATATT3xFfGF0${'aB3dE5gH7jK9mN1pQ'.repeat(8)}=1A2B3C4D`;

  test('reach no title, path, frontmatter, body, comment, state or commit message', async () => {
    await using context = await startContext();
    const { workspace } = context;
    const id = edits.createPage(workspace, {
      space: 'ENG',
      title: `Token ${SECRET}`,
      body: `<p>It is ${SECRET}.</p><pre>password: hunter2hunter2</pre>`,
    });
    edits.addLabel(workspace, id, SECRET);
    edits.addComment(workspace, id, { body: `<p>${SECRET}</p>` });
    edits.createFolder(workspace, { space: 'ENG', title: `Folder ${SECRET}` });
    edits.createPage(workspace, {
      space: 'ENG',
      title: 'In it',
      parent: edits.createFolder(workspace, { space: 'ENG', title: SECRET }),
      body: '',
    });
    edits.createIssue(workspace, {
      project: 'SHOP',
      summary: SECRET,
      description: paragraph(`Use ${SECRET}`),
      labels: [SECRET],
    });
    const result = await context.build();
    expect(result.errors).toEqual([]);
    expect(reportOf(result, 'confluence').redacted).toBeGreaterThan(0);
    const everything = [...context.files()].flat().join('\n') + context.git('log', '--format=%B');
    expect(everything.toLowerCase()).not.toContain(SECRET.slice(12, 40).toLowerCase());
    expect(everything).not.toContain('hunter2hunter2');
    expect(everything).toContain('[redacted:');
    const count = context.requestCount();
    expect((await context.build()).report.commit).toBeNull();
    expect(context.bodyRequestsSince(count)).toEqual([]);
  });
});
