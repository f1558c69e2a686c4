/** The site's Jira scheme: the values that issues may take, with the ids under which the API shows them. */
export interface StatusCategory {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly colorName: string;
}

const toDo: StatusCategory = { id: 2, key: 'new', name: 'To Do', colorName: 'blue-gray' };
const inProgress: StatusCategory = {
  id: 4,
  key: 'indeterminate',
  name: 'In Progress',
  colorName: 'yellow',
};
const done: StatusCategory = { id: 3, key: 'done', name: 'Done', colorName: 'green' };

export const STATUSES = [
  { id: '10000', name: 'To Do', category: toDo },
  { id: '10001', name: 'In Progress', category: inProgress },
  { id: '10002', name: 'In Review', category: inProgress },
  { id: '10003', name: 'Blocked', category: inProgress },
  { id: '10004', name: 'Done', category: done },
] as const;

export const ISSUE_TYPES = [
  { id: '10100', name: 'Epic', subtask: false, hierarchyLevel: 1 },
  { id: '10101', name: 'Story', subtask: false, hierarchyLevel: 0 },
  { id: '10102', name: 'Task', subtask: false, hierarchyLevel: 0 },
  { id: '10103', name: 'Bug', subtask: false, hierarchyLevel: 0 },
  { id: '10104', name: 'Incident', subtask: false, hierarchyLevel: 0 },
  { id: '10105', name: 'Sub-task', subtask: true, hierarchyLevel: -1 },
] as const;

export const RESOLUTIONS = [
  { id: '10200', name: 'Done', description: 'Work has been completed on this issue.' },
  { id: '10201', name: "Won't Do", description: 'This issue will not be actioned.' },
  { id: '10202', name: 'Duplicate', description: 'The problem is a duplicate of an existing issue.' },
  { id: '10203', name: 'Cannot Reproduce', description: 'All attempts to reproduce the problem failed.' },
] as const;

export const PRIORITIES = [
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Medium' },
  { id: '4', name: 'Low' },
  { id: '5', name: 'Lowest' },
] as const;

export const LINK_TYPES = [
  { id: '10300', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10301', name: 'Relates', inward: 'relates to', outward: 'relates to' },
  { id: '10302', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10303', name: 'Problem/Incident', inward: 'is caused by', outward: 'causes' },
] as const;

export const SEVERITIES = [
  { id: '10400', value: 'SEV1' },
  { id: '10401', value: 'SEV2' },
  { id: '10402', value: 'SEV3' },
] as const;

/** Ids of the custom fields, as a site would have given them. */
export const SPRINT_FIELD = 'customfield_10020';
export const STORY_POINTS_FIELD = 'customfield_10016';
export const SEVERITY_FIELD = 'customfield_10042';

interface Named {
  readonly name: string;
}

export function named<T extends Named>(scheme: readonly T[], name: string): T {
  const entry = scheme.find((each) => each.name === name);
  if (entry === undefined) throw new Error(`the Jira scheme has no "${name}"`);
  return entry;
}
