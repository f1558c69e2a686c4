import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { type JsonSchema, rowsOf } from './json-schema.ts';
import { page, prose, table } from './markdown.ts';

const HEAD = ['key', 'type', 'default', 'what it is'];

/** `docs/reference/configuration.md`: every key of `context.config.yaml`. */
export function configurationPage(): string {
  const schema = JSON.parse(configJsonSchema()) as JsonSchema;
  const { sources, ...settings } = schema.properties ?? {};
  const single = Object.fromEntries(Object.entries(settings).filter(([, each]) => !each.properties));
  const required = schema.required ?? [];
  return page(
    '# Configuration',
    'Made by `npm run reference` from the schema, which [context.schema.json](../../context.schema.json) gives to editors. `context.config.yaml` stands in the folder where `ctx` runs, or in `~/.config/context-sync/`.',
    prose(schema.description ?? ''),
    '## At the top',
    table(HEAD, [
      ...rowsOf({ properties: single, required }),
      ...Object.entries({ ...settings, ...(sources && { sources }) })
        .filter(([key]) => !(key in single))
        .map(([key, each]) => [
          `[\`${key}\`](#${key})`,
          key === 'sources' ? 'list of settings' : 'settings',
          required.includes(key) ? 'required' : '',
          prose(each.description ?? ''),
        ]),
    ]),
    ...Object.entries(settings)
      .filter(([, each]) => each.properties)
      .flatMap(([key, each]) => [`## ${key}`, prose(each.description ?? ''), ...formsOf(each)]),
    '## sources',
    prose(sources?.description ?? ''),
    ...(sources?.items?.oneOf ?? sources?.items?.anyOf ?? []).flatMap(sourceSection),
  );
}

function sourceSection(source: JsonSchema): string[] {
  const type = String(source.properties?.type?.const);
  return [
    `### ${type}`,
    `${prose(source.title ?? type)}: [what is synced, and how to set it up](../connectors/${type}.md).`,
    ...formsOf(source),
  ];
}

/** A table of the keys, and one for each form that a key's settings may take. */
function formsOf(schema: JsonSchema): string[] {
  const choices = Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
    (each.oneOf ?? each.anyOf ?? []).filter(({ properties }) => properties).map((form) => ({ key, form })),
  );
  return [
    table(HEAD, rowsOf(schema)),
    ...choices.flatMap(({ key, form }) => [
      `\`${key}\`, ${prose(firstLower(form.title ?? 'as settings'))}:`,
      table(HEAD, rowsOf(form)),
    ]),
  ];
}

function firstLower(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
