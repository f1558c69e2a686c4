import type { PhrasingContent } from 'mdast';
import { mark, markHtml } from '../links.ts';
import { surelyCloses, surelyOpens } from './delimiters.ts';

/** A stretch of a block's line: markdown that is final, or text that is still to be escaped. */
export interface Piece {
  readonly value: string;
  readonly text: boolean;
  /** The text stands in a link's label or an image's description. */
  readonly label?: 'balanced' | 'unbalanced';
}

/** Where the inline content stands, which decides how breaks and pipes are written. */
export type Place = 'paragraph' | 'item' | 'heading' | 'cell';

/** Inline nodes, normalised, as pieces in order. */
export function toPieces(nodes: readonly PhrasingContent[], place: Place): Piece[] {
  const pieces: Piece[] = [];
  const raw = (value: string) => pieces.push({ value, text: false });
  const lastCharacter = () => characterAtEnd(pieces.at(-1)?.value ?? '');

  function addAll(
    children: readonly PhrasingContent[],
    after: string,
    marks: string,
    label?: Piece['label'],
  ): void {
    children.forEach((child, index) => {
      const next = children[index + 1];
      add(child, next ? firstCharacter(next) : after, marks, label);
    });
  }

  function add(node: PhrasingContent, after: string, marks: string, label?: Piece['label']): void {
    switch (node.type) {
      case 'text':
        pieces.push({ value: node.value, text: true, ...(label && { label }) });
        break;
      case 'inlineCode':
        raw(inlineCode(node.value, place));
        break;
      case 'break':
        raw(place === 'cell' ? '<br>' : place === 'heading' ? ' ' : '\\\n');
        break;
      case 'html':
        raw(markHtml(place === 'cell' ? node.value.replaceAll('|', '&#124;') : node.value));
        break;
      case 'image':
        raw('![');
        if (node.alt)
          pieces.push({ value: node.alt, text: true, label: balance([{ type: 'text', value: node.alt }]) });
        raw(`](${mark(node.url)}${title(node.title, place)})`);
        break;
      case 'link':
        raw('[');
        addAll(node.children, ']', marks, balance(node.children));
        raw(`](${mark(node.url)}${title(node.title, place)})`);
        break;
      case 'emphasis':
      case 'strong':
      case 'delete': {
        const [open, close] = delimiters(node, lastCharacter(), after, marks);
        raw(open);
        addAll(node.children, close, marks + open, label);
        raw(close);
        break;
      }
    }
  }

  addAll(nodes, '', '');
  return pieces;
}

const TAGS = { emphasis: 'em', strong: 'strong', delete: 'del' } as const;

/**
 * The delimiters of a mark, or HTML tags where markdown's flanking rules would not see them, such as between
 * punctuation and a letter of a language without spaces.
 */
function delimiters(
  node: PhrasingContent & { type: keyof typeof TAGS },
  before: string,
  after: string,
  marks: string,
): readonly [string, string] {
  const children = 'children' in node ? node.children : [];
  const first = children[0];
  const last = children.at(-1);
  const inside = [first ? firstCharacter(first) : '', last ? endCharacter(last) : ''] as const;
  const touching = [before, after, ...inside];
  const holds = (delimiter: string) => {
    const marker = delimiter.charAt(0);
    return (
      !touching.includes(marker) &&
      surelyOpens(marker, before, inside[0]) &&
      surelyCloses(marker, inside[1], after)
    );
  };
  const candidates =
    node.type === 'strong'
      ? ['**']
      : node.type === 'delete'
        ? ['~~']
        : marks.includes('*')
          ? ['_']
          : ['_', '*'];
  const found = candidates.find(holds);
  return found ? [found, found] : [`<${TAGS[node.type]}>`, `</${TAGS[node.type]}>`];
}

/** The first character a node is written with; all that markdown's syntax starts with are punctuation. */
function firstCharacter(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return String.fromCodePoint(node.value.codePointAt(0) ?? 32);
    case 'inlineCode':
      return '`';
    case 'image':
      return '!';
    case 'link':
      return '[';
    case 'emphasis':
      return '_';
    case 'strong':
      return '*';
    case 'delete':
      return '~';
    case 'break':
      return '\n';
    default:
      return '<';
  }
}

function endCharacter(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return characterAtEnd(node.value);
    case 'image':
    case 'link':
      return ')';
    case 'html':
      return '>';
    default:
      return firstCharacter(node);
  }
}

function characterAtEnd(value: string): string {
  const unit = value.charCodeAt(value.length - 1);
  return value.slice(unit >= 0xdc00 && unit <= 0xdfff ? -2 : -1);
}

function inlineCode(value: string, place: Place): string {
  if (place === 'cell' && value.includes('|')) {
    // A cell is split before code is seen, and an escaped backslash before a pipe can not be said in code.
    if (/\\(?:\||$)/.test(value)) return `<code>${referAll(value)}</code>`;
    return fence(value.replaceAll('|', '\\|'));
  }
  return fence(value);
}

function fence(value: string): string {
  const runs = new Set((value.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  const ticks = '`'.repeat(length);
  const padded = /^`|`$/.test(value) || (/^ .* $/.test(value) && value.trim() !== '');
  return padded ? `${ticks} ${value} ${ticks}` : ticks + value + ticks;
}

/** Text with each character that could mean something as a character reference. */
function referAll(value: string): string {
  return value.replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function title(value: string | null | undefined, place: Place): string {
  if (!value) return '';
  const escaped = value
    .replace(/[\\"]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replaceAll('`', '&#96;')
    .replaceAll('<', '&lt;');
  return ` "${place === 'cell' ? escaped.replaceAll('|', '\\|') : escaped}"`;
}

/** Brackets in a label need no escape while each has its partner. */
function balance(children: readonly PhrasingContent[]): 'balanced' | 'unbalanced' {
  const text = textOf(children);
  if (text.includes('](')) return 'unbalanced';
  let depth = 0;
  for (const character of text) {
    if (character === '[') depth++;
    if (character === ']' && --depth < 0) return 'unbalanced';
  }
  return depth === 0 ? 'balanced' : 'unbalanced';
}

function textOf(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) => (node.type === 'text' ? node.value : 'children' in node ? textOf(node.children) : ''))
    .join('');
}
