import {
  type DocumentNode,
  executeSync,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Answer } from '../../answer.ts';
import { githubSchema } from '../schema/schema.ts';
import { type Context, GithubError } from './context.ts';
import { type Cost, costOf } from './cost.ts';
import { root } from './root.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a client sent; undefined where it is no query at all. */
export function readGraphql(body: unknown): GraphqlRequest | undefined {
  const { query, operationName, variables } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string') return undefined;
  return {
    query,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : {},
  };
}

/** The name of the operation that is asked for, as far as it has one. */
export function operationName({ query, operationName: name }: GraphqlRequest): string | undefined {
  return name ?? /^\s*(?:query|mutation)\s+(\w+)/m.exec(query)?.[1];
}

export type Prepared =
  | { readonly document: DocumentNode; readonly operation: OperationDefinitionNode; readonly cost: Cost }
  /** What is wrong with the query, as the service would say. */
  | { readonly refused: Answer };

/** Checks a query and says what it costs, before anything is read. */
export function prepare({ query, operationName: name, variables }: GraphqlRequest): Prepared {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return { refused: errors([error]) };
    throw error;
  }
  const problems = validate(githubSchema(), document);
  if (problems.length > 0) return { refused: errors(problems) };
  const operation = getOperationAST(document, name);
  if (operation == null) return { refused: errors([new GraphQLError('An operation name is required')]) };
  try {
    return { document, operation, cost: costOf(document, operation, variables) };
  } catch (error) {
    if (error instanceof GithubError) return { refused: refusal(error.type, error.message) };
    throw error;
  }
}

const errors = (problems: readonly GraphQLError[]): Answer => ({
  status: 200,
  body: { errors: problems.map(shown) },
});

/** 200 with an error and without data. */
export const refusal = (type: string, message: string): Answer => ({
  status: 200,
  body: { errors: [{ type, message }] },
});

/** The kind of an error stands beside its message, where the specification of GraphQL has `extensions`. */
function shown({ message, path, locations, originalError }: GraphQLError): object {
  return {
    ...(originalError instanceof GithubError ? { type: originalError.type } : {}),
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
    message,
  };
}

/** Failures of the service are answered with 200; failures of ours are thrown. */
export function run(
  { document }: { readonly document: DocumentNode },
  { variables, operationName: name }: GraphqlRequest,
  context: Context,
): Answer {
  const { data, errors: problems = [] } = executeSync({
    schema: githubSchema(),
    document,
    rootValue: root,
    contextValue: context,
    variableValues: variables,
    ...(name === undefined ? {} : { operationName: name }),
  });
  for (const { originalError } of problems)
    if (originalError !== undefined && !isOfService(originalError)) throw originalError;
  return {
    status: 200,
    body: { data: data ?? null, ...(problems.length > 0 ? { errors: problems.map(shown) } : {}) },
  };
}

const isOfService = (error: Error): boolean => error instanceof GithubError || error instanceof GraphQLError;
