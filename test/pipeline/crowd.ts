import * as edits from '../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { emptySite } from '../harness/small-workspace.ts';

/** Of each space, below its home page: more than may vanish unasked. */
export const PAGES = 24;

/** Two spaces of many pages below their home pages, and as many tickets of ours. */
export function crowded(): Workspace {
  const workspace = emptySite();
  for (const space of ['ENG', 'OPS']) {
    for (let n = 0; n < PAGES; n++)
      edits.createPage(workspace, { space, title: `Page ${n}`, body: `<p>${n}</p>` });
  }
  for (let n = 0; n < PAGES; n++)
    edits.createIssue(workspace, { project: 'SHOP', summary: `Issue ${n}`, assignee: workspace.accountId });
  return workspace;
}

/** The pages of a space, without its home page. */
export function crowd(workspace: Workspace, space: string): string[] {
  const { id, homepageId } = edits.spaceByKey(workspace, space);
  return [...workspace.content.values()]
    .filter((content) => content.spaceId === id && content.id !== homepageId)
    .map((content) => content.id);
}

/** The documents in a folder, without its index. */
export function below(documents: ReadonlyMap<string, string>, folder: string): string[] {
  return [...documents.keys()].filter((path) => path.startsWith(folder) && !path.endsWith('/INDEX.md'));
}
