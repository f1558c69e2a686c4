import type { Nodes } from 'mdast';
import { parseMarkdown } from '../../markdown/gfm/parse.ts';

/** What somebody wrote in words of their own, and what stood between. */
export interface Prose {
  /** Without code, quotes, addresses, names of people and channels, emoji; lines as they were. Empty if nothing is left. */
  readonly words: string;
  /** The same with emoji, and with `@…` and `[…]` in place of the rest. */
  readonly shown: string;
  readonly emoji: readonly string[];
  readonly hasCode: boolean;
  readonly hasLink: boolean;
  readonly hasQuote: boolean;
  readonly hasList: boolean;
}

/** Slack's longest message, as markdown: https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
const MAX_LENGTH = 60_000;

/** A name can have two words; then the second begins with a capital. */
const MENTION = /(?<![\p{L}\p{N}@])@[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?(?: \p{Lu}[\p{L}'’-]+)?/gu;
const CHANNEL = /(?<![\p{L}\p{N}#&])#[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
const REDACTED = /\[redacted:[a-z0-9-]+\]/g;
/** Addresses that no one marked as such. */
const ADDRESS =
  /\b(?:https?|ftp|mailto|tel|slack):[^\s<>]+|\bwww\.[^\s<>]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/gi;
/** As Slack writes them by name, and as characters; not the middle of `10:30:45`. */
const EMOJI =
  /(?<![\p{L}\p{N}]):(?:[+\-]1|[a-z0-9_+'\-]*[a-z][a-z0-9_+'\-]*):(?![\p{L}\p{N}])|\p{RGI_Emoji}/gv;
const TONE = /[\u{1F3FB}-\u{1F3FF}]/gu;

const TAKEN_OUT = '\uE000';
const NAME = '\uE001';
const OURS = /[\uE000\uE001]/g;

/** Reads a message for how it is written. What no parser reads in bounded time has no words. */
export function proseOf(markdown: string): Prose {
  const found = { code: false, link: false, quote: false, list: false };
  const root = parseMarkdown(markdown.replace(OURS, ''), MAX_LENGTH)?.root;
  const parts: string[] = [];
  const walk = (node: Nodes): void => {
    switch (node.type) {
      case 'text':
        parts.push(node.value);
        return;
      case 'code':
      case 'inlineCode':
        found.code = true;
        parts.push(TAKEN_OUT);
        break;
      case 'blockquote':
        found.quote = true;
        break;
      case 'link':
      case 'linkReference': {
        found.link = true;
        const from = parts.length;
        for (const child of node.children) walk(child);
        const text = parts.splice(from).join('');
        parts.push(isAddress(text) ? TAKEN_OUT : text);
        return;
      }
      case 'image':
      case 'imageReference':
        parts.push(TAKEN_OUT);
        return;
      case 'break':
        parts.push('\n');
        return;
      default:
        if (node.type === 'list') found.list = true;
        if ('children' in node) for (const child of node.children) walk(child);
    }
    if (BLOCKS.has(node.type)) parts.push('\n');
  };
  if (root) walk(root);
  const text = parts
    .join('')
    .replace(ADDRESS, TAKEN_OUT)
    .replace(REDACTED, TAKEN_OUT)
    .replace(MENTION, NAME)
    .replace(CHANNEL, TAKEN_OUT);
  const emoji: string[] = [];
  const words = text.replace(EMOJI, (each) => {
    if (!/^:skin-tone-\d:$/.test(each)) emoji.push(each.replace(TONE, ''));
    return ' ';
  });
  return {
    words: tidy(words.replace(OURS, ' ')),
    shown: tidy(text.replaceAll(TAKEN_OUT, '[…]').replaceAll(NAME, '@…')),
    emoji,
    ...{ hasCode: found.code, hasLink: found.link, hasQuote: found.quote, hasList: found.list },
  };
}

const BLOCKS = new Set<Nodes['type']>([
  'paragraph',
  'heading',
  'code',
  'tableRow',
  'listItem',
  'thematicBreak',
]);

const isAddress = (text: string): boolean =>
  /^\s*(?:[a-z][a-z0-9+.-]*:|www\.|[\w.+-]+@)\S+\s*$/i.test(text) ||
  /^\s*[\w-]+(?:\.[\w-]+)+\/\S*\s*$/.test(text);

const tidy = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .replace(/ (?=[.,;:!?…](?:\s|$))/g, '')
    .trim();
