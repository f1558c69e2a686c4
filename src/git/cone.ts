import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersOf } from './paths.ts';

/** The paths that a sparse checkout keeps in its work tree. */
export interface Cone {
  holds(path: string): boolean;
}

/** What `git sparse-checkout` last wrote, whether it is in use or not; null if it never did. */
export function readSparsePatterns(gitDir: string): string | null {
  try {
    return readFileSync(join(gitDir, 'info/sparse-checkout'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads the patterns of cone mode (https://git-scm.com/docs/git-sparse-checkout): folders as a whole, and folders above
 * them of which only the files count that lie directly there. Null for patterns of any other form.
 *
 * git itself tells which paths are in a cone only since 2.41 (`sparse-checkout check-rules`).
 */
export function parseCone(patterns: string): Cone | null {
  const whole = new Set<string>();
  const open = new Set<string>();
  let isBounded = false;
  for (const line of patterns.split('\n')) {
    if (line === '' || line === '/*') continue;
    if (line === '!/*/') {
      isBounded = true;
      continue;
    }
    const [, not, written = '', below] = /^(!?)\/(.+?)\/(\*\/)?$/.exec(line) ?? [];
    const folder = unescaped(written);
    if (folder === null || (not === '!') !== (below !== undefined)) return null;
    if (below === undefined) whole.add(folder);
    else {
      whole.delete(folder);
      open.add(folder);
    }
  }
  return {
    holds(path) {
      const folders = [...foldersOf(path)];
      const last = folders.at(-1);
      return !isBounded || last === undefined || open.has(last) || folders.some((name) => whole.has(name));
    },
  };
}

/** A folder's name without its backslashes; null if it is a pattern for many. */
function unescaped(written: string): string | null {
  const name = written.replace(/\\(.)/g, '$1');
  return written === '' || /[*?[]/.test(written.replace(/\\./g, '')) ? null : name;
}
