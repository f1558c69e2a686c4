import type { AdfNode } from '../workspace/model.ts';
import {
  childOf,
  elementsOf,
  parametersOf,
  type StorageElement,
  type StorageNode,
  textIn,
} from './storage-tree.ts';

/** What ADF names by id or address and storage by title. */
export interface References {
  pageUrl(space: string | undefined, title: string): string;
  personName(accountId: string): string;
  fileId(filename: string): string;
  readonly contentId: string;
}

type Marks = NonNullable<AdfNode['marks']>;

const MARKS: Readonly<Record<string, Marks[number]>> = {
  strong: { type: 'strong' },
  b: { type: 'strong' },
  em: { type: 'em' },
  del: { type: 'strike' },
  u: { type: 'underline' },
  code: { type: 'code' },
  sub: { type: 'subsup', attrs: { type: 'sub' } },
  sup: { type: 'subsup', attrs: { type: 'sup' } },
};

export function inlineNodes(
  nodes: readonly StorageNode[],
  references: References,
  marks: Marks = [],
): AdfNode[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' ? text(node, marks) : inlineElement(node, references, marks),
  );
}

function text(value: string, marks: Marks): AdfNode[] {
  const collapsed = value.replaceAll(/\s+/g, ' ');
  if (collapsed === '') return [];
  return [{ type: 'text', text: collapsed, ...(marks.length === 0 ? {} : { marks }) }];
}

function inlineElement(element: StorageElement, references: References, marks: Marks): AdfNode[] {
  const within = (added: Marks = []) => inlineNodes(element.children, references, [...marks, ...added]);
  const mark = MARKS[element.name];
  // Code takes no other mark than a link.
  if (mark !== undefined) return mark.type === 'code' ? text(textIn(element), [mark]) : within([mark]);
  const { attributes } = element;
  switch (element.name) {
    case 'br':
      return [{ type: 'hardBreak' }];
    case 'a':
      if (attributes['data-card-appearance'])
        return [{ type: 'inlineCard', attrs: { url: attributes.href } }];
      return within([link(attributes.href ?? '')]);
    case 'time':
      return [{ type: 'date', attrs: { timestamp: String(Date.parse(attributes.datetime ?? '')) } }];
    case 'ac:emoticon':
      return [
        {
          type: 'emoji',
          attrs: { shortName: attributes['ac:emoji-shortname'], text: attributes['ac:emoji-fallback'] },
        },
      ];
    case 'ac:link':
      return linkNodes(element, references);
    case 'ac:structured-macro':
      return [inlineMacro(element)];
    case 'ac:inline-comment-marker':
      return within([
        { type: 'annotation', attrs: { id: attributes['ac:ref'], annotationType: 'inlineComment' } },
      ]);
    default:
      return within();
  }
}

const link = (href: string): Marks[number] => ({ type: 'link', attrs: { href } });

function linkNodes(element: StorageElement, references: References): AdfNode[] {
  const user = childOf(element, 'ri:user')?.attributes['ri:account-id'];
  if (user !== undefined) {
    return [
      { type: 'mention', attrs: { id: user, text: `@${references.personName(user)}`, accessLevel: '' } },
    ];
  }
  const page = childOf(element, 'ri:page')?.attributes;
  const file = childOf(element, 'ri:attachment')?.attributes['ri:filename'];
  const anchor = element.attributes['ac:anchor'];
  const body = elementsOf(element).find((child) => child.name.endsWith('link-body'));
  const shown = textIn(body) || page?.['ri:content-title'] || file || anchor || 'link';
  const url = page
    ? references.pageUrl(page['ri:space-key'], page['ri:content-title'] ?? '')
    : file
      ? `@@SITE@@/wiki/download/attachments/${references.contentId}/${encodeURIComponent(file)}`
      : `#${anchor}`;
  return text(shown, [link(url)]);
}

function inlineMacro(macro: StorageElement): AdfNode {
  const name = macro.attributes['ac:name'] ?? '';
  const parameters = parametersOf(macro);
  if (name === 'status') {
    const color = (parameters.colour ?? 'neutral').toLowerCase().replace('grey', 'neutral');
    return { type: 'status', attrs: { text: parameters.title ?? '', color, localId: 'status', style: '' } };
  }
  return { type: 'inlineExtension', attrs: extensionAttributes(name, parameters) };
}

export function extensionAttributes(name: string, parameters: Readonly<Record<string, string>>) {
  const entries = Object.entries(parameters).map(([key, value]) => [key, { value }]);
  return {
    extensionType: 'com.atlassian.confluence.macro.core',
    extensionKey: name,
    parameters: {
      macroParams: Object.fromEntries(entries),
      macroMetadata: { schemaVersion: { value: '1' } },
    },
  };
}
