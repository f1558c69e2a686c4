import type { Nodes, Parents, RootContent } from 'mdast';
import type { Fidelity, Warning } from '../../core/document.ts';
import { type Attachment, fromHtml } from '../../markdown/index.ts';
import { text } from '../../markdown/nodes.ts';
import { removeTrackers } from './trackers.ts';

export interface HtmlBody {
  readonly content: RootContent[];
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
}

/** A mail has no address that relative ones could belong to: they lead nowhere. */
const NOWHERE = 'https://nowhere.invalid';

/** HTML as its reader sees it, without what reports the reader. `file` finds what `cid:` addresses show. */
export function readHtmlBody(
  html: string,
  textId: string,
  file: (contentId: string) => Attachment | undefined,
): HtmlBody {
  const { root, warnings, fidelity } = fromHtml(html, {
    siteUrl: NOWHERE,
    textId,
    person: () => undefined,
    attachment: ({ mediaId }) => (mediaId === undefined ? undefined : file(mediaId)),
  });
  removeTrackers(root);
  dropAddressesToNowhere(root);
  return { content: root.children, warnings, fidelity };
}

function dropAddressesToNowhere(parent: Parents): void {
  const children = (parent.children as Nodes[]).flatMap((child): Nodes[] => {
    if ('children' in child) dropAddressesToNowhere(child);
    if (!('url' in child) || !child.url.startsWith(`${NOWHERE}/`)) return [child];
    if (child.type === 'link') return child.children;
    return child.type === 'image' && child.alt ? [text(child.alt)] : [];
  });
  parent.children = children as typeof parent.children;
}
