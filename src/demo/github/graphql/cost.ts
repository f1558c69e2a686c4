import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { GithubError } from './context.ts';

type Variables = Readonly<Record<string, unknown>>;

/** https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
const NODE_LIMIT = 500_000;

export interface Cost {
  /** How many objects the query may at most give. */
  readonly nodeCount: number;
  /** What it takes from the budget of an hour. */
  readonly points: number;
}

/**
 * What a query asks for at most, from its arguments alone: each connection multiplies what is below it, and a point is a hundred
 * of the requests that it would take to ask for everything singly.
 */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let nodeCount = 0;
  let requests = 0;

  const visit = ({ selections }: SelectionSetNode, times: number): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, times);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) visit(fragment.selectionSet, times);
      } else if (selection.selectionSet !== undefined) {
        const size = sizeOf(selection, variables);
        if (size !== undefined) {
          requests += times;
          nodeCount += times * size;
        }
        visit(selection.selectionSet, times * (size ?? 1));
      }
    }
  };
  visit(operation.selectionSet, 1);
  if (nodeCount > NODE_LIMIT)
    throw new GithubError(
      'MAX_NODE_LIMIT_EXCEEDED',
      `This query requests up to ${nodeCount} possible nodes which exceeds the maximum limit of ${NODE_LIMIT}.`,
    );
  return { nodeCount, points: Math.max(1, Math.round(requests / 100)) };
}

/** How many of it are asked for; undefined for what is no list. */
function sizeOf(field: FieldNode, variables: Variables): number | undefined {
  for (const { name, value } of field.arguments ?? []) {
    const given =
      value.kind === Kind.VARIABLE ? variables[value.name.value] : 'value' in value && value.value;
    if (name.value === 'first' || name.value === 'last') {
      if (given != null) return Number(given);
    } else if (name.value === 'ids') {
      if (value.kind === Kind.LIST) return value.values.length;
      if (Array.isArray(given)) return given.length;
    }
  }
  return undefined;
}
