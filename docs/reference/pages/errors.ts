import { EXIT } from '../../../src/cli/exit-codes.ts';
import type { ErrorEntry } from '../../../src/core/errors/entry.ts';
import { catalogue } from '../../../src/core/errors/index.ts';
import { page, prose } from './markdown.ts';

type Params = Readonly<Record<string, unknown>>;
type Entry = ErrorEntry<Params>;

/** `docs/reference/errors.md`: what each failure says, and what to do. */
export function errorsPage(): string {
  const groups = Object.groupBy(Object.entries(catalogue), ([name]) => name.split('.')[0] ?? '');
  const sections = Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1));
  return page(
    '# Errors',
    'Made by `npm run reference` from the catalogue in `src/core/errors`. `--json` and logs name an error as it is named here. ‹…› stands for a name, a place or a number; where a text depends on what is known, each of its forms is shown. What [the exit codes](cli.md#exit-codes) mean stands with the commands.',
    ...sections.flatMap(([group, entries = []]) => [
      `## ${group}`,
      ...entries.map(([name, entry]) => sectionOf(name, entry as unknown as Entry)),
    ]),
  );
}

function sectionOf(name: string, { kind, message, hint, examples = [] }: Entry): string {
  return [
    `### ${name}`,
    `Exit code ${EXIT[kind]} (${kind}).`,
    ...formsOf(message, examples).map((text) => quoted(prose(text))),
    ...listed(formsOf(hint, examples).map(prose)),
  ].join('\n\n');
}

/** What else a parameter may be than a text, by which a text is worded otherwise. */
const OTHERS: readonly unknown[] = [undefined, null, [], 0, true, false];

/**
 * A text with the names of its parameters in their places; then its other forms, where a parameter has none or is no text, and
 * those of the entry's own examples.
 */
function formsOf(write: (params: Params) => string, examples: readonly Params[]): readonly string[] {
  const params = usualParams(write);
  const usual = write(params);
  const others = Object.keys(params).flatMap((name) => OTHERS.map((other) => ({ ...params, [name]: other })));
  const forms = new Set(/\bundefined\b|\[object|NaN/.test(String(usual)) ? [] : [usual]);
  for (const other of [...others, ...examples]) {
    const text = attempt(() => write(other));
    // A form of its own, and not the usual one with another value in it.
    if (text === undefined || text === withValues(usual, params, other)) continue;
    if (absences(text) > absences(usual ?? '')) continue;
    forms.add(text);
  }
  if (forms.size === 0) throw new Error(`A text of the catalogue needs examples: ${write}`);
  return [...forms];
}

function withValues(usual: string | undefined, params: Params, other: Params): string {
  return Object.entries(params).reduce(
    (text, [name, shown]) =>
      text
        .replaceAll(JSON.stringify(shown), JSON.stringify(other[name]) ?? '')
        .replaceAll(String(shown), String(other[name])),
    usual ?? '',
  );
}

/** A value for each parameter that the text asks for: a text, or a list of one where a text will not do. */
function usualParams(write: (params: Params) => string): Params {
  const params: Record<string, unknown> = {};
  const asking = (known: Record<string, unknown>) =>
    new Proxy(known, {
      get(_, key) {
        const name = String(key);
        known[name] ??= `‹${name}›`;
        return known[name];
      },
    });
  while (attempt(() => [write(asking(params))]) === undefined) {
    const name = Object.keys(params).find(
      (each) =>
        typeof params[each] === 'string' &&
        attempt(() => [write(asking({ ...params, [each]: [`‹${each}›`] }))]) !== undefined,
    );
    if (name === undefined) throw new Error(`A text of the catalogue can't be shown: ${write}`);
    params[name] = [`‹${name}›`];
  }
  return params;
}

/** Undefined if the parameters are none that a text could be made of. */
function attempt<T>(write: () => T): T | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** How often a text names something that is not there: as `undefined`, or between signs with nothing between them. */
function absences(text: string): number {
  return (
    text.match(
      /\b(?:undefined|null|NaN|true|false)\b|\[object|\S {2}| [.;:,](?: |$)|[:,] ?[.;](?: |$)|[:,]\s*$/g,
    ) ?? []
  ).length;
}

function listed(texts: readonly string[]): string[] {
  return texts.length === 1 ? [...texts] : [texts.map((text) => `- ${text}`).join('\n')];
}

function quoted(text: string): string {
  return text.replace(/^/gm, '> ');
}
