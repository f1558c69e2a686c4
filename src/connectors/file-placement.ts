import type { Facts } from '../core/document.ts';
import type { Placement } from './contract.ts';

/** Names that say nothing without their folder, and that layout keeps for its own files. */
const COMMON =
  /^(?:readme|index|agents|claude|gemini|home|contributing|changelog|license|llms|skill|memory)$/i;
const DEEPEST = 12;

/**
 * A file keeps its folders and its name, below the name of the whole (`fields[whole]`). One that is called like many others has
 * that of its folder before it.
 */
export function placementOf({ id: path, fields = {} }: Facts, whole: string): Placement {
  const top = String(fields[whole] ?? whole);
  const segments = path.split('/');
  const file = segments.pop() ?? path;
  const stem = file.replace(/\.(?:md|mdx|markdown|mdown|mkd)$/i, '');
  const name = COMMON.test(stem) ? `${segments.at(-1) ?? top} ${stem}` : stem;
  return { folder: [top, ...segments.slice(0, DEEPEST)], name, shard: name.slice(0, 1) };
}

/** What a path or an address ends with: the name of a folder, a file or a repository. */
export function lastSegment(path: string): string {
  return path
    .replace(/[/\\]+$/, '')
    .replace(/^.*[/\\:]/s, '')
    .replace(/\.git$/i, '');
}
