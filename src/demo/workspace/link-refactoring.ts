import { currentVersion, isPage } from './access.ts';
import { put } from './journal.ts';
import { textOf, type Workspace } from './model.ts';

interface Named {
  readonly title: string;
  readonly spaceId: string;
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const PAGE_REFERENCE = /<ri:page\b[^>]*\/>/g;

/**
 * Rewrites `<ri:page>` references from a page's old name to its new one, inside the newest version of each
 * page: Confluence does so without adding a version.
 */
export function relinkTitle(workspace: Workspace, before: Named, after: Named): void {
  const keyOf = (spaceId: string) => workspace.spaces.get(spaceId)?.key ?? '';
  const oldTitle = `ri:content-title="${escapeAttribute(before.title)}"`;
  for (const content of workspace.content.values()) {
    if (!isPage(content) || content.status === 'deleted') continue;
    const version = currentVersion(content);
    // Generated bodies link by id only; rendering thousands of them here would be waste.
    if (typeof version.body === 'function') continue;
    const body = textOf(version.body).replace(PAGE_REFERENCE, (reference) => {
      if (!reference.includes(oldTitle)) return reference;
      const key = /ri:space-key="([^"]*)"/.exec(reference)?.[1] ?? keyOf(content.spaceId);
      if (key !== keyOf(before.spaceId)) return reference;
      const space = content.spaceId === after.spaceId ? '' : `ri:space-key="${keyOf(after.spaceId)}" `;
      return `<ri:page ${space}ri:content-title="${escapeAttribute(after.title)}" />`;
    });
    if (body === version.body) continue;
    const versions = [...content.versions.slice(0, -1), { ...version, body }];
    put(workspace, 'content', content.id, { ...content, versions });
  }
}
