import type { Argument, Command, Help, Option } from 'commander';

/** What can stand in one place of a command line. `unknown` is a text of which a shell can offer nothing. */
export type Values = 'files' | 'folders' | 'unknown' | readonly string[];

export interface Completed {
  /** Without dashes, absent if there is none. */
  readonly short?: string;
  readonly long?: string;
  readonly description: string;
  /** Absent if the option takes no value. */
  readonly value?: { readonly name: string; readonly values: Values; readonly optional: boolean };
  readonly repeats: boolean;
}

export interface CompletedArgument {
  readonly name: string;
  readonly values: Values;
  readonly optional: boolean;
  readonly repeats: boolean;
}

/** A command with all that may follow its name. */
export interface Completion {
  /** The names that lead to it, without the program's: none for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly commands: readonly Completion[];
  readonly options: readonly Completed[];
  readonly arguments: readonly CompletedArgument[];
}

/** What a shell can offer, of a command and all below it. */
export function completionOf(command: Command, path: readonly string[] = []): Completion {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    commands: help
      .visibleCommands(command)
      .filter((each) => each.name() !== 'help')
      .map((each) => completionOf(each, [...path, each.name()])),
    options: help.visibleOptions(command).map((option) => optionOf(option, help)),
    arguments: command.registeredArguments.map(argumentOf),
  };
}

/** The command and all below it. */
export function allOf(completion: Completion): Completion[] {
  return [completion, ...completion.commands.flatMap(allOf)];
}

function optionOf(option: Option, help: Help): Completed {
  const { short, long, required, optional, variadic } = option;
  const name = /[<[]([^\]>.]+)/.exec(option.flags)?.[1] ?? '';
  return {
    ...(short !== undefined && { short: short.slice(1) }),
    ...(long !== undefined && { long: long.slice(2) }),
    description: help.optionDescription(option),
    ...((required || optional) && { value: { name, values: option.argChoices ?? valuesOf(name), optional } }),
    repeats: variadic,
  };
}

function argumentOf(argument: Argument): CompletedArgument {
  const name = argument.name();
  return {
    name,
    values: argument.argChoices ?? valuesOf(name),
    optional: !argument.required,
    repeats: argument.variadic,
  };
}

/** By what the value is called in the help. */
function valuesOf(name: string): Values {
  if (/^(?:folder|dir|project)$/.test(name)) return 'folders';
  // Documents are called by their paths, among others, and remotes by folders.
  return /^(?:file|path|document(?:\[@date\])?|remote)$/.test(name) ? 'files' : 'unknown';
}
