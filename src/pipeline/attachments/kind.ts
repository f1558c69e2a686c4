import { isWebPage } from '../../connectors/attachments.ts';
import type { AttachmentFacts } from '../../core/document.ts';
import { isText } from './encoding.ts';

/** What a file is by its first bytes. */
export interface FileKind {
  readonly name: 'image' | 'pdf' | 'container' | 'svg' | 'html';
  /** Absent where the name's own is better: many formats are ZIP files. */
  readonly extension?: string;
  /** Whether people can read it as it is, and it may hold secrets for all to see. */
  readonly text?: true;
}

/** So many bytes tell what a file is. */
export const HEAD_BYTES = 4096;

const image = (extension: string): FileKind => ({ name: 'image', extension });
const container: FileKind = { name: 'container' };

/**
 * Patterns of the first bytes as ISO 8859-1, from https://www.iana.org/assignments/media-types and the formats' own. What
 * only must follow is looked ahead for.
 */
const signatures: readonly (readonly [RegExp, FileKind])[] = [
  [/^\x89PNG\r\n\x1a\n/, image('png')],
  [/^\xff\xd8\xff/, image('jpg')],
  // The high byte of a side or the aspect ratio.
  [/^GIF8[79]a(?=.{0,6}[\0-\x07])/s, image('gif')],
  [/^RIFF(?=.{3}[\0-\x07]WEBP)/s, image('webp')],
  // The file's size, four zero bytes, the offset of the pixels and the size of one of the known headers.
  [/^BM(?=.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3})/s, image('bmp')],
  [/^(?:II\x2a\0|MM\0\x2a)/, image('tiff')],
  [/^(?=\0{2})(?=.{4}ftypavi[fs])/s, image('avif')],
  [/^(?=\0{2})(?=.{4}ftyp(?:hei[cxms]|mif1))/s, image('heic')],
  [/^\0\0\x01\0[^\0]/, image('ico')],
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, container],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, container],
  [/^\x1f\x8b\x08/, container],
];

/** The second line of a PDF has four characters that are no ASCII, so that nobody takes it for text. */
const pdfHeader = /^%PDF-\d\.\d[ -~]{0,40}[\r\n]+%[^\r\n]{0,8}[\x80-\xff]{4}/;

/** What no text has; after a signature, bytes of any of the formats have it soon. */
const noText = /[\x00-\x06\x0e-\x1a\x1c-\x1f]/;

const markup: readonly (readonly [RegExp, FileKind])[] = [
  [/^<(?:!doctype\s+svg|svg)[\s>]/i, { name: 'svg', extension: 'svg', text: true }],
  [/^<(?:!doctype\s+html|html|head|body)[\s>]/i, { name: 'html', extension: 'html', text: true }],
];

/** What stands before the first element of a page or drawing. */
const prologue = /^(?:\uFEFF|\s+|<\?xml[^>]*\?>|<!--.*?-->)+/s;

/** Undefined for what has no signature here: text, and formats that nothing depends on. */
export function identify(head: Uint8Array): FileKind | undefined {
  const bytes = Buffer.from(head);
  const binary = bytes.toString('latin1');
  // A text may begin with any of them, and texts must be searched for secrets.
  for (const [pattern, kind] of signatures) {
    const signature = pattern.exec(binary)?.[0];
    if (signature !== undefined && noText.test(binary.slice(signature.length))) return kind;
  }
  if (binary.startsWith('%PDF-'))
    return pdfHeader.test(binary) || !isText(head)
      ? { name: 'pdf', extension: 'pdf' }
      : { name: 'pdf', text: true };
  const text = bytes.toString('utf8').replace(prologue, '');
  return markup.find(([pattern]) => pattern.test(text))?.[1];
}

const identifiedImages = /^image\/(?:png|p?jpe?g|gif|webp|bmp|x-ms-bmp|tiff|avif|svg\+xml)\b/i;
const identifiedImageNames = /\.(?:png|jpe?g|gif|webp|bmp|tiff?|avif|svg)$/i;

/**
 * Whether a file is what its source calls it, as far as that does harm: a page that asks to log in is no file, and what
 * is shown as an image must be one. Which image matters not: they are often misnamed, and shown all the same.
 */
export function isAsPromised(
  kind: FileKind | undefined,
  file: Pick<AttachmentFacts, 'name' | 'type'>,
): boolean {
  const { name, type } = file;
  if (kind?.name === 'html') return isWebPage(file);
  const says = (types: RegExp, names: RegExp) =>
    type === undefined || /^application\/octet-stream\b/i.test(type) ? names.test(name) : types.test(type);
  if (says(identifiedImages, identifiedImageNames)) return kind?.name === 'image' || kind?.name === 'svg';
  if (says(/^application\/pdf\b/i, /\.pdf$/i)) return kind?.name === 'pdf';
  return true;
}

const binaryExtension = /^(?:png|jpg|gif|webp|bmp|tiff|avif|heic|ico|pdf)$/;

/** Whether a file of the repository is known to be no text, by the name that {@link extensionFor} gave it. */
export function isBinaryName(path: string): boolean {
  return binaryExtension.test(path.slice(path.lastIndexOf('.') + 1));
}

/** The extension of a file's name in the repository: of what it is, or as it was called. */
export function extensionFor(kind: FileKind | undefined, name: string): string {
  if (kind?.extension !== undefined) return kind.extension;
  const [, own = 'bin'] = /\.([a-z0-9]{1,10})$/.exec(name.toLowerCase()) ?? [];
  return binaryExtension.test(own) ? 'bin' : own;
}
