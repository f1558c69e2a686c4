import picomatch from 'picomatch';

/** Nobody's own paths are longer; what somebody made to keep a matcher busy is. */
const LONGEST = 1000;

/**
 * Whether a path is one of those that the globs name, as .gitignore and editors write them: `**` for folders, `{a,b}`, in
 * whatever case. A glob also names the path that it is, so that names with brackets can be given. What begins with a dot is
 * only matched by a dot.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const literal = new Set(globs);
  const matches = globs.map((glob) =>
    picomatch(glob.replace(/^\.?\//, ''), { nocase: true, nonegate: true }),
  );
  const isMatched = (path: string) => path.length <= LONGEST && matches.some((isMatch) => isMatch(path));
  return (path) => literal.has(path) || isMatched(path);
}
