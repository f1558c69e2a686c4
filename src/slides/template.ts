import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { suggest } from '../config/suggest.ts';
import { ctxError } from '../core/errors/index.ts';
import { fillings, type SlideSpec, slideSpec } from './spec.ts';
import { readYaml } from './yaml-file.ts';

/** A slide of the template, and what it must be filled with. */
export interface Layout {
  /** The slide of the template's presentation, counted from 1. */
  readonly slide: number;
  readonly vars: readonly string[];
  /** How many columns and rows have room; the header is none of the rows. */
  readonly tables: Readonly<Record<string, { readonly columns: number; readonly rows: number }>>;
  readonly charts: readonly string[];
  readonly images: readonly string[];
}

export const PERIODS = ['week', 'month', 'quarter', 'year'] as const;

export interface Template {
  readonly name: string;
  readonly description: string;
  /** Absolute. */
  readonly folder: string;
  /** The presentation, absolute; null if the template has none. */
  readonly pptx: string | null;
  /** The presentation in Google Slides; null if the template has none. */
  readonly google: { readonly id: string } | null;
  /** What a deck is about unless it is asked for another: the last whole one. */
  readonly period: (typeof PERIODS)[number];
  readonly layouts: Readonly<Record<string, Layout>>;
  readonly title: string;
  /** What fills a tag that its slide does not fill itself. */
  readonly fillings: Fillings;
  /** What a deck holds unless its data say otherwise. */
  readonly slides: readonly SlideSpec[];
}

export type Fillings = Pick<SlideSpec, 'vars' | 'tables' | 'charts' | 'images'>;

const names = z.array(z.string()).default([]);

const schema = z.strictObject({
  description: z.string(),
  pptx: z.string().optional(),
  google: z.strictObject({ id: z.string().min(1, 'must not be empty') }).optional(),
  period: z.enum(PERIODS, `must be one of ${PERIODS.join(', ')}`).default('quarter'),
  title: z.string(),
  layouts: z.record(
    z.string(),
    z.strictObject({
      slide: z.number().int().positive(),
      vars: names,
      tables: z
        .record(
          z.string(),
          z.strictObject({ columns: z.number().int().positive(), rows: z.number().int().positive() }),
        )
        .default({}),
      charts: names,
      images: names,
    }),
  ),
  ...fillings,
  slides: z.array(slideSpec),
});

/** The file of a template's folder that describes it. */
export const TEMPLATE_FILE = 'template.yaml';

/** Reads a template's folder. Fails with `slides.unreadable` or `slides.invalid`. */
export async function readTemplate(folder: string): Promise<Template> {
  const file = join(folder, TEMPLATE_FILE);
  const { pptx, google, vars, tables, charts, images, ...rest } = await readYaml(file, schema);
  return {
    ...rest,
    name: basename(folder),
    folder,
    pptx: pptx === undefined ? null : join(folder, pptx),
    google: google ?? null,
    fillings: { vars, tables, charts, images },
  };
}

/** The folders of templates below others: of those with the same name the first one's. */
export async function templateFolders(places: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const place of places) {
    for (const name of await foldersIn(place)) {
      const folder = join(place, name);
      if (!found.has(name) && (await isThere(join(folder, TEMPLATE_FILE)))) found.set(name, folder);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The template of a name. Fails with `slides.unknown-template`. */
export async function findTemplate(name: string, places: readonly string[]): Promise<Template> {
  const folders = await templateFolders(places);
  const folder = folders.get(name);
  if (folder !== undefined) return await readTemplate(folder);
  const known = [...folders.keys()];
  throw ctxError('slides.unknown-template', { name, known, meant: suggest(name, known) ?? null, places });
}

async function foldersIn(place: string): Promise<string[]> {
  try {
    return await readdir(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
