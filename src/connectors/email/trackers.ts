import type { Nodes, Parents } from 'mdast';

/** Parameters that tell a sender who followed a link from where, and the page nothing. */
const PARAMETER =
  /^(?:utm_\w+|mc_[ce]id|_hs(?:enc|mi)|hsctatracking|fbclid|gclid|dclid|msclkid|yclid|igshid|mkt_tok|vero_(?:id|conv)|oly_(?:enc|anon)_id|_ke|wickedid|ck_subscriber_id|s_cid|trk(?:email)?|trackingid|elq\w*)$/i;

/** Pictures that are asked for so that the sender learns of it, by the shapes of their addresses. */
const PIXEL =
  /\/(?:open|pixel|beacon|track(?:ing)?(?:\/open)?|wf\/open|e\/o|trk|imp)(?:\.(?:gif|png|aspx?|php))?(?:[/?]|$)|(?:spacer|blank|transparent|1x1|pixel|clear)\.(?:gif|png)\b|[?&](?:open|pixel)=|\/o\.gif\b|list-manage\.com\/track\/open|google-analytics\.com\/collect/i;

/** An address without what only follows its reader; all others stay as they are, byte for byte. */
export function withoutTracking(address: string): string {
  const match = /^(https?:\/\/[^?#]*)\?([^#]*)(#.*)?$/is.exec(address);
  if (!match) return address;
  const [, page = '', query = '', fragment = ''] = match;
  const parameters = query.split(/&(?:amp;)?/);
  const kept = parameters.filter((parameter) => !PARAMETER.test(parameter.split('=')[0] ?? ''));
  if (kept.length === parameters.length) return address;
  return page + (kept.length > 0 ? `?${kept.join('&')}` : '') + fragment;
}

/** Takes pictures that only track, and parameters that do, out of a tree. */
export function removeTrackers(parent: Parents): void {
  const open: Parents[] = [parent];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const kept = (node.children as Nodes[]).filter((child) => !isTracker(child));
    if (kept.length < node.children.length) node.children = kept as typeof node.children;
    for (const child of kept) {
      if (child.type === 'link') child.url = withoutTracking(child.url);
      if ('children' in child) open.push(child);
    }
  }
}

function isTracker(node: Nodes): boolean {
  // Around a tracker, a link is one too.
  if (node.type === 'link') return node.children.length > 0 && node.children.every(isTracker);
  return node.type === 'image' && /^https?:/i.test(node.url) && !node.alt && PIXEL.test(node.url);
}
