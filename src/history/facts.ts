import { isDeepStrictEqual } from 'node:util';
import type { Facts } from '../core/document.ts';
import type { Plain } from '../core/plain.ts';

/** A difference in the frontmatter. */
export type FactChange =
  | { readonly name: string; readonly before: Plain; readonly after: Plain }
  /** Of a list, by the names of its members; `changed` are those whose name stayed. */
  | ({ readonly name: string } & { readonly [what in 'added' | 'removed' | 'changed']: readonly string[] });

/** What differs with every change, or says in ids what other facts say in words. */
const SILENT = new Set(['id', 'source', 'updated', 'version', 'people', 'comments_updated']);

/** In the order of the frontmatter. */
export function factChanges(before: Facts, after: Facts): FactChange[] {
  const [old, next] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(next), ...Object.keys(old)])].flatMap((name): FactChange[] => {
    const [was = null, is = null] = [old[name], next[name]];
    if (SILENT.has(name) || isDeepStrictEqual(was, is)) return [];
    const [gone, come] = [members(was), members(is)];
    if (gone === undefined || come === undefined) return [{ name, before: was, after: is }];
    const change = {
      name,
      added: [...come.keys()].filter((each) => !gone.has(each)),
      removed: [...gone.keys()].filter((each) => !come.has(each)),
      changed: [...come.keys()].filter(
        (each) => gone.has(each) && !isDeepStrictEqual(gone.get(each), come.get(each)),
      ),
    };
    const { added, removed, changed } = change;
    // Only the order may differ.
    return added.length + removed.length + changed.length === 0 ? [] : [change];
  });
}

function flat({ fields = {}, ...facts }: Facts): { readonly [name: string]: Plain | undefined } {
  return { ...facts, ...fields } as { readonly [name: string]: Plain | undefined };
}

/** A list's members by their names; undefined for what is no list, or one of something else. */
function members(value: Plain): Map<string, Plain> | undefined {
  if (value === null) return new Map();
  if (!Array.isArray(value)) return undefined;
  const named = value.map((item: Plain): readonly [unknown, Plain] =>
    typeof item === 'object' && item !== null
      ? [(item as { name?: Plain }).name, item]
      : [String(item), item],
  );
  return named.every((member): member is [string, Plain] => typeof member[0] === 'string')
    ? new Map(named)
    : undefined;
}

const LONGEST = 60;

/** Such as `status: To Do → Done` or `labels: +billing, −draft`. */
export function inWords(change: FactChange): string {
  if ('added' in change) {
    const { added, removed, changed } = change;
    const signed = [
      ...added.map((name) => `+${name}`),
      ...removed.map((name) => `−${name}`),
      ...changed.map((name) => `~${name}`),
    ];
    return `${change.name}: ${signed.map(short).join(', ')}`;
  }
  const { name, before, after } = change;
  return `${name}: ${value(before)} → ${value(after)}`;
}

function value(plain: Plain): string {
  if (plain === null || plain === '') return 'none';
  return short(typeof plain === 'object' ? JSON.stringify(plain) : String(plain));
}

function short(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : text;
}
