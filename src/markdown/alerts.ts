import type { PhrasingContent } from 'mdast';
import { blockquote, type Flow, paragraph, strong } from './nodes.ts';

/** GitHub's alert types, from the mildest. */
export type Alert = 'NOTE' | 'TIP' | 'IMPORTANT' | 'WARNING' | 'CAUTION';

declare module 'mdast' {
  interface BlockquoteData {
    alert?: Alert;
  }
}

/** A panel: a block quote that the writer opens with `[!TYPE]`. Its title is the bold first line. */
export function alert(type: Alert, children: Flow[], title: PhrasingContent[] = []): Flow[] {
  const content = title.length > 0 ? [paragraph([strong(title)]), ...children] : children;
  return content.length === 0 ? [] : [{ ...blockquote(content), data: { alert: type } }];
}
