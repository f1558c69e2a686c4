import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import type { TestContext } from '../../harness/context.ts';
import { png } from '../../harness/files.ts';
import { include, smallWorkspace, textFile } from '../../harness/small-workspace.ts';
import { create, idOf, macro, picture } from './pages.ts';

/** Stands in every text, name and file of the pages that are restricted, and nowhere else. */
export const SECRET = 'zebra';

export const secretsIn = (context: TestContext) =>
  [...context.files()].flatMap(([path, text]) =>
    `${path}\n${text}`.toLowerCase().includes(SECRET) ? [path] : [],
  );

const PART = '<ri:page ri:content-title="Part" />';

/** Ways from open pages to what stands on the page `Part`, which the open pages may name. */
export const ways = (part: string): Readonly<Record<string, string>> => {
  const entity = `<ri:content-entity ri:content-id="${part}" />`;
  return {
    'Include by title': include('Part'),
    'Include by id': macro('include', { '': entity }),
    'Excerpt by title': macro('excerpt-include', { '': PART }),
    'Excerpt by id': macro('excerpt-include', { '': entity }),
    'Include of an include': include('Include by title'),
    'Include of an excerpt': include('Excerpt by id'),
    Pictures: `${picture('shown.png', PART)}${picture('shown.png', entity)}`,
    'Link to a file': `<p><ac:link><ri:attachment ri:filename="plan.txt">${PART}</ri:attachment></ac:link></p>`,
    'View of a file': macro('view-file', {
      name: `<ri:attachment ri:filename="plan.txt">${PART}</ri:attachment>`,
    }),
    Diagram: macro('drawio', { diagramName: 'shown', pageId: part, custContentId: '1' }),
    'Diagram of another page': macro('inc-drawio', { diagramName: 'shown', pageId: part }),
    Lists: ['children', 'pagetree', 'recently-updated', 'space-attachments']
      .map((name) => macro(name))
      .join(''),
    'Lists by label': `${macro('contentbylabel', { cql: 'label = "deal"' })}${macro('detailssummary', { label: 'deal', headings: 'Price' })}`,
  };
};

/** A page that open pages name, with files and comments, and a page and a folder below it that only lists name. */
export function workspaceWithWays(): { readonly workspace: Workspace; readonly part: string } {
  const workspace = smallWorkspace();
  const properties = `<table><tbody><tr><th>Price</th><td>${SECRET} dollars</td></tr></tbody></table>`;
  const excerpt = macro('excerpt', {}, `<p>In short ${SECRET}.</p>`);
  const part = create(workspace, 'Part', `<p>At length ${SECRET}.</p>${excerpt}${picture('shown.png')}`, {
    parent: idOf(workspace, 'Guide'),
  });
  const below = create(workspace, `Deal ${SECRET}`, macro('details', {}, properties), { parent: part });
  const folder = edits.createFolder(workspace, { space: 'ENG', title: `Folder ${SECRET}`, parent: part });
  create(workspace, 'In the folder', `<p>${SECRET}</p>`, { parent: folder });
  for (const page of [part, below]) edits.addLabel(workspace, page, 'deal');
  edits.addComment(workspace, part, { body: `<p>Said ${SECRET}.</p>` });
  edits.attachFile(workspace, part, textFile('plan.txt', `Planned ${SECRET}`));
  edits.attachFile(workspace, part, textFile(`${SECRET}.txt`));
  for (const title of ['shown.png', 'shown'])
    edits.attachFile(workspace, part, {
      title,
      mediaType: 'image/png',
      bytes: () => png(`${SECRET} ${title}`),
    });
  for (const [title, body] of Object.entries(ways(part))) create(workspace, title, body);
  const talk = create(workspace, 'Talk', '<p>Talk.</p>');
  edits.addComment(workspace, talk, { body: `${include('Part')}${picture('shown.png', PART)}` });
  return { workspace, part };
}
