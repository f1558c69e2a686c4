import type { PhrasingContent, Root, RootContent } from 'mdast';
import { addFidelity, type Fidelity, NO_CONSTRUCTS, type Warning } from '../../core/document.ts';
import {
  type Attachment,
  type AttachmentReference,
  fromAdf,
  fromWiki,
  type ReadContext,
  type Reading,
} from '../../markdown/index.ts';
import { bulletList, heading, link, nestHeadings, text } from '../nodes.ts';
import { readableSize } from '../readable-size.ts';
import { adoptAttachments } from './attachments.ts';
import { isObject } from './fields.ts';
import { historyLines } from './history.ts';
import {
  attachmentsOf,
  attachmentUrl,
  browseUrl,
  customValues,
  epicOf,
  type IssueReading,
  linksOf,
  type Relation,
  subtasksOf,
} from './reading.ts';
import type { Comment } from './schema.ts';

/** The text of an issue: its description, then what surrounds it, each under a heading of its own. */
export function bodyOf(reading: IssueReading): {
  readonly root: Root;
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
  /** Ids of the issue's files that its texts show or link to. */
  readonly referenced: ReadonlySet<string>;
} {
  const warnings: Warning[] = [];
  const referenced = new Set<string>();
  let fidelity = NO_CONSTRUCTS;
  const read = (value: unknown) => {
    const text = readText(value, reading);
    warnings.push(...text.warnings);
    fidelity = addFidelity(fidelity, text.fidelity);
    for (const id of adoptAttachments(text.root.children, reading)) referenced.add(id);
    return text.root.children;
  };
  const children = [
    ...read(reading.issue.fields.description),
    ...section('Environment', read(reading.issue.fields.environment)),
    ...customTexts(reading, read),
    ...section('Links', relationList(reading)),
    ...section('Attachments', attachmentList(reading)),
    ...section(
      'Comments',
      reading.comments.flatMap((comment) => commentBlock(comment, reading, read)),
    ),
    ...section('History', historyList(reading)),
  ];
  return { root: { type: 'root', children }, warnings, fidelity, referenced };
}

function section(title: string, content: readonly RootContent[]): RootContent[] {
  return content.length === 0 ? [] : [heading(2, title), ...content];
}

function customTexts(reading: IssueReading, read: (value: unknown) => RootContent[]): RootContent[] {
  return customValues(reading).flatMap(({ field, value }) =>
    value && 'text' in value ? section(field.name, nestHeadings(read(value.text), 2)) : [],
  );
}

function relationList(reading: IssueReading): RootContent[] {
  const parent = reading.issue.fields.parent?.key;
  const epic = epicOf(reading);
  const relations: Relation[] = [
    ...(parent ? [{ relation: 'parent', key: parent }] : []),
    ...(epic && epic !== parent ? [{ relation: 'epic', key: epic }] : []),
    ...subtasksOf(reading).map((key) => ({ relation: 'subtask', key })),
    ...linksOf(reading),
  ];
  const item = ({ relation, key }: Relation) => [
    text(`${relation} `),
    link(browseUrl(reading.siteUrl, key), key),
  ];
  return relations.length === 0 ? [] : [bulletList(relations.map(item))];
}

function attachmentList(reading: IssueReading): RootContent[] {
  const items = attachmentsOf(reading).map((attachment): PhrasingContent[] => {
    const details = [readableSize(attachment.size), attachment.mimeType].filter(Boolean);
    const label = link(attachmentUrl(reading.siteUrl, attachment), attachment.filename);
    return details.length === 0 ? [label] : [label, text(` · ${details.join(' · ')}`)];
  });
  return items.length === 0 ? [] : [bulletList(items)];
}

function commentBlock(
  comment: Comment,
  { cast }: IssueReading,
  read: (value: unknown) => RootContent[],
): RootContent[] {
  const author = cast.nameOf(comment.author) ?? 'Someone';
  const { created, updated } = comment;
  const edited = updated && created && updated !== created ? ` (edited ${minute(updated)})` : '';
  const title = created ? `${author} · ${minute(created)}${edited}` : author;
  return [heading(3, title), ...nestHeadings(read(comment.body), 3)];
}

function historyList({ histories, cast }: IssueReading): RootContent[] {
  const lines = historyLines(histories, cast);
  return lines.length === 0 ? [] : [bulletList(lines.map((line) => [text(line)]))];
}

/** Atlassian Document Format, or wiki markup as old servers and fields of older kinds hold it. */
function readText(value: unknown, reading: IssueReading): Reading {
  const { siteUrl, cast } = reading;
  const context: ReadContext = {
    siteUrl,
    person: cast.person,
    onPerson: cast.onPerson,
    attachment: (reference) => attachmentFor(reference, reading),
  };
  return isObject(value)
    ? fromAdf(value, context)
    : fromWiki(typeof value === 'string' ? value : '', context);
}

/**
 * The attachment that a text shows: the one it names (of several files with that name the last one is meant), or the
 * one at its place in the text as Jira renders it.
 */
function attachmentFor(reference: AttachmentReference, reading: IssueReading): Attachment | undefined {
  const all = attachmentsOf(reading);
  const names = [reference.name, reference.alt];
  const byOrder = reading.media.get(reference.mediaId ?? '');
  const found =
    all.findLast(({ filename }) => names.includes(filename)) ??
    all.find(({ id }) => id === reference.mediaId || id === byOrder);
  return found && { url: attachmentUrl(reading.siteUrl, found), name: found.filename };
}

function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
