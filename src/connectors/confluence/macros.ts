import type { PageReference } from '../../markdown/index.ts';
import { jiraMacro } from '../../markdown/macros/jira.ts';
import { LIVE_MACROS } from '../../markdown/macros/lists.ts';
import {
  childElements,
  type Element,
  isElement,
  parseStorage,
  textContent,
} from '../../markdown/storage/parse.ts';

/** A use of a macro that only the service can render. */
export interface LiveMacro {
  readonly name: string;
  readonly id: string;
}

/**
 * The live macros of a text that have an id, in their order. What a macro that we do not know shows to the account of the
 * credentials may be for some people only, without a sign of it: it is not asked for.
 */
export function liveMacrosIn(storage: string): LiveMacro[] {
  if (!mentions(storage, (name) => LIVE_MACROS.has(name))) return [];
  return macrosIn(storage).flatMap((macro) => {
    const name = nameOfMacro(macro);
    const id = macro.attributes['ac:macro-id'];
    const isIssue = jiraMacro.names.includes(name) && parameterOf(macro, 'key', 'issueKey') !== undefined;
    return id && LIVE_MACROS.has(name) && !isIssue ? [{ name, id }] : [];
  });
}

/**
 * The pages that a text may show by a macro such as `include`, `excerpt-include` or `multiexcerpt-include`. A title
 * that stands as plain text is a guess: what it does not name is not found.
 */
export function includesIn(storage: string): PageReference[] {
  if (!mentions(storage, isInclude)) return [];
  return macrosIn(storage)
    .filter((macro) => isInclude(nameOfMacro(macro)))
    .flatMap((macro) => {
      const space = parameterOf(macro, 'spaceKey', 'space');
      return parametersOf(macro).flatMap((parameter) => referencesIn(parameter, space));
    });
}

const isInclude = (name: string): boolean => name.includes('include');

/** Spares the texts without such a macro, which are most, a parse. */
function mentions(storage: string, isWanted: (name: string) => boolean): boolean {
  return storage
    .matchAll(/\bac:name\s*=\s*["']([^"']+)["']/g)
    .some(([, name = '']) => isWanted(name.toLowerCase()));
}

function macrosIn(storage: string): Element[] {
  const found: Element[] = [];
  const visit = (nodes: readonly (Element | string)[]) => {
    for (const node of nodes.filter(isElement)) {
      if (node.name === 'ac:structured-macro' || node.name === 'ac:macro') found.push(node);
      visit(node.children);
    }
  };
  visit(parseStorage(storage).children);
  return found;
}

const nameOfMacro = ({ attributes }: Element): string => (attributes['ac:name'] ?? '').toLowerCase();

const parametersOf = (macro: Element): Element[] =>
  childElements(macro).filter(({ name }) => name === 'ac:parameter');

/** The text of the first of these parameters that has one. */
function parameterOf(macro: Element, ...names: readonly string[]): string | undefined {
  const found = names
    .flatMap((name) => parametersOf(macro).filter(({ attributes }) => attributes['ac:name'] === name))
    .map((parameter) => textContent(parameter).trim());
  return found.find((text) => text !== '');
}

function referencesIn(element: Element, space: string | undefined): PageReference[] {
  const { name, attributes } = element;
  const title = attributes['ri:content-title'];
  const place = attributes['ri:space-key'] ? { space: attributes['ri:space-key'] } : {};
  if (name === 'ri:content-entity')
    return attributes['ri:content-id'] ? [{ id: attributes['ri:content-id'] }] : [];
  if (name === 'ri:page') return title ? [{ ...place, title }] : [];
  if (name === 'ri:blog-post') {
    const day = attributes['ri:posting-day'];
    return title ? [{ ...place, title, ...(day && { day }) }] : [];
  }
  const children = childElements(element);
  if (children.length > 0) return children.flatMap((child) => referencesIn(child, space));
  return titlesIn(textContent(element).trim(), space);
}

/** `Title` or `SPACE:Title`; the macro may name the space apart. */
function titlesIn(text: string, space: string | undefined): PageReference[] {
  if (text === '') return [];
  const [, key, title] = /^(~?[\w.-]+):(\S.*)$/s.exec(text) ?? [];
  return [
    { title: text },
    ...(space === undefined ? [] : [{ space, title: text }]),
    ...(key !== undefined && title !== undefined ? [{ space: key, title }] : []),
  ];
}
