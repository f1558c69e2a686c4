import { collapseSpace } from '../text.ts';

/** Characters without width that senders fill the preview of a mail with. */
const FILLER = /^[\s\u00AD\u034F\u200B-\u200F\u2060\uFEFF]+$/;

/** Text as a browser shows it. */
export function shownText(value: string): string {
  return FILLER.test(value) ? ' ' : collapseSpace(value);
}
