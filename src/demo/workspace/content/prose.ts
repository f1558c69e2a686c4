/**
 * A small notation in which the demo's texts are written, once for both of Atlassian's formats: storage
 * (pages, comments) and ADF (issues). It is read into blocks here and written by `to-storage` and `to-adf`.
 *
 *     ## heading            - item / 1. item (two spaces nest)      > quote        ---
 *     [ ] task  [x] task    <> decision     | cell | cell | with |---|---| below a heading row
 *     ~~~lang … ~~~         :::info Title … ::: (info, note, tip, warning, panel, expand)
 *     a line that begins with < is storage as it is, to the next empty line
 *
 * Inline: **strong** *emphasis* ~~gone~~ ^code^ [text](url), and tokens in double braces:
 * {{@mina}} {{date:2026-03-02}} {{status:Green:LIVE}} {{:tada}} {{page:Title}} {{page:Title|text}}
 * {{page:KEY:Title}} {{card:KEY:Title}} {{issue:SHOP-1}} {{anchor:name}} {{#name|text}}
 * {{mark:ref|text}} {{file:name.pdf}}
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly marks: readonly Mark[]; readonly href?: string }
  | {
      readonly kind: 'token';
      readonly name: string;
      readonly args: readonly string[];
      readonly label?: string;
    }
  | { readonly kind: 'break' };

export type Mark = 'strong' | 'em' | 'strike' | 'code';

export interface ListItem {
  readonly inlines: readonly Inline[];
  readonly children: readonly Block[];
}

export type PanelKind = 'info' | 'note' | 'tip' | 'warning' | 'panel' | 'expand';

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'tasks'; readonly tasks: readonly { done: boolean; inlines: readonly Inline[] }[] }
  | { readonly kind: 'decisions'; readonly decisions: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table';
      readonly header: boolean;
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly title: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'panel';
      readonly panel: PanelKind;
      readonly title: string;
      readonly blocks: readonly Block[];
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'raw'; readonly storage: string };

const TOKEN = /\{\{(@|:|#)?([^}]*)\}\}/;
const INLINE =
  /\^([^^]+)\^|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|~~([^~]+)~~|\[([^\]]+)\]\(([^)]+)\)|(\{\{[^}]*\}\})|(\\\n)/g;

function parseInline(text: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  const plain = (until: number) => {
    if (until > end) inlines.push({ kind: 'text', text: text.slice(end, until), marks: [] });
  };
  for (const match of text.matchAll(INLINE)) {
    plain(match.index);
    end = match.index + match[0].length;
    const [, code, strong, em, strike, linkText, href, token, lineBreak] = match;
    if (code !== undefined) inlines.push({ kind: 'text', text: code, marks: ['code'] });
    else if (strong !== undefined) inlines.push({ kind: 'text', text: strong, marks: ['strong'] });
    else if (em !== undefined) inlines.push({ kind: 'text', text: em, marks: ['em'] });
    else if (strike !== undefined) inlines.push({ kind: 'text', text: strike, marks: ['strike'] });
    else if (linkText !== undefined && href !== undefined)
      inlines.push({ kind: 'text', text: linkText, marks: [], href });
    else if (token !== undefined) inlines.push(parseToken(token));
    else if (lineBreak !== undefined) inlines.push({ kind: 'break' });
  }
  plain(text.length);
  return inlines;
}

const SHORT: Record<string, string> = { '@': 'mention', ':': 'emoji', '#': 'jump' };

function parseToken(text: string): Inline {
  const [, sigil, inner = ''] = TOKEN.exec(text) ?? [];
  const [call = '', label] = inner.split('|');
  const colon = call.indexOf(':');
  const name = sigil === undefined ? call.slice(0, colon) : (SHORT[sigil] ?? '');
  const rest = sigil === undefined ? call.slice(colon + 1) : call;
  const args = name === 'page' || name === 'card' ? spaceAndTitle(rest) : rest.split(':');
  return { kind: 'token', name, args, ...(label === undefined ? {} : { label }) };
}

/** Titles may hold colons; only capitals before the first one are a space's key. */
function spaceAndTitle(text: string): string[] {
  const [, space, title] = /^([A-Z]+):(.+)$/.exec(text) ?? [];
  return space === undefined || title === undefined ? [text] : [space, title];
}

export function parseBlocks(source: string): Block[] {
  const lines = dedent(source).split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (accepts: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && accepts(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (line.startsWith('<') && !line.startsWith('<>')) {
      blocks.push({ kind: 'raw', storage: takeWhile((each) => each.trim() !== '').join('\n') });
    } else if (line.startsWith('~~~')) blocks.push(takeCode());
    else if (line.startsWith(':::')) blocks.push(takePanel());
    else if (/^#{1,6} /.test(line)) {
      const level = line.indexOf(' ');
      blocks.push({ kind: 'heading', level, inlines: parseInline(line.slice(level + 1)) });
      at += 1;
    } else if (line === '---') {
      blocks.push({ kind: 'rule' });
      at += 1;
    } else if (/^\[[ x]\] /.test(line)) {
      const tasks = takeWhile((each) => /^\[[ x]\] /.test(each));
      blocks.push({
        kind: 'tasks',
        tasks: tasks.map((task) => ({ done: task[1] === 'x', inlines: parseInline(task.slice(4)) })),
      });
    } else if (line.startsWith('<> ')) {
      const decisions = takeWhile((each) => each.startsWith('<> '));
      blocks.push({ kind: 'decisions', decisions: decisions.map((each) => parseInline(each.slice(3))) });
    } else if (line.startsWith('|')) blocks.push(tableFrom(takeWhile((each) => each.startsWith('|'))));
    else if (line.startsWith('> ')) {
      const quoted = takeWhile((each) => each.startsWith('>')).map((each) => each.slice(2));
      blocks.push({ kind: 'quote', blocks: parseBlocks(quoted.join('\n')) });
    } else if (LIST_ITEM.test(line)) {
      blocks.push(listFrom(takeWhile((each) => LIST_ITEM.test(each) || /^ {2,}\S/.test(each))));
    } else {
      const text = takeWhile((each) => each.trim() !== '' && !STARTS_BLOCK.test(each));
      blocks.push({ kind: 'paragraph', inlines: parseInline(text.map((each) => each.trim()).join(' ')) });
    }
  }
  return blocks;

  function takeCode(): Block {
    const [, language = '', title = ''] = /^~~~(\S*)\s*(.*)$/.exec(lines[at] ?? '') ?? [];
    at += 1;
    const text = takeWhile((each) => each !== '~~~').join('\n');
    at += 1;
    return { kind: 'code', language, title, text };
  }

  function takePanel(): Block {
    const [, panel = 'info', title = ''] = /^:::(\w+)\s*(.*)$/.exec(lines[at] ?? '') ?? [];
    at += 1;
    const inner = takeWhile((each) => each !== ':::').join('\n');
    at += 1;
    return { kind: 'panel', panel: panel as PanelKind, title, blocks: parseBlocks(inner) };
  }
}

const LIST_ITEM = /^(-|\d+\.) /;
const STARTS_BLOCK = /^(#{1,6} |~~~|:::|\||> |- |\d+\. |\[[ x]\] |<|---$)/;

function tableFrom(lines: readonly string[]): Block {
  const header = /^\|[-| ]+\|$/.test(lines[1] ?? '');
  const rows = lines.filter((_, index) => !(header && index === 1));
  const cells = (line: string) => line.slice(1, -1).split(/ \| |\| | \||\|/);
  return {
    kind: 'table',
    header,
    rows: rows.map((row) => cells(row.trim()).map((cell) => parseInline(cell.trim()))),
  };
}

function listFrom(lines: readonly string[]): Block {
  const items: { text: string; nested: string[] }[] = [];
  for (const line of lines) {
    if (LIST_ITEM.test(line)) items.push({ text: line.replace(LIST_ITEM, ''), nested: [] });
    else items.at(-1)?.nested.push(line);
  }
  return {
    kind: 'list',
    ordered: /^\d/.test(lines[0] ?? ''),
    items: items.map(({ text, nested }) => ({
      inlines: parseInline(text),
      children: parseBlocks(nested.join('\n')),
    })),
  };
}

/** Texts are indented with the code around them; the smallest indentation is not part of them. */
function dedent(source: string): string {
  const lines = source.replace(/^\n/, '').trimEnd().split('\n');
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...(depths.length > 0 ? depths : [0]));
  return lines.map((line) => line.slice(depth)).join('\n');
}
