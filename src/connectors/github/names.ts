import type { Facts } from '../../core/document.ts';
import { stripInvisible } from '../../core/invisible.ts';
import type { Overview } from './listing-schema.ts';
import type { Run } from './run.ts';
import type { Connection } from './schema.ts';

/**
 * Whether a document has a label or a milestone that its repository has not, or not by that name: GitHub renames them without a
 * change of what has them.
 */
export async function formerNamesIn(
  { client }: Run,
  { id, nameWithOwner, labels, milestones }: Overview,
): Promise<(facts: Facts) => boolean> {
  const all = async <T>(first: Connection<T> | null | undefined, kind: 'labels' | 'milestones') => {
    if (!first) return undefined;
    const what = `the ${kind} of ${nameWithOwner}`;
    const rest = client.rest(kind, id, first, what) as AsyncIterable<T>;
    return [...first.nodes.filter((node) => node !== null), ...(await Array.fromAsync(rest))];
  };
  const labelNames = (await all(labels, 'labels'))?.map(({ name }) => name);
  const titles = (await all(milestones, 'milestones'))?.map(({ title }) => title);
  const isFormer = (name: string, names: ReadonlySet<string> | undefined) =>
    names !== undefined && !names.has(name) && !name.includes('[redacted:');
  const ownLabels = asWritten(labelNames);
  const ownTitles = asWritten(titles);
  return ({ labels: has = [], fields }) =>
    has.some((name) => isFormer(name, ownLabels)) ||
    (typeof fields?.milestone === 'string' && isFormer(fields.milestone, ownTitles));
}

/** The repository has names without invisible characters. */
function asWritten(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return names && new Set(names.map((name) => stripInvisible(name).text));
}
