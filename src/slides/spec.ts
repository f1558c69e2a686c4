import { z } from 'zod';
import { CHART_KINDS } from './deck.ts';

/** Where numbers and dates are as good as text: YAML makes them of what people write without quotes. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const query = z.string().min(1, 'must not be empty').describe('A query of the context repository.');

const texts = z.record(z.string(), text);

export const tableSpec = z.union([
  z.strictObject({ header: z.array(text), rows: z.array(z.array(text)) }),
  z.strictObject({
    query,
    columns: z.record(z.string(), z.string()).describe('Heading of each column to the field that it shows.'),
    limit: z.number().int().positive().optional().describe('How many rows at most.'),
  }),
]);

const kind = z.enum(CHART_KINDS, `must be one of ${CHART_KINDS.join(', ')}`);

export const chartSpec = z.union([
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
]);

export const imageSpec = z.strictObject({
  path: z.string().min(1, 'must not be empty').describe('A PNG or JPEG, relative to the file that names it.'),
  alt: z.string().default('').describe('What it shows, for those who do not see it.'),
});

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
  repeat: z
    .union([z.strictObject({ query }), z.array(texts)])
    .optional()
    .describe('One slide for each item, which its texts and queries call `item`.'),
});

export type TableSpec = z.infer<typeof tableSpec>;
export type ChartSpec = z.infer<typeof chartSpec>;
export type ImageSpec = z.infer<typeof imageSpec>;
export type SlideSpec = z.infer<typeof slideSpec>;
