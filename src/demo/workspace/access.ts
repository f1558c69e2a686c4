import type { Content, Issue, Page, Person, Readers, Version, Workspace } from './model.ts';

export function currentVersion(record: { readonly versions: readonly Version[] }): Version {
  const version = record.versions.at(-1);
  if (version === undefined) throw new Error('a record without a version was put into the workspace');
  return version;
}

export const titleOf = (content: Content): string =>
  content.kind === 'folder' ? content.title : currentVersion(content).title;

export const isPage = (content: Content | undefined): content is Page =>
  content !== undefined && content.kind !== 'folder';

/** From the top of the tree down to the parent. */
export function ancestorsOf(workspace: Workspace, content: Content): Content[] {
  const chain: Content[] = [];
  let parent = content.parentId === null ? undefined : workspace.content.get(content.parentId);
  while (parent !== undefined) {
    chain.unshift(parent);
    parent = parent.parentId === null ? undefined : workspace.content.get(parent.parentId);
  }
  return chain;
}

export function childrenOf(workspace: Workspace, id: string): Content[] {
  return [...workspace.content.values()]
    .filter((content) => content.parentId === id)
    .sort((a, b) => a.position - b.position || Number(a.id) - Number(b.id));
}

function admits(readers: Readers, person: Person | undefined): boolean {
  if (readers.users.length === 0 && readers.groups.length === 0) return true;
  if (person === undefined) return false;
  return (
    readers.users.includes(person.accountId) || person.groups.some((group) => readers.groups.includes(group))
  );
}

/** A page is readable when its own restrictions and those of every ancestor admit the account. */
export function maySee(workspace: Workspace, content: Content): boolean {
  const person = workspace.people.get(workspace.accountId);
  const open = (each: Content) => each.kind === 'folder' || admits(each.readers, person);
  return open(content) && ancestorsOf(workspace, content).every(open);
}

export function maySeeIssue(workspace: Workspace, issue: Issue): boolean {
  if (issue.levelId === null) return true;
  return workspace.levels.get(issue.levelId)?.members.includes(workspace.accountId) ?? false;
}
