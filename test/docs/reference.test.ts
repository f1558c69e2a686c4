import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REFERENCE } from '../../docs/reference/pages.ts';
import { commandLine } from '../../src/cli/program/command-line.ts';
import { catalogue } from '../../src/core/errors/index.ts';

const read = (file: string) => readFileSync(new URL(`../../docs/reference/${file}`, import.meta.url), 'utf8');

describe('the reference', () => {
  test.each(Object.entries(REFERENCE))(
    '%s is as the code makes it; npm run reference renews it',
    (file, write) => {
      expect(read(file)).toBe(write());
    },
  );

  test('tells of every command what its help tells', async () => {
    const page = read('cli.md');
    const help = async (...names: string[]) => {
      let text = '';
      const program = commandLine(async () => {}, { writeOut: (more) => (text += more) });
      await program.parseAsync([...names, '--help'], { from: 'user' }).catch(() => {});
      return text;
    };
    const commandsIn = (text: string) =>
      [...text.matchAll(/^ {2}(\w[\w-]*)(?: \[\w+\]| <\w+>| {2})/gm)].map(([, name = '']) => name);
    const [overview = ''] = (await help()).split(/^Examples:/m);
    const names = commandsIn(overview).filter((name) => name !== 'help');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const text = await help(name);
      if (text.includes('\nCommands:')) continue;
      const options = [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option = '']) => option);
      const [, section = ''] = page.split(`\n## ctx ${name}\n`);
      const [own = ''] = section.split('\n## ');
      expect(options, name).toContain('--help');
      expect(
        options.filter((option) => option !== '--help' && !own.includes(`${option}`)),
        name,
      ).toEqual([]);
    }
  });

  test('tells of every failure what it says and what to do, and nothing that is not known', () => {
    const page = read('errors.md');
    for (const name of Object.keys(catalogue)) {
      const [, section = ''] = page.split(`\n### ${name}\n`);
      const own = section.split(/\n##/)[0] ?? '';
      expect(own, name).toMatch(/^\nExit code \d+ \(\w+\)\.\n\n(?:> .+\n+)+(?:[^>\n].*\n+)+$/);
    }
    expect(page).not.toMatch(/undefined|\[object|\bNaN\b|function/);
  });
});
