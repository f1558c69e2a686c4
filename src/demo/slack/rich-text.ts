import { shortHash } from './short-hash.ts';
import type { Json } from './workspace.ts';

/** The block that the editor of the service makes of what a person writes, here from its mrkdwn. */
export function richText(text: string): readonly Json[] {
  return [{ type: 'rich_text', block_id: shortHash(text).slice(0, 5), elements: parts(text) }];
}

function parts(text: string): Json[] {
  return text.split(/\n?```\n?/).flatMap((piece, index) => {
    if (index % 2 === 0) return piece === '' ? [] : lines(piece);
    return [{ type: 'rich_text_preformatted', elements: [plain(piece)], border: 0 }];
  });
}

interface Line {
  readonly type: 'section' | 'quote' | 'bullet' | 'ordered';
  readonly indent: number;
  readonly text: string;
}

function readLine(line: string): Line {
  const item = /^( *)(•|◦|\d+\.) (.*)$/.exec(line);
  if (item !== null) {
    const [, spaces = '', mark = '', text = ''] = item;
    return { type: /\d/.test(mark) ? 'ordered' : 'bullet', indent: Math.floor(spaces.length / 4), text };
  }
  const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
  if (quote !== null) return { type: 'quote', indent: 0, text: quote[1] ?? '' };
  return { type: 'section', indent: 0, text: line };
}

/** Lines that belong together are one element. */
function lines(text: string): Json[] {
  const groups: Line[][] = [];
  for (const line of text.split('\n').map(readLine)) {
    const group = groups.at(-1);
    if (group?.[0]?.type === line.type && group[0].indent === line.indent) group.push(line);
    else groups.push([line]);
  }
  return groups.map(toElement);
}

function toElement(group: readonly Line[]): Json {
  const { type = 'section', indent = 0 } = group[0] ?? {};
  const section = (text: string): Json => ({ type: 'rich_text_section', elements: inline(text) });
  if (type === 'bullet' || type === 'ordered') {
    const elements = group.map((line) => section(line.text));
    return { type: 'rich_text_list', style: type, indent, border: 0, elements };
  }
  const text = group.map((line) => line.text).join('\n');
  return type === 'quote' ? { type: 'rich_text_quote', elements: inline(text) } : section(text);
}

const INLINE =
  /<(?<angle>[^>\n]+)>|`(?<code>[^`\n]+)`|:(?<emoji>[a-z+-][a-z0-9_+-]*):|(?<![\w*_~])(?<mark>[*_~])(?=\S)(?<styled>[^\n]*?\S)\k<mark>(?![\w*_~])/g;

const STYLES: Readonly<Record<string, string>> = { '*': 'bold', _: 'italic', '~': 'strike' };

type Style = Readonly<Record<string, true>>;

function inline(text: string, style: Style = {}): Json[] {
  if (!/[<`:*_~]/.test(text)) return text === '' ? [] : [plain(text, style)];
  const elements: Json[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) elements.push(plain(text.slice(end, match.index), style));
    elements.push(...inlineOf(match.groups ?? {}, style));
    end = match.index + match[0].length;
  }
  if (end < text.length) elements.push(plain(text.slice(end), style));
  return elements;
}

function inlineOf(groups: Readonly<Record<string, string | undefined>>, style: Style): Json[] {
  const { angle, code, emoji, mark = '', styled = '' } = groups;
  if (angle !== undefined) return [reference(angle, style)];
  if (code !== undefined) return [plain(code, { ...style, code: true })];
  if (emoji !== undefined) return [{ type: 'emoji', name: emoji }];
  return inline(styled, { ...style, [STYLES[mark] ?? 'bold']: true });
}

function reference(angle: string, style: Style): Json {
  const [target = '', label] = angle.split('|');
  const id = target.slice(1);
  if (/^@[UW]\w+$/.test(target)) return { type: 'user', user_id: id };
  if (target.startsWith('#')) return { type: 'channel', channel_id: id };
  if (target.startsWith('!subteam^'))
    return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) };
  if (target.startsWith('!')) return { type: 'broadcast', range: id };
  const text = label === undefined ? {} : { text: unescaped(label) };
  return { type: 'link', url: unescaped(target), ...text, ...withStyle(style) };
}

const plain = (text: string, style: Style = {}): Json => ({
  type: 'text',
  text: unescaped(text),
  ...withStyle(style),
});

const withStyle = (style: Style): Json => (Object.keys(style).length > 0 ? { style } : {});

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
