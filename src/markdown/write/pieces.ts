import type { PhrasingContent } from 'mdast';
import { mark, markHtml } from '../links.ts';
import { endsInAddress } from './addresses.ts';
import { surelyCloses, surelyOpens } from './delimiters.ts';
import { footnoteId } from './footnotes.ts';

/** A stretch of a block's line. */
export interface Piece {
  readonly value: string;
  /** Text is still to be escaped; the rest is final: a mark's delimiters, which pair, and other syntax. */
  readonly kind: 'text' | 'open' | 'close' | 'syntax';
  /** 0, or the number of the link's label or the image's description that it stands in. */
  readonly scope: number;
}

/** Where the inline content stands, which decides how breaks and pipes are written. */
export type Place = 'paragraph' | 'item' | 'heading' | 'cell';

/** Inline nodes, normalised, as pieces in order. */
export function toPieces(nodes: readonly PhrasingContent[], place: Place): Piece[] {
  const pieces: Piece[] = [];
  let scopes = 0;
  const push = (value: string, kind: Piece['kind'], scope: number) => pieces.push({ value, kind, scope });
  const lastCharacter = () => characterAtEnd(pieces.at(-1)?.value ?? '');

  function addAll(children: readonly PhrasingContent[], after: string, marks: string, scope: number): void {
    children.forEach((child, index) => {
      const next = children[index + 1];
      add(child, next ? beginningOf(next) : after, marks, scope);
    });
  }

  function add(node: PhrasingContent, after: string, marks: string, scope: number): void {
    switch (node.type) {
      case 'text':
        push(node.value, 'text', scope);
        break;
      case 'inlineCode':
        push(inlineCode(node.value, place, scope > 0), 'syntax', scope);
        break;
      case 'break':
        push(lineBreak(pieces.at(-1), place), 'syntax', scope);
        break;
      case 'html':
        push(markHtml(place === 'cell' ? node.value.replaceAll('|', '&#124;') : node.value), 'syntax', scope);
        break;
      case 'footnoteReference':
        push(`[^${footnoteId(node)}]`, 'syntax', scope);
        break;
      case 'image':
        push('![', 'syntax', scope);
        if (node.alt) push(node.alt, 'text', ++scopes);
        push(`](${mark(node.url)}${title(node.title, place)})`, 'syntax', scope);
        break;
      case 'link':
        push('[', 'syntax', scope);
        addAll(node.children, ']', marks, ++scopes);
        push(`](${mark(node.url)}${title(node.title, place)})`, 'syntax', scope);
        break;
      case 'emphasis':
      case 'strong':
      case 'delete': {
        const [open, close] = delimiters(node, lastCharacter(), after, marks);
        const isTag = open.startsWith('<');
        push(open, isTag ? 'syntax' : 'open', scope);
        addAll(node.children, close, marks + open, scope);
        push(close, isTag ? 'syntax' : 'close', scope);
        break;
      }
    }
  }

  addAll(nodes, '', '', 0);
  return pieces;
}

function lineBreak(before: Piece | undefined, place: Place): string {
  if (place === 'cell') return '<br>';
  if (place === 'heading') return ' ';
  return before?.kind === 'text' && endsInAddress(before.value) ? ' \\\n' : '\\\n';
}

const TAGS = { emphasis: 'em', strong: 'strong', delete: 'del' } as const;

/**
 * The delimiters of a mark, or HTML tags where markdown's flanking rules would not see them, such as between
 * punctuation and a letter of a language without spaces, or where an address would take them in.
 */
function delimiters(
  node: PhrasingContent & { type: keyof typeof TAGS },
  before: string,
  beginning: string,
  marks: string,
): readonly [string, string] {
  const [after = ''] = beginning;
  const children = 'children' in node ? node.children : [];
  const first = children[0];
  const last = children.at(-1);
  const inside = [first ? firstCharacter(first) : '', last ? endCharacter(last) : ''] as const;
  const touching = [before, after, ...inside];
  const overruns = last?.type === 'text' && endsInAddress(last.value) && !/^\s?$/.test(after);
  const holds = (delimiter: string) => {
    const marker = delimiter.charAt(0);
    return (
      !overruns &&
      !touching.includes(marker) &&
      surelyOpens(marker, before, inside[0]) &&
      surelyCloses(marker, inside[1], after)
    );
  };
  // A low line may be part of a mail address, and an asterisk of the delimiters around.
  const namesMail =
    /^(?:[@+-]|[\w.+-]+@)/.test(beginning) ||
    [first, last].some((child) => child?.type === 'text' && child.value.includes('@'));
  const isFree = (delimiter: string) => (delimiter === '_' ? !namesMail : !marks.includes('*'));
  const candidates =
    node.type === 'strong' ? ['**'] : node.type === 'delete' ? ['~~'] : ['_', '*'].filter(isFree);
  const found = candidates.find(holds);
  return found ? [found, found] : [`<${TAGS[node.type]}>`, `</${TAGS[node.type]}>`];
}

/** What a node's first character is known by, and whether a mail address begins with it. */
function beginningOf(node: PhrasingContent): string {
  return node.type === 'text' ? node.value.slice(0, LONGEST_NAME) : firstCharacter(node);
}

/** More than the part of a mail address before its `@` has. */
const LONGEST_NAME = 80;

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
    case 'footnoteReference':
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
    case 'footnoteReference':
      return ']';
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

/** Brackets and a colon that make a definition of the label they stand in, which is seen before code is. */
const DEFINES = /^(?:\\.|\[\^|[^[\\])*\]:/;

function inlineCode(value: string, place: Place, isInLabel: boolean): string {
  if (isInLabel && DEFINES.test(value)) return `<code>${referAll(value)}</code>`;
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
