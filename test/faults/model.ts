import { parse } from 'yaml';
import { ancestorsOf, currentVersion, isPage } from '../../src/demo/workspace/access.ts';
import type { Content, Workspace } from '../../src/demo/workspace/model.ts';

/** What a document says of itself, as `source id` → the facts that the workspace knows too. */
export type Model = ReadonlyMap<string, KnownFacts>;

interface KnownFacts {
  readonly [fact: string]: unknown;
}

/** The documents that a repository of this workspace shall hold: open pages, and the tickets of both projects. */
export function modelOf(workspace: Workspace): Model {
  const pages = [...workspace.content.values()]
    .filter(isPage)
    .filter((page) => page.status === 'current' && [page, ...ancestorsOf(workspace, page)].every(isOpen))
    .map((page): [string, KnownFacts] => {
      const { title, number } = currentVersion(page);
      const labels = page.labels.map(({ name }) => name).sort();
      return [`confluence ${page.id}`, { title, version: number, labels }];
    });
  const tickets = [...workspace.issues.values()]
    .filter(({ levelId }) => levelId === null)
    .map((issue): [string, KnownFacts] => {
      const { key, summary: title, statusName: status } = issue;
      return [`jira ${issue.id}`, { title, key, status, labels: [...issue.labels].sort() }];
    });
  return new Map([...pages, ...tickets]);
}

function isOpen(content: Content): boolean {
  return !isPage(content) || content.readers.users.length + content.readers.groups.length === 0;
}

/** The same facts of the documents of a tree, read from their frontmatter. */
export function modelIn(documents: ReadonlyMap<string, string>): Model {
  const model = new Map<string, KnownFacts>();
  for (const text of documents.values()) {
    const frontmatter = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1];
    if (frontmatter === undefined) continue;
    const { source, id, type, title, version, key, status, labels = [] } = parse(frontmatter);
    const shared = { title, labels: [...labels].sort() };
    model.set(`${source} ${id}`, type === 'ticket' ? { ...shared, key, status } : { ...shared, version });
  }
  return model;
}
