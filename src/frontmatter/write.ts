import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, dump, type Node, SCALAR_STYLE, type ScalarStyle, type ScalarStyleRule } from 'js-yaml';
import type { Facts } from '../core/document.ts';
import { ctxError } from '../core/errors/index.ts';
import type { Plain } from '../core/plain.ts';
import { readDocument } from './read.ts';
import { type Header, toFacts, toHeader } from './schema.ts';

/**
 * One document as a file: a YAML header, an empty line, and `markdown` unchanged. Empty values are left out.
 * The result has been read back and compared; throws `pipeline.frontmatter-mismatch` when it differs.
 */
export function writeDocument(facts: Facts, markdown: string, description?: string): string {
  const header = headerOf(facts, description);
  const body = markdown.toWellFormed();
  const text = `---\n${stringifyHeader(header)}---\n\n${body}`;
  const differing = differences(text, header, body);
  if (differing.length > 0) {
    throw ctxError('pipeline.frontmatter-mismatch', {
      source: facts.source,
      id: facts.id,
      keys: differing.join(', '),
    });
  }
  return text;
}

/** The facts as they read back from a written document: without what YAML readers do not agree about. */
export function canonicalFacts(facts: Facts): Facts {
  return toFacts(headerOf(facts));
}

/** Cleaned before empty values are left out, because cleaning can empty one. */
function headerOf(facts: Facts, description?: string): Header {
  return toHeader(wellFormed(facts as unknown as Plain) as unknown as Facts, description?.toWellFormed());
}

function differences(text: string, header: Header, body: string): string[] {
  const back = readDocument(text);
  if (back === undefined) return ['the header'];
  const names: string[] = [];
  if (back.body !== body) names.push('body');
  if (back.description !== header.description) names.push('description');
  const written: { [key: string]: unknown } = { ...toFacts(header) };
  const read: { [key: string]: unknown } = { ...back.facts };
  for (const key of new Set([...Object.keys(written), ...Object.keys(read)])) {
    if (!isDeepStrictEqual(written[key], read[key])) names.push(key);
  }
  return names;
}

/**
 * Strings that UTF-8 can hold; no negative zero, of whose sign YAML readers disagree; no key `__proto__`, which
 * JavaScript's readers drop or take for the prototype.
 */
function wellFormed(value: Plain): Plain {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map((item: Plain) => wellFormed(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value as { readonly [key: string]: Plain })
      .filter(([key, item]) => item !== undefined && key !== '__proto__')
      .map(([key, item]) => [key.toWellFormed(), wellFormed(item)]),
  );
}

/**
 * Words and forms that some YAML reader takes for another type. Whatever does not begin with a letter may be a
 * number, a date, a time or null in YAML 1.1 or 1.2; the words are the booleans, nulls and floats of both.
 */
const unmistakable = /^(?!(?:y|n|yes|no|on|off|true|false|null|nan|inf)$)\p{L}/iu;

/** What YAML 1.1 takes for a line break or refuses to read unescaped, and what an editor would not show. */
const unprintable = /[\p{Cc}\u2028\u2029\uFEFF\uFDD0-\uFDEF\uFFFE\uFFFF]/u;
/** Those of them that js-yaml does not escape. */
const unescaped = /[\uFDD0-\uFDEF]/g;

function stringifyHeader(header: Header): string {
  return dump(header, {
    ...{ schema: CORE_SCHEMA, lineWidth: -1, noRefs: true, scalarStyleRules: [styleOf] },
    transform: ([document]) => quoteIds(document?.contents),
  }).replace(unescaped, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Strings stay on one line, and are quoted where a reader may take them for something else. */
const styleOf: ScalarStyleRule = (layout) => {
  const { value, tag } = layout.node;
  if (tag !== 'tag:yaml.org,2002:str') return;
  const may = (style: ScalarStyle) => (layout.allowedStylesMask & (1 << style)) !== 0;
  if (!unmistakable.test(value) || unprintable.test(value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  else if (!may(SCALAR_STYLE.PLAIN)) {
    const isSingle = value.includes('"') && !value.includes("'") && may(SCALAR_STYLE.SINGLE_QUOTED);
    layout.style = isSingle ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
  }
};

function quoteIds(header: Node | null | undefined): void {
  for (const { key, value } of header?.kind === 'mapping' ? header.items : []) {
    const isId = key.kind === 'scalar' && (key.value === 'id' || key.value === 'parent');
    if (isId && value.kind === 'scalar') value.style = SCALAR_STYLE.DOUBLE_QUOTED;
  }
}
