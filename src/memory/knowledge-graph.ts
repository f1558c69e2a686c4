import type { RootContent } from 'mdast';
import { heading, inlineCode, list, listItem, paragraph, strong, text } from '../markdown/nodes.ts';

export interface Entity {
  readonly name: string;
  readonly entityType: string;
  readonly observations: readonly string[];
}

export interface Relation {
  readonly from: string;
  readonly to: string;
  /** In active voice, such as `works_at`. */
  readonly relationType: string;
}

export interface KnowledgeGraph {
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  /** Lines that are neither. */
  readonly unread: number;
}

/**
 * Reads what MCP's memory server writes: a line of JSON for each entity and each relation. Undefined for a text that has
 * none of them. https://github.com/modelcontextprotocol/servers/tree/main/src/memory
 */
export function readKnowledgeGraph(lines: string): KnowledgeGraph | undefined {
  const entities: Entity[] = [];
  const relations: Relation[] = [];
  let unread = 0;
  for (const line of lines.split('\n')) {
    if (line.trim() === '') continue;
    const record = recordIn(line);
    const entity = record?.type === 'entity' ? entityOf(record) : undefined;
    const relation = record?.type === 'relation' ? relationOf(record) : undefined;
    if (entity) entities.push(entity);
    else if (relation) relations.push(relation);
    else unread += 1;
  }
  return entities.length + relations.length === 0 ? undefined : { entities, relations, unread };
}

/** The graph as people read it: each entity with what is known of it and whom it is related to. */
export function describeGraph({ entities, relations }: KnowledgeGraph): RootContent[] {
  const outgoing = Map.groupBy(relations, ({ from }) => from);
  const named = new Set(entities.map(({ name }) => name));
  const others = [...outgoing.keys()].filter((name) => !named.has(name));
  const all = [...entities, ...others.map((name) => ({ name, entityType: '', observations: [] }))];
  return all.flatMap(({ name, entityType, observations }): RootContent[] => {
    const own = outgoing.get(name) ?? [];
    // An entity that is there twice has its relations once.
    outgoing.delete(name);
    const items = [
      ...observations.map((observation) => listItem([paragraph([text(observation)])])),
      ...own.map(({ relationType, to }) =>
        listItem([paragraph([text('→ '), strong([text(relationType)]), text(` ${to}`)])]),
      ),
    ];
    return [
      heading(2, [text(name)]),
      ...(entityType === '' ? [] : [paragraph([inlineCode(entityType)])]),
      ...(items.length === 0 ? [] : [list(items)]),
    ];
  });
}

type JsonRecord = { readonly [key: string]: unknown };

function recordIn(line: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as JsonRecord) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function entityOf({ name, entityType, observations }: JsonRecord): Entity | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  const said = Array.isArray(observations) ? observations : [];
  return {
    name,
    entityType: typeof entityType === 'string' ? entityType : '',
    observations: said.filter((each): each is string => typeof each === 'string'),
  };
}

function relationOf({ from, to, relationType }: JsonRecord): Relation | undefined {
  if (typeof from !== 'string' || typeof to !== 'string' || typeof relationType !== 'string')
    return undefined;
  return { from, to, relationType };
}
