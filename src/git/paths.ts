import { ctxError } from '../core/errors/index.ts';

/** Code points that HFS+ ignores when it compares names, by which `.g\u200cit` is `.git`. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** Names that git, NTFS or HFS+ take for the repository's own folder, or that git reads as its configuration. */
function isGitsOwn(segment: string): boolean {
  const name = segment
    .replace(IGNORED_BY_HFS, '')
    .replace(/:.*$/s, '')
    .replace(/[ .]+$/, '')
    .toLowerCase();
  return name === '.git' || name === '.gitmodules' || /^(git|gitmod|gi7eba|gi7d29)~\d+$/.test(name);
}

/** What git or a file system could read otherwise in a path, if anything. */
export function problemOfPath(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (!path.isWellFormed()) return 'it is not well-formed Unicode';
  if (/[\x00-\x1f\x7f]/.test(path)) return 'it holds a control character';
  if (path.includes('\\')) return 'it holds a backslash';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'it is absolute';
  for (const segment of path.split('/')) {
    if (segment === '') return 'it has an empty segment';
    if (segment === '.' || segment === '..') return `it has the segment "${segment}"`;
    if (isGitsOwn(segment)) return `"${segment}" is git's own`;
    if (Buffer.byteLength(segment) > 255) return 'a segment is longer than 255 bytes';
  }
  return undefined;
}

/** Throws `git.bad-path` for what git or a file system could read as another place. */
export function checkPath(path: string): void {
  const reason = problemOfPath(path);
  if (reason !== undefined) throw ctxError('git.bad-path', { path, reason });
}

/** The folders a path lies in, outermost first: `a/b/c` gives `a`, `a/b`. */
export function* foldersOf(path: string): Generator<string> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}

/** git's order: by the bytes of the whole path. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Branch names as `git check-ref-format --branch` accepts them, without its abbreviations. */
export function isBranchName(name: string): boolean {
  return (
    name !== '' &&
    name !== '@' &&
    name !== 'HEAD' &&
    !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$|^[-/]/.test(name) &&
    name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'))
  );
}
