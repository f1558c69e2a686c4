import { describe, expect, it } from 'vitest';
import { parseCone } from '../../src/git/cone.ts';

describe('parseCone', () => {
  it('holds files at the top, whole folders, and the files directly in the folders above them', () => {
    const cone = parseCone('/*\n!/*/\n/a/\n!/a/*/\n/a/b/\n/o\\*dd/\n');
    const paths = ['x', 'a/x', 'a/b/x', 'a/b/c/x', 'a/d/x', 'b/x', 'o*dd/x', 'odd/x'];
    expect(paths.filter((path) => cone?.holds(path))).toEqual(['x', 'a/x', 'a/b/x', 'a/b/c/x', 'o*dd/x']);
  });

  it.each(['*.md\n', '/*\n!/*/\n/a*/\n', '/*\n!/a/\n', 'jira\n'])('knows other patterns: %j', (patterns) => {
    expect(parseCone(patterns)).toBe(null);
  });

  it('holds everything without a bound', () => {
    expect(parseCone('/*\n')?.holds('a/b.md')).toBe(true);
  });
});
