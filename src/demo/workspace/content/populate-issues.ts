import {
  attachToIssue,
  commentIssue,
  createIssue,
  linkIssues,
  secureIssue,
  transitionIssue,
  watchIssue,
} from '../edits.ts';
import type { Sprint, Workspace } from '../model.ts';
import type { IssueSpec } from './issue-spec.ts';
import { personId } from './people.ts';
import { setClock } from './populate.ts';
import { adf } from './to-adf.ts';

/** Creates issues in the order given; their keys must come out as written, since texts refer to them. */
export function populateIssues(workspace: Workspace, specs: readonly IssueSpec[]): void {
  for (const spec of specs) {
    setClock(workspace, `${spec.on} 09:00`);
    const key = createIssue(workspace, {
      project: spec.key.split('-')[0] ?? '',
      summary: spec.summary,
      type: spec.type,
      reporter: personId(spec.by),
      assignee: spec.to === undefined ? null : personId(spec.to),
      labels: spec.labels ?? [],
      sprints: spec.sprint === undefined ? [] : [spec.sprint],
      ...(spec.text === undefined ? {} : { description: adf(spec.text) }),
      ...(spec.parent === undefined ? {} : { parent: spec.parent }),
      ...(spec.priority === undefined ? {} : { priority: spec.priority }),
      ...(spec.points === undefined ? {} : { points: spec.points }),
      ...(spec.severity === undefined ? {} : { severity: spec.severity }),
      ...(spec.due === undefined ? {} : { due: spec.due }),
    });
    if (key !== spec.key) throw new Error(`the issue written as ${spec.key} would become ${key}`);
    populateLife(workspace, spec);
  }
}

function populateLife(workspace: Workspace, spec: IssueSpec): void {
  const by = personId(spec.to ?? spec.by);
  for (const [type, other] of spec.links ?? []) linkIssues(workspace, spec.key, type, other);
  for (const nick of spec.watchers ?? []) watchIssue(workspace, spec.key, personId(nick));
  for (const [filename, mimeType, text] of spec.files ?? []) {
    attachToIssue(workspace, spec.key, { filename, mimeType, bytes: () => Buffer.from(text), by });
  }
  const [status = 'To Do', resolution] = spec.status.split(': ');
  if (status !== 'To Do')
    transitionIssue(workspace, spec.key, status === 'Done' ? 'In Progress' : status, { by });
  for (const [author, on, text] of spec.comments ?? []) {
    setClock(workspace, on);
    commentIssue(workspace, spec.key, { body: adf(text), by: personId(author) });
  }
  if (status === 'Done') {
    workspace.now += 2 * 86_400_000;
    transitionIssue(workspace, spec.key, 'Done', { by, resolution: resolution ?? 'Done' });
  }
  if (spec.level !== undefined) secureIssue(workspace, spec.key, spec.level);
}

/** Two weeks each, from Monday to Monday. */
export function sprints(): Sprint[] {
  const start = Date.UTC(2026, 0, 5);
  const fortnight = 14 * 86_400_000;
  return [14, 15, 16, 17].map((id, index) => ({
    id,
    name: `SHOP Sprint ${id}`,
    state: id === 16 ? 'active' : id === 17 ? 'future' : 'closed',
    boardId: 3,
    goal: GOALS[index] ?? '',
    startDate: new Date(start + (index + 1) * fortnight).toISOString(),
    endDate: new Date(start + (index + 2) * fortnight).toISOString(),
  }));
}

const GOALS = ['Basket first', 'No more old basket', 'Pickup can be chosen', 'Sale is safe'];
