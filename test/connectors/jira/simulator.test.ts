import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { JiraSource } from '../../../src/config/sources/jira.ts';
import { type Simulator, startSimulator } from '../../../src/demo/server.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { emptyWorkspace, type Workspace } from '../../../src/demo/workspace/model.ts';
import { writeMarkdown } from '../../../src/markdown/index.ts';
import { replayed } from '../../harness/replay.ts';
import { configFor, createRepository } from './harness.ts';

const company = await startSimulator({ pageLimit: 20, embeddedComments: 2 });
const open: Simulator[] = [company];
afterAll(() => Promise.all(open.map((simulator) => simulator.close())));

test('a first build reads all tickets of the company, a second asks for no text', async () => {
  const repository = createRepository();
  const first = await repository.run(config(company));
  const visible = issuesOf(company.workspace).filter(({ levelId }) => levelId === null);
  expect(first.failed).toEqual([]);
  expect(first.upserts).toHaveLength(visible.length);
  expect(visible.length).toBeGreaterThan(50);
  const requests = company.requests.length;
  const second = await repository.run(config(company));
  expect(second.upserts).toEqual([]);
  expect(second.present).toHaveLength(visible.length);
  expect(company.requests.slice(requests).filter(({ isBody }) => isBody)).toEqual([]);
});

test('a rate limit, a broken connection and a cut answer are overcome', async () => {
  const simulator = await smallSite();
  const { faults, workspace } = simulator;
  faults.add({ fault: { kind: 'rate-limit', retryAfter: 'seconds', seconds: 1 }, path: /search/ });
  faults.add({ fault: { kind: 'reset' }, path: /issue\/bulkfetch/ });
  faults.add({ fault: { kind: 'truncated' }, path: /comment/ });
  const result = await createRepository().run(config(simulator));
  expect(result.failed).toEqual([]);
  expect(result.upserts).toHaveLength(workspace.issues.size);
  expect(faults.given).toHaveLength(3);
});

test('an index that lags behind costs a later run, not a document', async () => {
  const simulator = await smallSite();
  const repository = createRepository();
  await repository.run(config(simulator));
  const [issue] = issuesOf(simulator.workspace);
  edits.editIssue(simulator.workspace, issue?.key ?? '', { summary: 'Changed' });
  simulator.faults.searchLag = 1;
  expect((await repository.run(config(simulator))).upserts).toEqual([]);
  simulator.faults.searchLag = 0;
  expect((await repository.run(config(simulator))).upserts).toEqual([issue?.id]);
});

test('children are found though a query for those of several tickets is refused', async () => {
  const simulator = await smallSite();
  const { faults, workspace } = simulator;
  const repository = createRepository();
  const [first, second, child] = issuesOf(workspace).map(({ key }) => key) as [string, string, string];
  for (const key of [first, second]) edits.secureIssue(workspace, key, 'secret');
  edits.editIssue(workspace, child, { parent: first });
  await repository.run(config(simulator));
  for (const key of [first, second]) edits.secureIssue(workspace, key, null);
  const asked = simulator.requests.length;
  faults.schedule = ({ name }) =>
    /parent in \(\d+, \d+\)/.test(name) ? { kind: 'status', status: 400 } : undefined;
  await repository.run(config(simulator));
  faults.clear();
  const queries = simulator.requests
    .slice(asked)
    .map(
      ({ status, body }) => [status, String((body as { readonly jql?: string } | undefined)?.jql)] as const,
    )
    .filter(([, jql]) => jql.startsWith('parent in'));
  expect(queries.map(([status, jql]) => [status, jql.split(',').length])).toEqual([
    [400, 2],
    [200, 1],
    [200, 1],
  ]);
  const fresh = createRepository();
  await fresh.run(config(simulator));
  expect(contents(repository)).toEqual(contents(fresh));
});

/** What can happen to tickets; `a` and `b` choose among them. */
const happenings: Record<string, (workspace: Workspace, a: string, b: string) => void> = {
  edit: (workspace, a) => edits.editIssue(workspace, a, { summary: `Edited ${a}`, points: 3, labels: ['x'] }),
  transition: (workspace, a) => edits.transitionIssue(workspace, a, 'Done'),
  assign: (workspace, a) => edits.assignIssue(workspace, a, 'acc-2'),
  unassign: (workspace, a) => edits.assignIssue(workspace, a, null),
  comment: (workspace, a) => void edits.commentIssue(workspace, a, { body: mention(), by: 'acc-2' }),
  move: (workspace, a) => void edits.moveIssue(workspace, a, a.startsWith('SHOP') ? 'OPS' : 'SHOP'),
  remove: (workspace, a) => edits.deleteIssue(workspace, a),
  link: (workspace, a, b) => a !== b && edits.linkIssues(workspace, a, 'Blocks', b),
  child: (workspace, a) =>
    void edits.createIssue(workspace, { project: 'OPS', summary: 'Child', type: 'Sub-task', parent: a }),
  adopt: (workspace, a, b) => a !== b && edits.editIssue(workspace, a, { parent: b }),
  hide: (workspace, a) => edits.secureIssue(workspace, a, 'secret'),
  open: (workspace, a) => edits.secureIssue(workspace, a, 'open'),
  show: (workspace) => {
    for (const { id, levelId } of issuesOf(workspace)) if (levelId) edits.secureIssue(workspace, id, null);
  },
  rename: (workspace, a) => edits.renameUser(workspace, 'acc-2', `Bo ${a}`),
};

test('R3 any edits, read run by run, give the documents that one full build gives', async () => {
  const happening = fc.tuple(
    fc.constantFrom(...Object.keys(happenings)),
    fc.nat({ max: 9 }),
    fc.nat({ max: 9 }),
  );
  const runs = fc.array(fc.array(happening, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(runs, async (sequence) => {
      const simulator = await smallSite();
      const { workspace } = simulator;
      const repository = createRepository();
      await repository.run(config(simulator));
      for (const step of sequence) {
        for (const [name, a, b] of step) {
          const issues = issuesOf(workspace);
          const pick = (n: number) => issues[n % issues.length]?.key ?? '';
          if (issues.length > 4) happenings[name]?.(workspace, pick(a), pick(b));
        }
        await repository.run(config(simulator));
      }
      const fresh = createRepository();
      await fresh.run(config(simulator));
      expect(contents(repository)).toEqual(contents(fresh));
    }),
    // A parent that comes into sight shows in a child that did not change.
    {
      ...replayed({ runs: 10 }),
      examples: [
        [
          [
            [
              ['hide', 4, 0],
              ['child', 4, 0],
            ],
            [['open', 4, 0]],
          ],
        ],
        // One that is no sub-task, whose parent was hidden when it was given to it.
        [[[['hide', 4, 0]], [['adopt', 1, 4]], [['show', 0, 0]]]],
      ],
    },
  );
});

/** Ten tickets in two projects, with comments beyond the cap, two accounts and two security levels. */
async function smallSite(): Promise<Simulator> {
  const workspace = emptyWorkspace('Small', 'acc-1', '2026-01-05T09:00:00Z');
  const person = { accountType: 'atlassian', active: true, timeZone: 'Etc/UTC', groups: [] } as const;
  workspace.people.set('acc-1', {
    ...person,
    accountId: 'acc-1',
    displayName: 'Ann',
    email: 'ann@small.example',
  });
  workspace.people.set('acc-2', {
    ...person,
    accountId: 'acc-2',
    displayName: 'Bo',
    email: 'bo@small.example',
  });
  workspace.levels.set('secret', { id: 'secret', name: 'Secret', description: '', members: [] });
  workspace.levels.set('open', { id: 'open', name: 'Open', description: '', members: ['acc-1'] });
  for (const key of ['SHOP', 'OPS']) {
    workspace.projects.set(key, { id: key, key, name: key, leadId: 'acc-1' });
    for (let n = 0; n < 5; n++) {
      const issue = edits.createIssue(workspace, { project: key, summary: `Issue ${n}`, assignee: 'acc-1' });
      for (let c = 0; c < n; c++) edits.commentIssue(workspace, issue, { body: paragraph(`Comment ${c}`) });
    }
  }
  const simulator = await startSimulator({ workspace, pageLimit: 3, embeddedComments: 2 });
  open.push(simulator);
  return simulator;
}

function config(simulator: Simulator): JiraSource {
  const projects = [...simulator.workspace.projects.values()].map(({ key }) => key).join(', ');
  return configFor(simulator, {
    auth: simulator.credentials,
    views: { ASSIGNED: 'assignee = currentUser() ORDER BY priority', ALL: `project in (${projects})` },
  });
}

function issuesOf(workspace: Workspace) {
  return [...workspace.issues.values()].sort((a, b) => Number(a.id) - Number(b.id));
}

function paragraph(text: string) {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

function mention() {
  const node = { type: 'mention', attrs: { id: 'acc-2', text: '@Name of then' } };
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [node] }] };
}

function contents({ documents }: ReturnType<typeof createRepository>) {
  return [...documents.values()]
    .sort((a, b) => Number(a.facts.id) - Number(b.facts.id))
    .map(({ facts, body }) => ({ facts, markdown: writeMarkdown(body) }));
}
