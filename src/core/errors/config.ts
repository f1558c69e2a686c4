import { entry } from './entry.ts';

const lines = (items: readonly string[]) => items.map((item) => `\n  ${item}`).join('');

/** Failures of the configuration. A value is never shown: any of them could be a secret by mistake. */
export const configErrors = {
  'config.not-found': entry<{ searched: readonly string[] }>({
    kind: 'usage',
    message: ({ searched }) =>
      `There is no configuration: ${searched.join(' and ')} ${searched.length > 1 ? 'do' : 'does'} not exist.`,
    hint: () =>
      '`ctx init` asks a few questions and writes a context.config.yaml; or name one with --config FILE.',
  }),
  'config.unreadable': entry<{ file: string; reason: string }>({
    kind: 'usage',
    message: ({ file, reason }) => `${file} cannot be read (${reason}).`,
    hint: () => 'It must be a file that this user may read.',
  }),
  'config.invalid': entry<{ file: string; problems: readonly string[] }>({
    kind: 'usage',
    message: ({ problems }) =>
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:${lines(problems)}`,
    hint: ({ file }) => `Correct ${file}. Editors check it against context.schema.json while you type.`,
  }),
  'config.missing-variables': entry<{
    file: string;
    missing: readonly { readonly name: string; readonly at: string }[];
    places: readonly string[];
  }>({
    kind: 'credentials',
    message: ({ missing }) =>
      `Variables that the configuration names are not set:${lines(missing.map(({ name, at }) => `${at} ${name}`))}`,
    hint: ({ places }) => `Set them in the environment, or as NAME=value in ${places.join(' or ')}.`,
    examples: [
      {
        file: '‹file›',
        missing: [{ name: '‹name›', at: '‹file:line:column›: ‹setting›:' }],
        places: ['‹places›'],
      },
    ],
  }),
  'config.unknown-source': entry<{ id: string; known: readonly string[] }>({
    kind: 'usage',
    message: ({ id }) => `The configuration has no source ${id}.`,
    hint: ({ known }) => `Its sources: ${known.join(', ')}.`,
  }),
};
