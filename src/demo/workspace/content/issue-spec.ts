export interface IssueSpec {
  readonly key: string;
  readonly summary: string;
  /** `Epic`, `Story`, `Task`, `Bug`, `Incident`, `Sub-task`. */
  readonly type: string;
  /** `To Do`, `In Progress`, `In Review`, `Blocked`, `Done`; `Done: Duplicate` names another resolution. */
  readonly status: string;
  readonly by: string;
  readonly on: string;
  readonly to?: string;
  readonly parent?: string;
  readonly priority?: string;
  readonly labels?: readonly string[];
  readonly sprint?: number;
  readonly points?: number;
  readonly severity?: string;
  readonly due?: string;
  /** In the notation of `prose.ts`. */
  readonly text?: string;
  /** Nick, time, text. */
  readonly comments?: readonly (readonly [by: string, on: string, text: string])[];
  /** Type of link and the other issue's key, which must come earlier. */
  readonly links?: readonly (readonly [type: string, key: string])[];
  readonly watchers?: readonly string[];
  readonly files?: readonly (readonly [name: string, mimeType: string, text: string])[];
  readonly level?: string;
}

type Rest = Partial<Omit<IssueSpec, 'key' | 'summary' | 'type' | 'status' | 'by' | 'on' | 'to'>>;

/** `issue('SHOP-2', 'Story', 'In Progress', 'teo > mina', '2026-02-02', 'Summary', …)`: reporter > assignee. */
export function issue(
  key: string,
  type: string,
  status: string,
  people: string,
  on: string,
  summary: string,
  rest: Rest = {},
): IssueSpec {
  const [by = '', to] = people.split(' > ');
  return { key, type, status, by, on, summary, ...(to === undefined ? {} : { to }), ...rest };
}
