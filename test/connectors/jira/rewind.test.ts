import { describe, expect, test } from 'vitest';
import type { CompleteIssue } from '../../../src/connectors/jira/complete.ts';
import { issueAt } from '../../../src/connectors/jira/rewind.ts';
import { issue as issueSchema } from '../../../src/connectors/jira/schema.ts';

const BEFORE = '2026-01-01T00:00:00.000Z';
const CHANGED = '2026-01-02T00:00:00.000Z';

/** An issue of today whose changelog has these items, as Jira's answers write them. */
function complete(fields: object, ...items: object[]): CompleteIssue {
  const changelog = { histories: [{ id: '1', created: CHANGED, items }], total: 1 };
  const answer = { id: '10', key: 'NEW-1', fields: { project: { key: 'NEW' }, ...fields }, changelog };
  const issue = issueSchema.parse(answer);
  return { issue, comments: [], histories: issue.changelog?.histories ?? [], media: new Map() };
}

const cases: readonly [string, object, object, object][] = [
  [
    'status',
    { status: { name: 'Done' } },
    { field: 'status', fieldId: 'status', from: '1', fromString: 'To Do', to: '3', toString: 'Done' },
    { status: { name: 'To Do' } },
  ],
  [
    'resolution',
    { resolution: { name: 'Fixed' }, resolutiondate: CHANGED },
    { field: 'resolution', from: null, fromString: null, to: '1', toString: 'Fixed' },
    { resolution: null, resolutiondate: null },
  ],
  [
    'assignee',
    { assignee: { accountId: 'b', displayName: 'Bo' } },
    { field: 'assignee', from: 'a', fromString: 'Ann', to: 'b', toString: 'Bo' },
    { assignee: { accountId: 'a', displayName: 'Ann' } },
  ],
  [
    'description',
    { description: { type: 'doc', content: [] } },
    { field: 'description', fromString: 'h2. Was', toString: 'Is' },
    { description: 'h2. Was' },
  ],
  [
    'labels',
    { labels: ['a', 'c'] },
    { field: 'labels', fromString: 'a b', toString: 'a c' },
    { labels: ['a', 'b'] },
  ],
  [
    'a version that was added',
    { fixVersions: [{ name: '1.0' }, { name: '2.0' }] },
    { field: 'Fix Version', from: null, fromString: null, to: '7', toString: '2.0' },
    { fixVersions: [{ name: '1.0' }] },
  ],
  [
    'a component that was removed',
    { components: [] },
    { field: 'Component', from: '5', fromString: 'API', to: null, toString: null },
    { components: [{ name: 'API' }] },
  ],
  [
    'a link that was added',
    { issuelinks: [{ type: { outward: 'blocks' }, outwardIssue: { id: '11', key: 'NEW-2' } }] },
    { field: 'Link', from: null, fromString: null, to: 'NEW-2', toString: 'This issue blocks NEW-2' },
    { issuelinks: [] },
  ],
  [
    'a link that was removed',
    { issuelinks: [] },
    { field: 'Link', from: 'NEW-2', fromString: 'This issue is blocked by NEW-2', to: null, toString: null },
    { issuelinks: [{ type: { outward: 'is blocked by' }, outwardIssue: { key: 'NEW-2' } }] },
  ],
  [
    'an attachment that was added',
    { attachment: [{ id: '77', filename: 'a.png' }] },
    { field: 'Attachment', from: null, fromString: null, to: '77', toString: 'a.png' },
    { attachment: [] },
  ],
  [
    'a parent that was set',
    { parent: { id: '20', key: 'NEW-9' } },
    { field: 'IssueParentAssociation', from: null, fromString: null, to: '20', toString: 'NEW-9' },
    { parent: null },
  ],
  [
    'a number',
    { customfield_1: 5 },
    { field: 'Points', fieldId: 'customfield_1', fromString: '3', toString: '5' },
    { customfield_1: 3 },
  ],
  [
    'sprints',
    {
      customfield_2: [
        { id: 1, name: 'One' },
        { id: 2, name: 'Two' },
      ],
    },
    {
      field: 'Sprint',
      fieldId: 'customfield_2',
      from: '1',
      fromString: 'One',
      to: '1, 2',
      toString: 'One, Two',
    },
    { customfield_2: [{ name: 'One' }] },
  ],
  [
    'a due day',
    { duedate: '2026-02-02' },
    {
      field: 'duedate',
      from: '2026-01-01',
      fromString: '2026-01-01 00:00:00.0',
      to: '2026-02-02',
      toString: '',
    },
    { duedate: '2026-01-01' },
  ],
];

describe('an issue is walked back through its changelog', () => {
  test.each(cases)('%s', (_, fields, item, expected) => {
    const today = complete(fields, item);
    expect(issueAt(today, BEFORE).issue.fields).toMatchObject({ ...expected, updated: BEFORE });
    expect(issueAt(today, CHANGED).issue.fields).toMatchObject(JSON.parse(JSON.stringify(fields)));
    expect(issueAt(today, BEFORE).histories).toEqual([]);
  });

  test('to its former key and project, from the latest change to the first', () => {
    const moved = { field: 'Key', fromString: 'OLD-5', toString: 'NEW-1' };
    const [first, second] = [
      { field: 'summary', fromString: 'One', toString: 'Two' },
      { field: 'summary', fromString: 'Two', toString: 'Three' },
    ];
    const today = complete({ summary: 'Three' }, first, second, moved);
    const { issue } = issueAt(today, BEFORE);
    expect([issue.key, issue.fields.project?.key, issue.fields.summary]).toEqual(['OLD-5', 'OLD', 'One']);
  });

  test('with the comments of that time, of whose edits only the last text is known', () => {
    const comments = [
      { id: '1', created: BEFORE, updated: CHANGED, body: 'text' },
      { id: '2', created: CHANGED, updated: CHANGED, body: 'later' },
    ];
    expect(issueAt({ ...complete({}), comments }, BEFORE).comments).toEqual([
      { id: '1', created: BEFORE, updated: BEFORE, body: 'text' },
    ]);
  });
});
