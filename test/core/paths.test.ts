import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { configDir, expandHome, homeOf } from '../../src/core/paths.ts';

describe('folders of the user', () => {
  it('stand in the home folder', () => {
    expect(configDir({ HOME: '/h' })).toBe('/h/.config/context-sync');
    expect(homeOf({})).toBe(homedir());
  });

  it('follow XDG, but for relative and empty values', () => {
    expect(configDir({ HOME: '/h', XDG_CONFIG_HOME: '/c' })).toBe('/c/context-sync');
    expect(configDir({ HOME: '/h', XDG_CONFIG_HOME: 'c' })).toBe('/h/.config/context-sync');
    expect(configDir({ HOME: '/h', XDG_CONFIG_HOME: '' })).toBe('/h/.config/context-sync');
  });

  it.each([
    ['~', '/h'],
    ['~/a/b', '/h/a/b'],
    ['~other/a', '~other/a'],
    ['a/~', 'a/~'],
    ['/a', '/a'],
  ])('%s expands to %s', (path, expanded) => expect(expandHome(path, '/h')).toBe(expanded));
});
