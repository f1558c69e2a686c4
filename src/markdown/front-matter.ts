import { parse } from 'yaml';
import type { Plain } from '../core/plain.ts';

/** A text as its author begins it: what its front matter says, and all that comes after. */
export interface SplitText {
  /** Undefined where there is none, or none that is a mapping. */
  readonly data: { readonly [key: string]: Plain } | undefined;
  readonly body: string;
}

/** Longer headers are texts of their own. */
const LONGEST = 64 * 1024;
const DEEPEST = 8;

/**
 * Takes the YAML off a text whose first line is `---`, and reads it as data. What is no YAML, or more than a header, stays
 * part of the text. `text` has line feeds alone.
 */
export function splitFrontMatter(text: string): SplitText {
  const [whole, yaml = ''] =
    /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text.slice(0, LONGEST)) ?? [];
  const data = whole === undefined ? undefined : readYaml(yaml);
  if (whole === undefined || !isMapping(data)) return { data: undefined, body: text };
  return { data, body: text.slice(whole.length) };
}

/** YAML as plain data: dates stay text, nothing is constructed. Undefined for what is none, or more than a header holds. */
export function readYaml(yaml: string): Plain | undefined {
  if (yaml.length > LONGEST) return undefined;
  try {
    const data = plain(parse(yaml, { schema: 'core', maxAliasCount: 20, logLevel: 'error' }), 0);
    // What is named once may be meant many times.
    return JSON.stringify(data).length > 2 * LONGEST ? undefined : data;
  } catch {
    // Whatever the parser complains about: the text is then shown as it is.
    return undefined;
  }
}

export function isMapping(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(value: unknown, depth: number): Plain {
  if (depth > DEEPEST) throw new Error('nested too deep');
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, depth + 1)]));
  return String(value);
}
