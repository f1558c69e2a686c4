import type { Plain } from '../../core/plain.ts';
import { isMapping } from '../../markdown/front-matter.ts';

/** Data as people read it: facts as a list, and what is more than a fact under a heading of its own. */
export function yamlAsMarkdown(data: Plain): string {
  if (!isMapping(data)) return linesOf(data, '').join('\n');
  const entries = Object.entries(data).filter(([, value]) => !isEmpty(value));
  const facts = entries
    .filter(([, value]) => !isNested(value))
    .flatMap(([key, value]) => fact(key, value, ''));
  const parts = entries
    .filter(([, value]) => isNested(value))
    .map(([key, value]) => `## ${inWords(key)}\n\n${linesOf(value, '').join('\n')}`);
  return [...(facts.length > 0 ? [facts.join('\n')] : []), ...parts].join('\n\n');
}

function linesOf(value: Plain, indent: string): string[] {
  if (isMapping(value))
    return Object.entries(value).flatMap(([key, item]) => (isEmpty(item) ? [] : fact(key, item, indent)));
  if (isList(value)) return value.filter((item) => !isEmpty(item)).flatMap((item) => itemLines(item, indent));
  return [indent + inLines(value, indent)];
}

/** `- key: value`, or what is below it. */
function fact(key: string, value: Plain, indent: string): string[] {
  const begin = `${indent}- ${inWords(key)}:`;
  if (isNested(value)) return [begin, ...linesOf(value, `${indent}  `)];
  return [`${begin} ${inLines(value, `${indent}  `)}`];
}

/** An item of several facts has the others below its first one. */
function itemLines(item: Plain, indent: string): string[] {
  if (!isNested(item)) return [`${indent}- ${inLines(item, `${indent}  `)}`];
  const [first = '', ...others] = linesOf(item, `${indent}  `);
  return [indent + first.slice(indent.length + 2), ...others];
}

function inLines(value: Plain, indent: string): string {
  return String(value).trim().replaceAll('\n', `\n${indent}`);
}

const inWords = (key: string): string => key.replaceAll('_', ' ');
const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
const isNested = (value: Plain): boolean => typeof value === 'object' && value !== null;

function isEmpty(value: Plain): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
