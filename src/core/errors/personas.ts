import { entry } from './entry.ts';

const lines = (items: readonly string[]) => items.map((item) => `\n  ${item}`).join('');

/** Of personas, of what is made of them, and of the messages that a style is read from. None holds a text of theirs. */
export const personaErrors = {
  'persona.no-folder': entry<{ searched: readonly string[] }>({
    kind: 'usage',
    message: ({ searched }) =>
      `There are no personas: ${searched.join(' and ')} ${searched.length > 1 ? 'do' : 'does'} not exist.`,
    hint: () =>
      'Put them into a folder personas beside context.config.yaml, one YAML file for each (docs/guide/personas.md shows one), or name the folder with --dir.',
  }),
  'persona.none': entry<{ folder: string }>({
    kind: 'usage',
    message: ({ folder }) => `${folder} has no persona: no file in it ends in .yaml.`,
    hint: () => 'Write one, such as devops.yaml; docs/guide/personas.md shows what it says.',
  }),
  'persona.unreadable': entry<{ file: string; reason: string }>({
    kind: 'usage',
    message: ({ file, reason }) => `${file} cannot be read (${reason}).`,
    hint: () => 'It must be there, and this user must be allowed to read it.',
  }),
  'persona.invalid': entry<{ problems: readonly string[] }>({
    kind: 'usage',
    message: ({ problems }) =>
      `The personas have ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:${lines(problems)}`,
    hint: () =>
      'Correct these places. Editors check personas against persona.schema.json while you type; profiles are made by ctx persona analyze.',
  }),
  'persona.unknown': entry<{ name: string; known: readonly string[] }>({
    kind: 'usage',
    message: ({ name }) => `There is no persona ${name}.`,
    hint: ({ known }) => `There are: ${known.join(', ')}.`,
  }),
  'persona.not-ours': entry<{ problems: readonly string[]; begin: string; end: string }>({
    kind: 'guard',
    message: ({ problems }) => `Nothing was written, to destroy nothing:${lines(problems)}`,
    hint: ({ begin, end }) =>
      `Put a file of your own elsewhere, or give it a place for the generated part: a line "${begin}", and below it one "${end}".`,
  }),
  'persona.unknown-time-zone': entry<{ name: string }>({
    kind: 'usage',
    message: ({ name }) => `${name} is no time zone.`,
    hint: () => 'Name one as in the tz database: Europe/Berlin, America/New_York, UTC.',
  }),
  'persona.no-messages': entry<{ file: string; lines: number; context: number }>({
    kind: 'usage',
    message: ({ file, lines: count, context }) =>
      context > 0
        ? `${file} has no message of the person: ${context} of its ${count} lines are of others.`
        : `${file} has no message: none of its ${count} lines is one.`,
    hint: () => 'Name a file that ctx slack export wrote.',
  }),
  'persona.bad-lines': entry<{ file: string; count: number; lines: readonly number[] }>({
    kind: 'partial',
    message: ({ file, count, lines: numbers }) =>
      `${file}: ${count} ${count === 1 ? 'line is no message' : 'lines are no messages'}: ${numbers.join(', ')}${count > numbers.length ? ' …' : ''}.`,
    hint: () =>
      'The profile is made of the others. Each line is to be a JSON object with text_md or text, and ts or time, as ctx slack export writes it.',
  }),
  'persona.other-file': entry<{ file: string }>({
    kind: 'guard',
    message: ({ file }) => `${file} is there, and is not what ctx persona analyze writes there.`,
    hint: () => 'Name another file, or remove this one.',
  }),
  'persona.too-few': entry<{ messages: number; least: number }>({
    kind: 'partial',
    message: ({ messages, least }) => `There is no chart of ${messages} messages: it takes ${least}.`,
    hint: () => 'Export more: a longer range, more channels, or --include-dms.',
  }),
};
