import { titleOf } from '../workspace/access.ts';
import type { Content, Workspace } from '../workspace/model.ts';

const slug = (title: string): string => encodeURIComponent(title).replaceAll('%20', '+');

/** Where a browser shows the content, below the site's `/wiki`. */
export function webPath(workspace: Workspace, content: Content): string {
  const key = workspace.spaces.get(content.spaceId)?.key ?? '';
  if (content.kind === 'folder') return `/spaces/${key}/folder/${content.id}`;
  if (content.kind === 'page') return `/spaces/${key}/pages/${content.id}/${slug(titleOf(content))}`;
  const day = content.createdAt.slice(0, 10).replaceAll('-', '/');
  return `/spaces/${key}/blog/${day}/${content.id}/${slug(titleOf(content))}`;
}
