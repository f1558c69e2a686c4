import { constants, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The commit that a branch is at, or another ref that only ever names commits, from the files in which git keeps it
 * (https://git-scm.com/docs/gitrepository-layout). Null if there is no such ref, undefined where only git can tell.
 *
 * Read anew at each question, by no process of git that stays: `cat-file --batch` takes `packed-refs` for unchanged
 * when it was replaced within one second by one of the same size and inode, and then answers with a former commit.
 */
export function readRef(commonDir: string, ref: string): string | null | undefined {
  // Where refs are not kept in files, there is a file in the folder's place.
  if (!statSync(join(commonDir, 'refs/heads'), { throwIfNoEntry: false })?.isDirectory()) return undefined;
  // A ref's own file counts before `packed-refs`, and is read before: who packs it adds the line first, then removes the file.
  const own = contentOf(join(commonDir, ref));
  if (own !== null) return oidIn(own.trimEnd());
  const packed = contentOf(join(commonDir, 'packed-refs')) ?? '';
  const end = packed.indexOf(` ${ref}\n`);
  return end === -1 ? null : oidIn(packed.slice(packed.lastIndexOf('\n', end) + 1, end));
}

/** The ref that HEAD names. Undefined where only git can tell: a detached HEAD, and refs that are not kept in files. */
export function readHead(gitDir: string): string | undefined {
  const [, ref] = /^ref: (refs\/heads\/.+)\n$/.exec(contentOf(join(gitDir, 'HEAD')) ?? '') ?? [];
  // What stands there for older versions of git (https://git-scm.com/docs/reftable).
  return ref === 'refs/heads/.invalid' ? undefined : ref;
}

const oidIn = (text: string): string | undefined =>
  /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined;

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** Null if there is no such file. A symbolic link has no content: it names another ref. */
function contentOf(file: string): string | null {
  try {
    return readFileSync(file, { encoding: 'utf8', flag: constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (ABSENT.has(code)) return null;
    if (code === 'ELOOP') return '';
    throw error;
  }
}
