import { expect, test } from 'vitest';
import { commandLine } from '../../src/cli/program/command-line.ts';

const declared = (first?: string) => commandLine(async () => {}, {}, first).commands;

test('a command is declared alike whether or not the others are', () => {
  const all = declared();
  for (const command of all) {
    const name = command.name();
    const some = declared(name);
    const own = some.find((each) => each.name() === name);
    expect(own?.helpInformation(), name).toBe(command.helpInformation());
    // All of them are told to a shell.
    if (name !== 'completion') expect(some.length, name).toBeLessThan(all.length);
  }
});

test('what names no command is met by all of them', () => {
  expect(declared('serach').length).toBe(declared().length);
  expect(declared('completion').length).toBe(declared().length);
});
