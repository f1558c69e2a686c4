import type { PhrasingContent } from 'mdast';
import { emphasis, image, isBlank, label, lineBreak, link, type Mixed, paragraph } from './nodes.ts';

export interface Picture {
  /** Absent if it is not known where the picture is; then its name is shown. */
  readonly url: string | undefined;
  readonly alt: string;
  readonly title?: string | undefined;
  readonly caption?: PhrasingContent[];
  /** Where a click on it leads. */
  readonly href?: string | undefined;
}

/** An image, alone or with its caption in italics on the line below. */
export function picture({ url, alt, title, caption = [], href }: Picture): Mixed {
  const shown = url === undefined ? label(`[image: ${alt || 'unnamed'}]`) : image(url, alt, title);
  const linked = href === undefined ? shown : link(href, [shown]);
  return isBlank(caption) ? [linked] : [paragraph([linked, lineBreak(), emphasis(caption)])];
}
