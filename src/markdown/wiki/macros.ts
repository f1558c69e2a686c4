import { beginsLine, endsLine, type Tag, tagAt } from './tags.ts';

export type Span = MacroSpan | TagSpan;

/** A macro from its first tag to its last. */
export interface MacroSpan {
  readonly kind: 'macro';
  readonly name: string;
  readonly parameters: string | undefined;
  readonly end: number;
  /** Absent if the macro has none. */
  readonly body?: { readonly start: number; readonly end: number };
  /** The body is plain text. */
  readonly raw: boolean;
}

/** A tag that shows nothing itself: it says how text looks, or it closes a macro. */
export interface TagSpan {
  readonly kind: 'tag';
  readonly end: number;
}

/** Macros whose body is not wiki markup. */
const RAW = new Set(['adf', 'code', 'html', 'latex', 'markdown', 'mermaid', 'noformat', 'plantuml']);
/** Macros that have a body wherever they stand. */
const RICH = new Set([
  'column',
  'details',
  'excerpt',
  'expand',
  'info',
  'note',
  'panel',
  'quote',
  'section',
  'tip',
  'warning',
]);
/** Macros that only say how their body looks. They may begin in one block and end in another. */
const LOOKS = new Set(['align', 'bgcolor', 'center', 'color', 'div', 'font', 'size', 'span']);
/** Macros that stand in text, alone. */
const BODILESS = new Set([
  'anchor',
  'attachments',
  'children',
  'gallery',
  'jira',
  'jiraissues',
  'status',
  'toc',
]);

/** What markdown's authors put around code. Jira shows it as it is, and everyone reads it as code. */
const FENCE = /(`{3,6})([\w+#.-]*)[ \t]*(?=\n)/y;
const NOTABLE = /[\\{`]/g;

/**
 * Finds all macros before anything else is read, as Jira does. A tag without parameters closes its macro if that is
 * open, and opens it otherwise. Braces that are no macro's tag (`{id}`, `${x}`, JSON) are text.
 */
export function findMacros(text: string, onUnclosed: (name: string) => void): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  const findClosing = closingTags(text);
  const blocks = pairs(text, spans, onUnclosed);
  const looks = new Map<string, Tag[]>();
  const notable = new RegExp(NOTABLE);
  for (let match = notable.exec(text); match; match = notable.exec(text)) {
    const at = match.index;
    if (text[at] === '\\') {
      notable.lastIndex = at + 2;
      continue;
    }
    const raw = text[at] === '`' ? fence(text, at, findClosing) : undefined;
    if (raw) {
      spans.set(at, raw);
      notable.lastIndex = raw.end;
    }
    const tag = text[at] === '{' ? tagAt(text, at) : undefined;
    if (!tag) continue;
    notable.lastIndex = tag.end;
    if (RAW.has(tag.name)) {
      const close = findClosing(`\\{${tag.name}\\}`, tag.end);
      if (close) {
        const end = close.index + close[0].length;
        spans.set(at, { ...macroOf(tag), end, body: { start: tag.end, end: close.index }, raw: true });
        notable.lastIndex = end;
      } else {
        onUnclosed(tag.name);
      }
    } else if (LOOKS.has(tag.name)) {
      const open = looks.get(tag.name) ?? [];
      looks.set(tag.name, open);
      const opening = tag.parameters === undefined ? open.pop() : undefined;
      if (!opening) open.push(tag);
      else for (const { start, end } of [opening, tag]) spans.set(start, { kind: 'tag', end });
    } else {
      blocks.meet(tag);
    }
  }
  blocks.finish();
  for (const open of looks.values()) for (const tag of open) onUnclosed(tag.name);
  return spans;
}

/** Pairs the tags of macros with rich bodies: they nest, and what one leaves open ends with the one around it. */
function pairs(text: string, spans: Map<number, Span>, onUnclosed: (name: string) => void) {
  const open: Tag[] = [];
  const count = new Map<string, number>();
  const add = (name: string, by: number) => count.set(name, (count.get(name) ?? 0) + by);

  function leave(tag: Tag): void {
    if (isAlone(text, tag)) spans.set(tag.start, macroOf(tag));
    else if (RICH.has(tag.name)) onUnclosed(tag.name);
  }

  function close(tag: Tag): void {
    for (let opening = open.pop(); opening; opening = open.pop()) {
      add(opening.name, -1);
      if (opening.name !== tag.name) {
        leave(opening);
        continue;
      }
      const body = { start: opening.end, end: tag.start };
      spans.set(opening.start, { ...macroOf(opening), end: tag.end, body });
      spans.set(tag.start, { kind: 'tag', end: tag.end });
      return;
    }
  }

  return {
    meet(tag: Tag): void {
      const { name } = tag;
      const isOpen = tag.parameters === undefined && (count.get(name) ?? 0) > 0;
      if (isOpen && (RICH.has(name) || endsLine(text, tag.end))) {
        close(tag);
      } else if (RICH.has(name) || (!BODILESS.has(name) && beginsLine(text, tag.start))) {
        open.push(tag);
        add(name, 1);
      } else {
        leave(tag);
      }
    },
    finish() {
      for (const tag of open) leave(tag);
    },
  };
}

/** True for a tag that is a macro without a body, not a word in braces. */
function isAlone(text: string, { name, parameters, start, end }: Tag): boolean {
  if (RICH.has(name)) return false;
  const ownLine = beginsLine(text, start) && endsLine(text, end);
  if (BODILESS.has(name)) return parameters !== undefined || ownLine;
  return ownLine && parameters?.includes('=') === true;
}

function macroOf({ name, parameters, end }: Tag): MacroSpan {
  return { kind: 'macro', name, parameters, end, raw: false };
}

type FindClosing = (closing: string, from: number) => RegExpExecArray | undefined;

/** Finds what closes a raw body, by its pattern; once it is known to be missing, it is not looked for again. */
function closingTags(text: string): FindClosing {
  const missingFrom = new Map<string, number>();
  return (closing, from) => {
    if (from >= (missingFrom.get(closing) ?? Number.POSITIVE_INFINITY)) return undefined;
    const pattern = new RegExp(closing, 'gi');
    pattern.lastIndex = from;
    const found = pattern.exec(text) ?? undefined;
    if (!found) missingFrom.set(closing, from);
    return found;
  };
}

function fence(text: string, at: number, find: FindClosing): MacroSpan | undefined {
  if (!beginsLine(text, at)) return undefined;
  FENCE.lastIndex = at;
  const match = FENCE.exec(text);
  if (!match) return undefined;
  const start = FENCE.lastIndex;
  const close = find(`\\n[ \\t]*${match[1]}[ \\t]*(?=\\n|$)`, start);
  if (!close) return undefined;
  const body = { start, end: close.index + 1 };
  const end = close.index + close[0].length;
  return { kind: 'macro', name: 'code', parameters: match[2] || undefined, end, body, raw: true };
}
