import { z } from 'zod';
import { CHART_KINDS } from './deck.ts';

/** Where numbers and dates are as good as text: YAML makes them of what people write without quotes. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const query = z.string().min(1, 'must not be empty').describe('A query of the context repository.');

const texts = z.record(z.string(), text);

const named = z
  .string()
  .min(1, 'must not be empty')
  .describe('The name of one that is given for all slides.');

export const tableSpec = z.union(
  [
    named,
    z.strictObject({ header: z.array(text), rows: z.array(z.array(text)) }),
    z.strictObject({
      query,
      columns: z
        .record(z.string(), z.string())
        .describe('Heading of each column to the field that it shows.'),
      limit: z.number().int().positive().optional().describe('How many rows at most.'),
    }),
  ],
  'must be header and rows; or query, columns and perhaps limit; or a name',
);

const kind = z.enum(CHART_KINDS, `must be one of ${CHART_KINDS.join(', ')}`);

export const chartSpec = z.union(
  [
    named,
    z.strictObject({
      kind,
      categories: z.array(text),
      series: z.array(z.strictObject({ name: text, values: z.array(z.number().nullable()) })),
    }),
    z.strictObject({
      kind,
      series: z
        .record(z.string(), query)
        .describe('Name of each series to a query that answers groups, of which the members are counted.'),
      limit: z
        .number()
        .int()
        .positive()
        .optional()
        .describe('How many categories at most; the rest is left out.'),
    }),
    z.strictObject({
      kind,
      values: z.record(z.string(), query).describe('Each category to a query that answers a number.'),
    }),
  ],
  'must be kind, categories and series; or kind and series of queries; or kind and values; or a name',
);

export const imageSpec = z.union(
  [
    named,
    z.strictObject({
      path: z
        .string()
        .min(1, 'must not be empty')
        .describe('A PNG or JPEG, relative to the file that names it.'),
      alt: text.default('').describe('What it shows, for those who do not see it.'),
    }),
  ],
  'must be path and alt, or a name',
);

/** What fills the tags of slides, by their names. */
export const fillings = {
  vars: texts.default({}),
  tables: z.record(z.string(), tableSpec).default({}),
  charts: z.record(z.string(), chartSpec).default({}),
  images: z.record(z.string(), imageSpec).default({}),
};

export const slideSpec = z.strictObject({
  layout: z.string(),
  ...fillings,
  notes: z.string().nullable().default(null),
  when: text.optional().describe('The slide is left out if this is empty or 0.'),
  repeat: z
    .union([z.strictObject({ query }), z.array(texts)], 'must be a `query`, or a list of mappings')
    .optional()
    .describe('One slide for each item, which its texts and queries call `item`.'),
});

export type TableSpec = z.infer<typeof tableSpec>;
export type ChartSpec = z.infer<typeof chartSpec>;
export type ImageSpec = z.infer<typeof imageSpec>;
export type SlideSpec = z.infer<typeof slideSpec>;
