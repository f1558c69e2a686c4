import type { Command, Help } from 'commander';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import { commandLine } from '../../../src/cli/program/command-line.ts';
import { code, page, prose, table } from './markdown.ts';

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'All that was asked for is done.',
  failed: 'Nothing of it could be done, or the program failed.',
  usage: 'The command line or the configuration is wrong.',
  credentials: 'Credentials are missing or were refused.',
  partial: 'Some of it is done; what failed is named, kept as it was, and tried again by the next run.',
  guard: 'A guard holds something back, such as many deletions at once, until a person decides.',
  interrupted: 'It was interrupted; the next run goes on.',
};

/** `docs/reference/cli.md`: every command with its arguments and options. */
export function commandLinePage(): string {
  const program = commandLine(async () => {}, {});
  const help = program.createHelp();
  const commands = leavesOf(program, help);
  return page(
    '# Command line',
    'Made by `npm run reference` from the commands themselves; `ctx COMMAND --help` shows the same.',
    table(
      ['command', 'what it does'],
      commands.map((command) => [
        `[${code(nameOf(command))}](#${anchorOf(command)})`,
        prose(command.description()),
      ]),
    ),
    ...commands.flatMap((command) => sectionOf(command, help)),
    '## Exit codes',
    table(
      ['code', 'name', 'meaning'],
      Object.entries(EXIT).map(([name, value]) => [String(value), name, MEANINGS[name as keyof typeof EXIT]]),
    ),
    'Every failure names its exit code in [the list of errors](errors.md).',
  );
}

/** Commands that do something, in the order of the help. */
function leavesOf(command: Command, help: Help): Command[] {
  const below = help.visibleCommands(command).filter((each) => each.name() !== 'help');
  if (below.length === 0) return [command];
  return below.flatMap((each) => leavesOf(each, help));
}

function sectionOf(command: Command, help: Help): string[] {
  const names = [...help.visibleArguments(command)].map((argument) => [
    code(help.argumentTerm(argument)),
    prose(help.argumentDescription(argument)),
  ]);
  const options = help
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help')
    .map((option) => [
      code(help.optionTerm(option)) + (option.mandatory ? ' (required)' : ''),
      prose(help.optionDescription(option)),
    ]);
  return [
    `## ${nameOf(command)}`,
    `${prose(sentence(command.description()))}`,
    `\`\`\`\n${help.commandUsage(command)}\n\`\`\``,
    names.length > 0 ? table(['argument', 'what it is'], names) : '',
    options.length > 0 ? table(['option', 'what it does'], options) : '',
  ];
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function anchorOf(command: Command): string {
  return nameOf(command).replaceAll(' ', '-');
}

function sentence(text: string): string {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
