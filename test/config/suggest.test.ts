import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/config/suggest.ts';

describe('suggest', () => {
  it.each([
    ['spces', ['spaces', 'sources'], 'spaces'],
    ['space', ['spaces', 'sources'], 'spaces'],
    ['includeRestricted', ['include_restricted'], 'include_restricted'],
    ['URL', ['url', 'auth'], 'url'],
    ['colour', ['views', 'url', 'id'], undefined],
    ['x', ['id'], undefined],
    ['anything', [], undefined],
  ])('%s among %j means %s', (name, candidates, meant) => expect(suggest(name, candidates)).toBe(meant));
});
