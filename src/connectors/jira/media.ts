import { Parser } from 'htmlparser2';
import { attachmentIdIn } from './attachments.ts';
import { isObject } from './fields.ts';
import type { RenderedFields } from './schema.ts';

/*
 * Texts name a file by an id of the media service, which no call maps to attachments, and mostly by the file's name
 * too. Where the name is missing, the order tells: Jira's own rendering of the same text shows the same files, by
 * their attachment ids.
 */

/** An issue's text in both forms: as it is stored, and as Jira renders it. */
export interface RenderedText {
  readonly stored: unknown;
  readonly html: string | undefined;
}

interface Media {
  readonly id: string;
  readonly alt: string | undefined;
}

/** Whether a text shows a file that none of the names tells. */
export function showsUnnamedFile(stored: unknown, names: ReadonlySet<string>): boolean {
  return mediaIn(stored).some(({ alt }) => alt === undefined || !names.has(alt));
}

/** Media id to attachment id. A text whose two forms do not show equally many files tells nothing. */
export function filesByOrder(texts: Iterable<RenderedText>): Map<string, string> {
  const files = new Map<string, string>();
  for (const { stored, html } of texts) {
    const media = mediaIn(stored);
    const shown = html === undefined ? [] : attachmentsShownBy(html);
    if (media.length !== shown.length) continue;
    media.forEach(({ id }, index) => {
      files.set(id, shown[index] as string);
    });
  }
  return files;
}

/** The rendered form of each text of an issue, by the name of its field and the id of its comment. */
export function renderedTexts(
  rendered: RenderedFields,
  fields: Readonly<Record<string, unknown>>,
  comments: Iterable<{ readonly id: string; readonly body?: unknown }>,
): RenderedText[] {
  const ofFields = Object.entries(fields).map(([name, stored]) => {
    const html = rendered[name];
    return { stored, html: typeof html === 'string' ? html : undefined };
  });
  const bodies = new Map(rendered.comment?.comments.map(({ id, body }) => [id, body ?? undefined]));
  return [...ofFields, ...[...comments].map(({ id, body }) => ({ stored: body, html: bodies.get(id) }))];
}

/** The files of a document of the Atlassian Document Format, in order. */
function mediaIn(document: unknown): Media[] {
  const found: Media[] = [];
  const open: unknown[] = [document];
  while (open.length > 0) {
    const node = open.pop();
    if (!isObject(node)) continue;
    if (Array.isArray(node.content)) open.push(...node.content.toReversed());
    const { type, attrs } = node;
    if ((type !== 'media' && type !== 'mediaInline') || !isObject(attrs) || typeof attrs.id !== 'string')
      continue;
    found.push({ id: attrs.id, alt: typeof attrs.alt === 'string' ? attrs.alt : undefined });
  }
  return found;
}

/** Rendered addresses may be absolute or not; their path alone counts. */
const ANY_SITE = 'https://site.invalid';

/** A thumbnail stands within a link to its file: both are one. */
function attachmentsShownBy(html: string): string[] {
  const shown: string[] = [];
  let linked = false;
  const show = (address = ''): boolean => {
    const id = URL.canParse(address, ANY_SITE)
      ? attachmentIdIn(new URL(address, ANY_SITE).pathname)
      : undefined;
    if (id !== undefined) shown.push(id);
    return id !== undefined;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'a') linked = show(attributes.href);
      else if (name === 'img' && !linked) show(attributes.src);
    },
    onclosetag(name) {
      if (name === 'a') linked = false;
    },
  });
  parser.end(html);
  return shown;
}
