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
  /** Where its content begins. */
  readonly inner: number;
  readonly macro: { readonly name: string; readonly id: string | undefined } | undefined;
  readonly isInMacro: boolean;
  /** Whether it leads itself to content that may be for some only. */
  readonly isClosed: boolean;
  /** Whether something in it does, other than an entry that is left out already. */
  holdsClosed: boolean;
  /** Whether it or something in it leads to a document that everyone may read. */
  leadsToOpen: boolean;
  /** The parts right in it that do. */
  readonly open: Range[];
}

/**
 * What the service shows for the macros of a page, as HTML by macro id. An entry of a list or table that leads to
 * content of the site which is not known to be for everyone is left out whole, with what stands beside its link: the
 * service renders for the account of the credentials, which may see more than the readers of the repository. Where such
 * links stand in no entries, only the parts stay that lead to open documents, since a text may belong to either neighbour.
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
  const stack: OpenElement[] = [];
  const close = (element: OpenElement, innerTo: number, to: number) => {
    const { tag, from, macro, leadsToOpen } = element;
    const holdsClosed = element.isClosed || element.holdsClosed;
    const stays = leadsToOpen && !element.isClosed;
    const isEntry = macro === undefined && (tag === 'li' || tag === 'tr');
    if (macro) found.push({ ...macro, from, to });
    if (holdsClosed && stays && !isEntry) closed.push(...between(element.open, element.inner, innerTo));
    else if (holdsClosed && (macro || isEntry)) closed.push({ from, to });
    const parent = stack.at(-1);
    if (parent === undefined) return;
    if (stays && !(isEntry && holdsClosed)) {
      parent.leadsToOpen = true;
      parent.open.push({ from, to });
    }
    if (!macro && !isEntry) parent.holdsClosed ||= holdsClosed;
  };
  const parser = new Parser({
    onopentag(tag, attributes) {
      const name = attributes['data-macro-name']?.toLowerCase();
      const id = attributes['data-macro-id'] || undefined;
      const macro = name !== undefined && names.has(name) ? { name, id } : undefined;
      const isInMacro = macro !== undefined || stack.at(-1)?.isInMacro === true;
      // Nothing else is shown, so nothing else need be known.
      const addresses = isInMacro ? [attributes.href, attributes.src] : [];
      const targets = addresses.flatMap((address) => (address === undefined ? [] : [leadsTo(address)]));
      stack.push({
        tag,
        from: parser.startIndex,
        inner: parser.endIndex + 1,
        macro,
        isInMacro,
        isClosed: targets.includes('closed'),
        holdsClosed: false,
        leadsToOpen: targets.includes('open'),
        open: [],
      });
    },
    onclosetag(_, implied) {
      const element = stack.pop();
      if (element === undefined) return;
      // An end that is only implied lies before the tag that implies it; a void element ends with its own tag.
      const to = implied && parser.startIndex > element.from ? parser.startIndex : parser.endIndex + 1;
      close(element, implied ? to : parser.startIndex, to);
    },
  });
  parser.end(html);
  return { found, closed };
}

/** What is left of a text without these parts, which stand in their order. */
function* between(parts: readonly Range[], from: number, to: number): Generator<Range> {
  let at = from;
  for (const part of parts) {
    if (part.from > at) yield { from: at, to: part.from };
    at = part.to;
  }
  if (to > at) yield { from: at, to };
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
