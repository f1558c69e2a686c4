import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { JiraClient } from './client.ts';
import type { IssueAccess } from './schema.ts';

/** The fields that `isRestricted` reads. */
export const ACCESS_FIELDS = ['security', 'issuerestriction', 'project'];

/**
 * Whether only some people may see an issue: by its security level, or in team-managed projects by its restrictions.
 * Undefined when the answer does not say, as where a project hides the field of the level, which holds all the same.
 */
export function isRestricted({ security, issuerestriction, project }: IssueAccess): boolean | undefined {
  if (security != null) return true;
  const restrictions = Object.values(issuerestriction?.issuerestrictions ?? {});
  if (restrictions.some((list) => (Array.isArray(list) ? list.length > 0 : list != null))) return true;
  const isTeamManaged = project?.simplified === true && issuerestriction?.issuerestrictions != null;
  return security === null || isTeamManaged ? false : undefined;
}

export type Access = 'open' | 'restricted' | CtxError;

/**
 * Who may see each of the issues. Those whose answers do not say are looked for by search, which knows levels whose
 * field is hidden, and looks at each as it is now; what it does not find either is of unknown access.
 */
export async function accessOf(
  client: JiraClient,
  source: string,
  issues: readonly { readonly id: string; readonly fields: IssueAccess }[],
): Promise<Map<string, Access>> {
  const access = new Map<string, Access>();
  const silent: string[] = [];
  for (const { id, fields } of issues) {
    const restricted = isRestricted(fields);
    if (restricted === undefined) silent.push(id);
    else access.set(id, restricted ? 'restricted' : 'open');
  }
  if (silent.length === 0) return access;
  const what = `the security levels of ${silent.length} issues`;
  let cause: CtxError | undefined;
  try {
    for (const id of await client.listAmong('level is EMPTY', silent, what)) access.set(id, 'open');
    for (const id of await client.listAmong('level is not EMPTY', silent, what)) access.set(id, 'restricted');
  } catch (error) {
    if (!isCtxError(error) || error.kind === 'credentials') throw error;
    cause = error;
  }
  for (const id of silent) {
    if (cause || !access.has(id)) access.set(id, ctxError('source.access-unknown', { source, id }, cause));
  }
  return access;
}
