import picomatch from 'picomatch';

/**
 * Whether a path is one of those that the globs name, as .gitignore and editors write them: `**` for folders, `{a,b}`, in
 * whatever case. A glob also names the path that it is, so that names with brackets can be given. What begins with a dot is
 * only matched by a dot.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const literal = new Set(globs);
  const matches = globs.map((glob) =>
    picomatch(glob.replace(/^\.?\//, ''), { nocase: true, strictBrackets: false }),
  );
  return (path) => literal.has(path) || matches.some((isMatch) => isMatch(path));
}
