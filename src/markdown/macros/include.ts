import type { IncludedPage, PageReference, ReadContext } from '../context.ts';
import { emphasis, type Flow, link, type Mixed, paragraph, text } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { pageNamed, type Reference } from '../storage/references.ts';
import { example, examplePage } from './example.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

/** The content of another page, after a line that links to it. */
export const includeMacro: MacroDefinition = {
  names: ['include', 'include-page', 'includeplus', 'include-plus'],
  example: example('include', { '': examplePage('Glossary') }),
  render: (call) => includePage(call, (page, reader) => reader.storage(page.storage)),
};

/** An excerpt of another page: that of a name, or its first. */
export const excerptIncludeMacro: MacroDefinition = {
  names: [
    'excerpt-include',
    'excerpt-include-plus',
    'excerptinclude',
    'multiexcerpt-include',
    'multiexcerpt-include-macro',
    'include-shared-block',
  ],
  example: example('excerpt-include', { '': examplePage('Glossary'), nopanel: 'true' }),
  render(call) {
    const name = firstParameter(call, 'name', 'MultiExcerptName', 'multiexcerptname', 'shared-block-key');
    return includePage(call, (page, reader) => reader.excerpt(page.storage, name));
  },
};

type Read = (page: IncludedPage, reader: Reader) => Flow[] | undefined;

/** Pages in pages in pages: deeper than anyone reads. */
const MAX_PAGES = 6;

function includePage(call: MacroCall, read: Read): Mixed {
  const { name, reader } = call;
  const targets = targetsOf(call);
  const [target] = targets;
  if (!target) {
    reader.lose(`macro:${name}`, 'without a page');
    return [marker(name)];
  }
  const page = firstOf(targets, (each) => each.page && reader.context.included?.(each.page));
  // What can not be shown here is linked to.
  const leave = (fate: 'lost' | 'degraded', why: string): Mixed => {
    if (fate === 'lost') reader.lose(`macro:${name}`, why);
    else reader.degrade(`macro:${name}`, why);
    const note = fate === 'lost' ? name : `${name}: ${why}`;
    return [marker(note), text(' '), link(page?.url ?? target.url, [text(page?.title ?? target.name)])];
  };
  if (!page) return leave('lost', 'page not available');
  const source = link(page.url, [text(page.title)]);
  if (reader.pages.includes(page.id)) return leave('degraded', 'includes itself');
  if (reader.pages.length >= MAX_PAGES) return leave('degraded', 'included too deep');
  if (reader.tooLarge.has(page.id)) return leave('degraded', 'too large');
  const inner = reader.within(contextOf(page, reader.context));
  let missing = false;
  const content = reader.borrow(() => {
    const found = read(page, inner);
    missing = found === undefined;
    return [paragraph([emphasis([text('Included from '), source, text(':')])]), ...(found ?? [])];
  });
  if (missing) return leave('lost', 'no such excerpt');
  if (content) return content;
  reader.tooLarge.add(page.id);
  return leave('degraded', 'too large');
}

type Target = Extract<Reference, { kind: 'link' }>;

/** The page, or what it may be: old pages name it by text, `Title` or `SPACE:Title`. */
function targetsOf(call: MacroCall): Target[] {
  const { context } = call.reader;
  const target = call.reference();
  if (target?.kind === 'link') return [target];
  const written = firstParameter(call, '', 'page', 'pageTitle', 'PageWithExcerpt', 'PageTitle');
  if (written === undefined) return [];
  const space = firstParameter(call, 'spaceKey', 'space');
  const [, prefix, title] = /^(~?[\w.-]+):\s*(\S.*)$/s.exec(written) ?? [];
  const qualified = title === undefined ? [] : [pageNamed(title, prefix, context)];
  return [...qualified, pageNamed(written, space, context)];
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** In the included page, what has no page of its own belongs to that page. */
function contextOf(page: IncludedPage, context: ReadContext): ReadContext {
  const { attachment, attachments: _, ...shared } = context;
  const own: PageReference = { id: page.id };
  return {
    ...shared,
    pageId: page.id,
    space: page.space,
    ...(attachment && { attachment: (file) => attachment({ ...file, page: file.page ?? own }) }),
  };
}
