import { titleOf } from '../workspace/access.ts';
import type { Content, Workspace } from '../workspace/model.ts';
import type { References } from './adf-inline.ts';

/** How the texts of one page find what they name. */
export function referencesOf(workspace: Workspace, page: Content): References {
  const ownKey = workspace.spaces.get(page.spaceId)?.key ?? '';
  return {
    contentId: page.id,
    pageUrl(space, title) {
      const key = space ?? ownKey;
      for (const content of workspace.content.values()) {
        const isThere = content.status === 'current' && workspace.spaces.get(content.spaceId)?.key === key;
        if (isThere && titleOf(content) === title) return `@@SITE@@/wiki/spaces/${key}/pages/${content.id}`;
      }
      return `@@SITE@@/wiki/spaces/${key}/pages/create?title=${encodeURIComponent(title)}`;
    },
    personName: (accountId) => workspace.people.get(accountId)?.displayName ?? 'Former user',
    fileId(filename) {
      for (const file of workspace.attachments.values()) {
        if (file.pageId === page.id && file.title === filename) return file.fileId;
      }
      return '';
    },
  };
}
