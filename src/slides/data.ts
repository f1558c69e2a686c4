import { dirname } from 'node:path';
import { z } from 'zod';
import type { AskedPeriod } from './query/period.ts';
import { fillings, type SlideSpec, slideSpec, text } from './spec.ts';
import type { Fillings } from './template.ts';
import { readYaml } from './yaml-file.ts';

/** What somebody gives for a deck, beside the template. */
export interface DeckData {
  readonly title?: string | undefined;
  readonly period?: AskedPeriod | undefined;
  /** What fills tags that their slides do not fill themselves; it goes before the template's of the same name. */
  readonly fillings: Fillings;
  /** In the place of the template's own. */
  readonly slides?: readonly SlideSpec[] | undefined;
  /** Where images are looked for. */
  readonly folder: string;
  /** How errors call it. */
  readonly file: string;
}

const schema = z.strictObject({
  title: text.optional(),
  period: z.strictObject({ since: text.optional(), until: text.optional() }).optional(),
  ...fillings,
  slides: z.array(slideSpec).optional(),
});

/** Reads a file of data. Fails with `slides.unreadable` and `slides.invalid`. */
export async function readData(file: string): Promise<DeckData> {
  const { title, period, slides, vars, tables, charts, images } = await readYaml(file, schema);
  return { title, period, slides, fillings: { vars, tables, charts, images }, folder: dirname(file), file };
}

export const NO_FILLINGS: Fillings = { vars: {}, tables: {}, charts: {}, images: {} };
