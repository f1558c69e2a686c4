import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { allOf, completionOf } from '../../src/cli/completion/words.ts';
import { zshCompletion } from '../../src/cli/completion/zsh.ts';
import { commandLine } from '../../src/cli/program/command-line.ts';

const completion = completionOf(commandLine(async () => {}, {}));
let folder: string;

/** A folder with a file and a folder whose names need quotes. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ctx-completion-'));
  writeFileSync(join(folder, 'page.xhtml'), '');
  writeFileSync(join(folder, 'two words.xhtml'), '');
  mkdirSync(join(folder, 'notes'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is typed, with what a shell makes of it; of a list, all that it offers. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['ctx sear', ['search']],
  ['ctx slack s', ['sync']],
  ['ctx slack sync --dir', ['--direction']],
  ['ctx slack sync --direction ', ['backwards', 'forwards']],
  ['ctx search --mode lex', ['lexical']],
  // A word that is called like a command does not become one.
  ['ctx search slack --mod', ['--mode']],
  ['ctx index -C no', ['notes']],
  ['ctx index -C page', []],
  ['ctx render pag', ['page.xhtml']],
  ['ctx render tw', ['two words.xhtml']],
  ['ctx build --config pag', ['page.xhtml']],
  ['ctx completion z', ['zsh']],
];

function skipUnless(shell: string): boolean {
  const isThere = spawnSync(shell, ['-c', 'true']).status === 0;
  if (!isThere) process.stderr.write(`skipped: ${shell} is not installed\n`);
  return !isThere;
}

describe.skipIf(skipUnless('bash'))('in bash', () => {
  const run = (words: readonly string[], typed: string) =>
    execFileSync(
      'bash',
      [
        '--norc',
        '-c',
        `eval "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ctx 2> err; cat err >&2; printf '%s\\n' "\${COMPREPLY[@]}"`,
        typed,
        bashCompletion(completion),
        ...words,
      ],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    )
      .split('\n')
      .filter(Boolean);

  test.each(CASES)('%j is completed', (typed, offered) => {
    expect(run(typed.split(' '), typed)).toEqual(offered);
  });

  test('a value after = is completed', () => {
    expect(run(['ctx', 'search', '--mode', '=', 'sem'], '--mode=sem')).toEqual(['semantic']);
    expect(run(['ctx', 'search', '--mode', '='], '--mode=')).toEqual(['hybrid', 'lexical', 'semantic']);
  });

  test('nothing that was typed is run', () => {
    expect(run(['ctx', 'render', '$(touch ran)'], '$(touch ran)')).toEqual([]);
    expect(run(['ctx', '`touch ran`', ''], '`touch ran`')).toContain('build');
    expect(run(['ctx', 'render', 'ra'], 'ra')).toEqual([]);
  });

  test('every command and option is offered', () => {
    for (const { path, options, commands } of allOf(completion)) {
      expect(run(['ctx', ...path, '--'], path.join(' ')).sort()).toEqual(
        options.flatMap(({ long }) => (long === undefined ? [] : [`--${long}`])).sort(),
      );
      if (commands.length > 0)
        expect(run(['ctx', ...path, ''], path.join(' '))).toEqual(commands.map((each) => each.path.at(-1)));
    }
  });
});

describe.skipIf(skipUnless('fish'))('in fish', () => {
  test('all that is typed is completed', () => {
    const script = `${fishCompletion(completion)}\nfor typed in $argv\n  complete -C $typed | string split -f 1 \\t\n  echo ---\nend\n`;
    const args = ['--no-config', '-c', script, ...CASES.map(([typed]) => typed)];
    const { stdout, stderr } = spawnSync('fish', args, {
      ...{ cwd: folder, encoding: 'utf8' },
      env: { ...process.env, HOME: folder },
    });
    expect(stderr).toBe('');
    const offered = stdout.split('---\n').map((each) => each.split('\n').filter(Boolean));
    for (const [index, [typed, expected]] of CASES.entries())
      expect(
        offered[index]?.map((each) => each.replace(/\/$/, '').replaceAll('\\', '')),
        typed,
      ).toEqual(expected);
  });
});

describe.skipIf(skipUnless('zsh'))('in zsh', () => {
  /** Types into a shell on a terminal, and tells the line after each Tab. */
  const DRIVER = `
    zmodload zsh/zpty
    zpty shell "zsh -f -i"
    zpty -w shell "PS1= RPS1= PROMPT_EOL_MARK=; unsetopt beep; autoload -U compinit; compinit -D -u; source ./ctx.zsh"
    zpty -w shell "tell() { print -r -- \\"<\\$BUFFER>\\" >> told; BUFFER= }; zle -N tell; bindkey '^T' tell; print rea''dy"
    zpty -r shell out '*ready*'
    : > told
    for typed in "$@"; do
      before=$(wc -l < told)
      zpty -w -n shell "$typed"$'\\t\\x14'
      repeat 200; do
        [[ $(wc -l < told) == $before ]] || break
        sleep 0.02
      done
    done
    zpty -d shell
  `;

  test('what is unique is completed', () => {
    writeFileSync(join(folder, 'ctx.zsh'), zshCompletion(completion));
    const unique = CASES.filter(([, offered]) => offered.length === 1);
    execFileSync('zsh', ['-f', '-c', DRIVER, 'zsh', ...unique.map(([typed]) => typed)], {
      ...{ cwd: folder, env: { ...process.env, HOME: folder, TERM: 'dumb' }, timeout: 25_000 },
    });
    const told = readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');
    for (const [index, [typed, [expected = '']]] of unique.entries()) {
      const before = typed.slice(0, typed.lastIndexOf(' ') + 1);
      expect(told[index]?.replaceAll('\\', '').replace(/[ /=]?>$/, '>'), typed).toBe(
        `<${before}${expected}>`,
      );
    }
  });
});
