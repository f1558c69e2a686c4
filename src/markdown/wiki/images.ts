import { picture } from '../images.ts';
import { link, type Mixed, text as textNode } from '../nodes.ts';
import { absoluteUrl } from '../urls.ts';
import { isSpace, isWord } from '../words.ts';
import type { Source } from './source.ts';

export interface ImageMarkup {
  /** A file's name or an address. */
  readonly target: string;
  readonly alt: string | undefined;
  readonly end: number;
}

const FILE = /^[^/\\:*?"<>|]+\.[A-Za-z]\w{1,4}$/;
/** `alt=…` among parameters that commas separate. */
const ALT = /[|,]alt=(?:"([^"]*)"|([^,|]+))/i;
const ADDRESS = /^https?:\/\/\S+$/i;
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif|tiff?|ico|heic)$/i;

/** `!file.png|thumbnail,alt=…!` at a position: what is between the marks names a file or an address. */
export function imageAt({ text, next }: Source, at: number): ImageMarkup | undefined {
  if (isWord(text[at - 1]) || isSpace(text[at + 1])) return undefined;
  const close = next.exclamation(at + 1);
  const lineEnd = next.lineEnd(at);
  if (close === -1 || (lineEnd !== -1 && lineEnd < close)) return undefined;
  const markup = text.slice(at + 1, close);
  const bar = markup.indexOf('|');
  const target = (bar === -1 ? markup : markup.slice(0, bar)).replace(/^\^/, '').trim();
  if (!FILE.test(target) && !ADDRESS.test(target)) return undefined;
  const [, quoted, plain] = (bar === -1 ? undefined : ALT.exec(markup.slice(bar))) ?? [];
  return { target, alt: quoted ?? plain, end: close + 1 };
}

/** A picture is shown; another file, such as a film, is a link. */
export function imageNodes({ reader, afford }: Source, { target, alt }: ImageMarkup): Mixed {
  reader.construct();
  const isAddress = ADDRESS.test(target);
  const url = isAddress
    ? absoluteUrl(target, reader.context)
    : reader.context.attachment?.({ name: target })?.url;
  if (url === undefined) reader.lose('image', 'not found');
  const reachable = url !== undefined && afford(url.length) ? url : undefined;
  if (reachable === undefined || isAddress || PICTURE.test(target)) {
    return picture({ url: reachable, alt: alt ?? (isAddress ? '' : target) });
  }
  return [link(reachable, [textNode(alt ?? target)])];
}
