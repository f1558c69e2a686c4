import { z } from 'zod';
import { headerSchema } from '../../../src/frontmatter/schema.ts';
import { type JsonSchema, rowsOf } from './json-schema.ts';
import { page, table } from './markdown.ts';

/** `docs/reference/frontmatter.md`: the keys that all documents share. */
export function frontmatterPage(): string {
  const schema = z.toJSONSchema(headerSchema, { io: 'input' }) as JsonSchema;
  return page(
    '# Frontmatter',
    'Made by `npm run reference` from the schema that documents are written and read by.',
    'Each document begins with YAML between two lines of `---`. It holds facts of the source alone: no time of a run, nothing of this machine. The keys stand in the order of this table; one that would say nothing is left out. `title`, `description`, `aliases` and `tags` mean in Obsidian and Hugo what they mean here.',
    table(
      ['key', 'type', 'always', 'what it is'],
      rowsOf(schema).map(([key = '', type = '', presence, what = '']) => [
        key,
        type,
        presence === 'required' ? 'yes' : '',
        what,
      ]),
    ),
    "After them come the source's own keys, which [the pages of the connectors](../README.md) name. One of these that is called like a key above is written with `x_` before it.",
    'Dates are ISO 8601 in UTC. Every text that YAML 1.1 and YAML 1.2 read differently stands in quotes, ids always.',
  );
}
