import { createHash } from 'node:crypto';
import type { Plain } from '../../core/plain.ts';
import type { FieldList, User } from './schema.ts';

/** What is done with a custom field: its value shown, or read as the sprints or epic. */
export type FieldRole = 'shown' | 'sprint' | 'epic';

export interface CustomField {
  readonly id: string;
  readonly name: string;
  /** Its key in the frontmatter, unique among the fields of the site. */
  readonly key: string;
  readonly role: FieldRole;
}

export interface FieldDirectory {
  /** The custom fields, in the order of their keys. */
  readonly fields: readonly CustomField[];
  /** Changes when a custom field is added, renamed or removed. */
  readonly digest: string;
}

/** Types of custom fields by the end of their key, as `schema.custom` of a field gives it. */
const ROLES: Readonly<Record<string, FieldRole>> = { 'gh-sprint': 'sprint', 'gh-epic-link': 'epic' };

/**
 * Types whose values change without the issue's `updated`: a position, counters of time, summaries of other systems.
 * A document cannot hold them, for a later full build would differ from it.
 */
const VOLATILE_TYPES =
  /:(gh-lexo-rank|devsummarycf|sd-sla-field|sd-request-feedback.*|sd-request-participants|timeinstatus|viewsfield|vulnerabilitycf|daysinprogress|dayssinceupdate|lastupdaterorcommenter)$/;

/** The same by name, for services that do not tell the type. */
const VOLATILE_NAMES = new Set([
  'rank',
  'development',
  '[chart] time in status',
  'vulnerability',
  'time to resolution',
]);

/** Keys that the frontmatter uses for something else. */
const RESERVED_KEYS = new Set([
  ...['id', 'source', 'type', 'title', 'url', 'created', 'updated', 'version', 'author', 'editor', 'status'],
  ...[
    'labels',
    'space',
    'project',
    'key',
    'parent',
    'views',
    'aliases',
    'people',
    'tags',
    'description',
    'date',
  ],
  ...['issue_type', 'priority', 'resolution', 'resolved', 'due', 'assignee', 'reporter', 'components'],
  ...['fix_versions', 'affects_versions', 'sprint', 'epic', 'parent_key', 'subtasks', 'links', 'attachments'],
  ...['comments', 'fields', 'draft', 'slug', 'weight', 'layout', 'path', 'language', 'environment'],
]);

/**
 * Names the site's custom fields. Of several fields with one key the smallest id keeps it, the others carry their
 * number. `wanted` restricts the shown ones by name or id.
 */
export function fieldDirectory(list: FieldList, wanted?: readonly string[]): FieldDirectory {
  const custom = list
    .filter(({ id, custom }) => custom ?? id.startsWith('customfield_'))
    .sort((a, b) => numberOf(a.id) - numberOf(b.id) || compare(a.id, b.id));
  const chosen = wanted && new Set(wanted.map((name) => name.toLowerCase()));
  const taken = new Set(RESERVED_KEYS);
  const fields: CustomField[] = [];
  for (const { id, name, schema } of custom) {
    const type = schema?.custom ?? '';
    const role = ROLES[type.slice(type.lastIndexOf(':') + 1)] ?? roleByName(name, type);
    if (role === 'shown') {
      if (VOLATILE_TYPES.test(type) || VOLATILE_NAMES.has(name.toLowerCase())) continue;
      if (chosen && !chosen.has(name.toLowerCase()) && !chosen.has(id.toLowerCase())) continue;
    }
    const stem = keyOf(name) || 'field';
    const key = role === 'shown' && taken.has(stem) ? `${stem}_${numberOf(id) || id}` : stem;
    if (role === 'shown') taken.add(key);
    fields.push({ id, name, key, role });
  }
  fields.sort((a, b) => compare(a.key, b.key));
  return { fields, digest: digestOf(fields) };
}

function roleByName(name: string, type: string): FieldRole {
  if (type !== '') return 'shown';
  return name === 'Sprint' ? 'sprint' : name === 'Epic Link' ? 'epic' : 'shown';
}

function keyOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

function numberOf(id: string): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}

function digestOf(fields: readonly CustomField[]): string {
  const text = JSON.stringify(fields.map(({ id, name, key, role }) => [id, name, key, role]));
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A custom field's value: plain for the frontmatter, or a text with its own grammar for the body. */
export type FieldValue = { readonly plain: Plain } | { readonly text: unknown } | undefined;

const JIRA_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d{4}$/;

/** `personName` gives the name of a value that is a person. Values of unknown shape are left out. */
export function fieldValue(value: unknown, personName: (person: User) => string | undefined): FieldValue {
  if (typeof value === 'string' && value.trim().includes('\n')) return { text: value };
  if (isObject(value) && value.type === 'doc') return { text: value };
  const plain = plainValue(value, personName);
  return plain === undefined ? undefined : { plain };
}

function plainValue(value: unknown, personName: (person: User) => string | undefined): Plain | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '') return undefined;
    return JIRA_DATE_TIME.test(text) ? new Date(text.replace(/(\d\d)(\d\d)$/, '$1:$2')).toISOString() : text;
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => plainValue(item, personName) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return undefined;
  if (typeof value.accountId === 'string') return personName(value);
  const own = [value.value, value.name, value.title, value.key].find((text) => typeof text === 'string');
  const child = isObject(value.child) ? value.child.value : undefined;
  return typeof own === 'string' && typeof child === 'string'
    ? `${own} / ${child}`
    : (own as string | undefined);
}

/** The sprints' names by id; some old sites send text such as `…[id=3,name=Sprint 1,…]`. */
export function sprintNames(value: unknown): string[] {
  const sprints = (Array.isArray(value) ? value : [value]).flatMap((sprint) => {
    if (isObject(sprint) && typeof sprint.name === 'string') {
      return [{ id: Number(sprint.id ?? 0), name: sprint.name }];
    }
    const name = typeof sprint === 'string' ? /[[,]name=(.*?)(?:,\w+=|\]$)/.exec(sprint)?.[1] : undefined;
    if (name === undefined) return [];
    return [{ id: Number(/[[,]id=(\d+)/.exec(String(sprint))?.[1] ?? 0), name }];
  });
  return [...new Set(sprints.sort((a, b) => a.id - b.id || compare(a.name, b.name)).map(({ name }) => name))];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By code unit, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keys by project, then by number. */
export function compareKeys(a: string, b: string): number {
  return (
    compare(a.replace(/-\d+$/, ''), b.replace(/-\d+$/, '')) || numberOf(a) - numberOf(b) || compare(a, b)
  );
}
