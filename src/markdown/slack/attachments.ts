import type { PhrasingContent } from 'mdast';
import { isRecord } from '../json.ts';
import { marker } from '../macros/marker.ts';
import { blockquote, type Flow, isBlank, list, listItem, paragraph, strong, text, toFlow } from '../nodes.ts';
import { linked } from './addresses.ts';
import { renderBlocks } from './blocks.ts';
import { timeOf } from './dates.ts';
import { elementRow } from './elements.ts';
import { listOf, objectOf, objectsOf, textOf } from './json.ts';
import { messageBody } from './message.ts';
import { readMrkdwn } from './mrkdwn.ts';
import type { Json, Source } from './source.ts';
import { textLine, textWords } from './text-objects.ts';

/**
 * What stands below a message (https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments):
 * content of its own, or a preview of what it links to. `links` are the addresses that the message names itself.
 */
export function renderAttachments(
  values: readonly unknown[],
  source: Source,
  links: ReadonlySet<string>,
): Flow[] {
  return values.filter(isRecord).flatMap((attachment) => {
    source.reader.construct();
    const content = contentOf(attachment, source, links);
    const above = mrkdwn(attachment, 'pretext', source);
    if (content.length > 0) {
      const quoted = isMessage(attachment) || isPreview(attachment);
      return [...above, ...(quoted ? [blockquote(content)] : content)];
    }
    if (above.length > 0 || isLinked(attachment, links)) return above;
    source.reader.lose('slack:attachment', 'shows nothing');
    return toFlow([marker('empty attachment')]);
  });
}

function contentOf(attachment: Json, source: Source, links: ReadonlySet<string>): Flow[] {
  if (isMessage(attachment)) return quotedMessage(attachment, source);
  const short = isPreview(attachment) && isLinked(attachment, links);
  return short ? preview(attachment, source, links) : everything(attachment, source);
}

const isMessage = (attachment: Json) =>
  attachment.is_msg_unfurl === true ||
  attachment.is_share === true ||
  Array.isArray(attachment.message_blocks);

const ORIGINS = ['from_url', 'original_url', 'app_unfurl_url'];

/** Slack or an app made it of a link. */
const isPreview = (attachment: Json) => ORIGINS.some((name) => textOf(attachment, name) !== undefined);

/** Whether the message names what the attachment shows. */
function isLinked(attachment: Json, links: ReadonlySet<string>): boolean {
  return [...ORIGINS, 'title_link'].some((name) => {
    const url = textOf(attachment, name);
    return url !== undefined && (links.has(url) || links.has(`${url}/`) || links.has(url.replace(/\/$/, '')));
  });
}

/** Another message: who wrote it, what it says, and where it is. */
function quotedMessage(attachment: Json, source: Source): Flow[] {
  const { reader } = source;
  const id = textOf(attachment, 'author_id');
  if (id !== undefined) reader.context.onPerson?.(id);
  const known = id === undefined ? undefined : reader.context.person(id);
  const name = known ?? (textWords(attachment.author_name, source) || id);
  const blocks = objectsOf(attachment, 'message_blocks').flatMap((each) =>
    messageBody(objectOf(each, 'message'), source, 1),
  );
  return [
    ...(name === undefined ? [] : [paragraph([strong([text(name)])])]),
    ...title(attachment, source),
    ...(blocks.length > 0 ? blocks : ownContent(attachment, source)),
    ...extras(attachment, source),
    ...origin(attachment, source),
  ];
}

/** The place and time of a quoted message, as a link to it. */
function origin(attachment: Json, source: Source): Flow[] {
  const href = textOf(attachment, 'from_url');
  if (href === undefined) return foot(attachment, source);
  const place = linked(href, [text(textWords(attachment.footer, source) || 'message')], source);
  const time = timeOf(textOf(attachment, 'ts'));
  return [paragraph(time === undefined ? place : [...place, text(` · ${time}`)])];
}

/** What a link leads to, said in short where the message has the link itself. */
function preview(attachment: Json, source: Source, links: ReadonlySet<string>): Flow[] {
  const words = [...title(attachment, source), ...mrkdwn(attachment, 'text', source)];
  const more = objectsOf(attachment, 'fields').length + listOf(attachment, 'blocks').length;
  if (words.length > 0 && more > 0) source.reader.degrade('slack:attachment', 'shown in short');
  if (words.length > 0) return words;
  const content = renderBlocks(listOf(attachment, 'blocks'), source, 1);
  if (content.length > 0) return content;
  return pictures(attachment, source).filter(
    (node) =>
      node.type !== 'paragraph' ||
      node.children.every((child) => child.type !== 'link' || !links.has(child.url)),
  );
}

function everything(attachment: Json, source: Source): Flow[] {
  const content = [
    ...author(attachment, source),
    ...title(attachment, source),
    ...ownContent(attachment, source),
    ...extras(attachment, source),
    ...foot(attachment, source),
  ];
  return content.length > 0 ? content : mrkdwn(attachment, 'fallback', source);
}

function ownContent(attachment: Json, source: Source): Flow[] {
  const blocks = renderBlocks(listOf(attachment, 'blocks'), source, 1);
  return blocks.length > 0 ? blocks : mrkdwn(attachment, 'text', source);
}

function extras(attachment: Json, source: Source): Flow[] {
  return [
    ...fields(attachment, source),
    ...pictures(attachment, source),
    ...files(attachment, source),
    ...toFlow(elementRow(objectsOf(attachment, 'actions'), source, 1)),
  ];
}

/** A part of an attachment in which marks mean something, unless it says that they do not. */
function mrkdwn(attachment: Json, name: string, source: Source): Flow[] {
  const marked = listOf(attachment, 'mrkdwn_in');
  const marks = MARKED.has(name) && (!Array.isArray(attachment.mrkdwn_in) || marked.includes(name));
  return readMrkdwn(textOf(attachment, name) ?? '', source, { marks });
}

const MARKED: ReadonlySet<string> = new Set(['pretext', 'text']);

function author(attachment: Json, source: Source): Flow[] {
  const name = textLine(textOf(attachment, 'author_name'), source);
  const more = textLine(textOf(attachment, 'author_subname'), source);
  if (isBlank(name)) return isBlank(more) ? [] : [paragraph(more)];
  const href = textOf(attachment, 'author_link');
  const shown = href === undefined ? name : linked(href, name, source);
  return [paragraph(isBlank(more) ? shown : [...shown, text(' '), ...more])];
}

function title(attachment: Json, source: Source): Flow[] {
  const words = textLine(textOf(attachment, 'title'), source);
  if (isBlank(words)) return [];
  const href = [...['title_link'], ...ORIGINS]
    .map((name) => textOf(attachment, name))
    .find((url) => url !== undefined);
  return [paragraph([strong(href === undefined ? words : linked(href, words, source))])];
}

/** Each field's name before its value. */
function fields(attachment: Json, source: Source): Flow[] {
  const marks = !Array.isArray(attachment.mrkdwn_in) || attachment.mrkdwn_in.includes('fields');
  const items = objectsOf(attachment, 'fields').flatMap((field) => {
    const name = textLine(textOf(field, 'title'), source);
    const value = readMrkdwn(textOf(field, 'value') ?? '', source, { marks });
    if (isBlank(name)) return value.length === 0 ? [] : [listItem(value)];
    const [first, ...rest] = value;
    const inLine = first?.type === 'paragraph';
    const head: PhrasingContent[] = inLine ? [strong(name), text(': '), ...first.children] : [strong(name)];
    return [listItem([paragraph(head), ...(inLine ? rest : value)])];
  });
  if (items.length === 0) return [];
  source.reader.construct();
  return [list(items)];
}

function pictures(attachment: Json, source: Source): Flow[] {
  return [
    ['image_url', 'image'],
    ['thumb_url', 'thumbnail'],
  ].flatMap(([name = '', words = '']) => {
    const href = textOf(attachment, name);
    return href === undefined ? [] : [paragraph(linked(href, [text(words)], source))];
  });
}

/** The files of a quoted message, by their names. */
function files(attachment: Json, source: Source): Flow[] {
  return objectsOf(attachment, 'files').flatMap((file) => {
    const name = textOf(file, 'title') ?? textOf(file, 'name');
    const href = textOf(file, 'permalink') ?? textOf(file, 'url_private');
    if (name === undefined || href === undefined) return [];
    return [paragraph(linked(href, [text(name)], source))];
  });
}

/** The small line below: where it is from, and of when. */
function foot(attachment: Json, source: Source): Flow[] {
  const footer = mrkdwn(attachment, 'footer', source);
  const time = timeOf(textOf(attachment, 'ts'));
  const [first, ...rest] = footer;
  if (time === undefined) return footer;
  if (first?.type !== 'paragraph') return [...footer, paragraph([text(time)])];
  return [paragraph([...first.children, text(` · ${time}`)]), ...rest];
}
