import { Parser } from 'htmlparser2';
import type { LiveMacro } from './macros.ts';
import type { OpenDocuments } from './open-documents.ts';

/** A part of a text: from the first character to before the last. */
interface Range {
  readonly from: number;
  readonly to: number;
}

interface RenderedMacro extends Range {
  readonly name: string;
  readonly id: string | undefined;
}

interface OpenElement {
  readonly tag: string;
  readonly from: number;
  readonly macro: { readonly name: string; readonly id: string | undefined } | undefined;
  /** Whether it leads itself to content that may be for some only. */
  isClosed: boolean;
  /** Whether something in it leads to a document that everyone may read. */
  leadsToOpen: boolean;
  /** The largest parts of it so far that lead to content that may be for some only, and to no open document. */
  closed: Range[];
}

/**
 * What the service shows for the macros of a page, as HTML by macro id. An entry of a list or table that leads to
 * content of the site which is not known to be for everyone is left out whole, with what stands beside its link: the
 * service renders for the account of the credentials, which may see more than the readers of the repository.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/#api-pages-id-get (`export_view`)
 */
export function splitRendered(
  html: string,
  macros: readonly LiveMacro[],
  leadsTo: OpenDocuments['leadsTo'],
): Map<string, string> {
  const names = new Set(macros.map(({ name }) => name));
  const { found, closed } = scan(html, names, leadsTo);
  const textOf = (range: Range) => without(html, range, closed);
  const rendered = new Map<string, string>();
  for (const macro of found) {
    if (macro.id && !rendered.has(macro.id)) rendered.set(macro.id, textOf(macro));
  }
  // Where the service leaves ids out, macros of one name stand in the same order in both forms.
  for (const name of names) {
    const uses = macros.filter((macro) => macro.name === name && !rendered.has(macro.id));
    const shown = found.filter((macro) => macro.name === name && !macro.id);
    if (uses.length !== shown.length) continue;
    for (const [n, { id }] of uses.entries()) rendered.set(id, textOf(shown[n] as Range));
  }
  return rendered;
}

function scan(html: string, names: ReadonlySet<string>, leadsTo: OpenDocuments['leadsTo']) {
  const found: RenderedMacro[] = [];
  const closed: Range[] = [];
  const root: OpenElement = {
    tag: '',
    from: 0,
    macro: undefined,
    isClosed: false,
    leadsToOpen: false,
    closed: [],
  };
  const open: OpenElement[] = [];
  const close = (element: OpenElement, to: number) => {
    const parent = open.at(-1) ?? root;
    const { tag, from, macro } = element;
    if (macro) found.push({ ...macro, from, to });
    if (element.isClosed) {
      element.closed = [{ from, to }];
      element.leadsToOpen = false;
    }
    if (element.closed.length === 0) {
      parent.leadsToOpen ||= element.leadsToOpen;
    } else if (macro || tag === 'li' || tag === 'tr') {
      closed.push(...(element.leadsToOpen && macro ? element.closed : [{ from, to }]));
      parent.leadsToOpen ||= element.leadsToOpen && macro !== undefined;
    } else if (element.leadsToOpen) {
      closed.push(...element.closed);
      parent.leadsToOpen = true;
    } else {
      parent.closed.push({ from, to });
    }
  };
  const parser = new Parser({
    onopentag(tag, attributes) {
      const name = attributes['data-macro-name']?.toLowerCase();
      const id = attributes['data-macro-id'] || undefined;
      const macro = name !== undefined && names.has(name) ? { name, id } : undefined;
      const from = parser.startIndex;
      const element: OpenElement = { tag, from, macro, isClosed: false, leadsToOpen: false, closed: [] };
      for (const address of [attributes.href, attributes.src]) {
        const target = address === undefined ? 'elsewhere' : leadsTo(address);
        if (target === 'open') element.leadsToOpen = true;
        if (target === 'closed') element.isClosed = true;
      }
      open.push(element);
    },
    onclosetag(_, implied) {
      const element = open.pop();
      if (element === undefined) return;
      // An end that is only implied lies before the tag that implies it; a void element ends with its own tag.
      close(element, implied && parser.startIndex > element.from ? parser.startIndex : parser.endIndex + 1);
    },
  });
  parser.end(html);
  return { found, closed };
}

function without(html: string, range: Range, closed: readonly Range[]): string {
  const cuts = closed
    .filter(({ from, to }) => from >= range.from && to <= range.to)
    .sort((a, b) => a.from - b.from);
  let text = '';
  let at = range.from;
  for (const { from, to } of cuts) {
    if (from > at) text += html.slice(at, from);
    at = Math.max(at, to);
  }
  return text + html.slice(at, range.to);
}
