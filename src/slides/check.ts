import { open } from 'node:fs/promises';
import { suggest } from '../config/suggest.ts';
import { ctxError, isCtxError } from '../core/errors/index.ts';
import type { Chart, Deck, Image, Slide, Table } from './deck.ts';
import type { Layout, Template } from './template.ts';

/** Checks that each slide fills its layout, and fits into it: whatever the target, before anything is written. */
export async function checkDeck(deck: Deck, template: Template): Promise<void> {
  for (const [index, slide] of deck.slides.entries()) {
    const layout = layoutOf(slide.layout, index + 1, template);
    const check = new SlideCheck(template.name, slideName(index, slide));
    check.names(slide, layout);
    for (const [name, table] of Object.entries(slide.tables)) {
      check.table(name, table, layout.tables[name] as Layout['tables'][string]);
    }
    for (const [name, chart] of Object.entries(slide.charts)) check.chart(name, chart);
    for (const [name, image] of Object.entries(slide.images)) await check.image(name, image);
  }
}

/** How errors name a slide: `3 (tickets)`. */
export function slideName(index: number, { layout }: { readonly layout: string }): string {
  return `${index + 1} (${layout})`;
}

/** Fails with `slides.unknown-layout`. */
export function layoutOf(name: string, slide: number, template: Template): Layout {
  const layout = Object.hasOwn(template.layouts, name) ? template.layouts[name] : undefined;
  if (layout !== undefined) return layout;
  const known = Object.keys(template.layouts);
  const meant = suggest(name, known) ?? null;
  throw ctxError('slides.unknown-layout', { template: template.name, slide, name, known, meant });
}

/** What a layout must be filled with: its tags, as they are written. */
export function tagsOf(layout: Layout): string[] {
  return [
    ...layout.vars.map((name) => `{{${name}}}`),
    ...Object.keys(layout.tables).map((name) => `{{table: ${name}}}`),
    ...layout.charts.map((name) => `{{chart: ${name}}}`),
    ...layout.images.map((name) => `{{image: ${name}}}`),
  ];
}

class SlideCheck {
  readonly #template: string;
  readonly #slide: string;

  constructor(template: string, slide: string) {
    this.#template = template;
    this.#slide = slide;
  }

  names(slide: Slide, layout: Layout): void {
    const given = tagsOf({
      slide: layout.slide,
      vars: Object.keys(slide.vars),
      tables: Object.fromEntries(Object.keys(slide.tables).map((name) => [name, { columns: 1, rows: 1 }])),
      charts: Object.keys(slide.charts),
      images: Object.keys(slide.images),
    });
    const wanted = tagsOf(layout);
    for (const tag of given) {
      if (wanted.includes(tag)) continue;
      const meant = suggest(tag, wanted) ?? null;
      throw ctxError('slides.unknown-variable', {
        template: this.#template,
        slide: this.#slide,
        name: tag,
        known: wanted,
        meant,
      });
    }
    const missing = wanted.find((tag) => !given.includes(tag));
    if (missing !== undefined) throw ctxError('slides.unfilled', this.#tag(missing));
  }

  table(name: string, { header, rows }: Table, room: Layout['tables'][string]): void {
    const tag = this.#tag(`{{table: ${name}}}`);
    const uneven = rows.findIndex((row) => row.length !== header.length);
    if (uneven >= 0) {
      const problem = `has ${header.length} columns, and ${rows[uneven]?.length} cells in row ${uneven + 1}`;
      throw ctxError('slides.uneven', { ...tag, problem });
    }
    if (rows.length > room.rows)
      throw ctxError('slides.table-too-long', { ...tag, rows: rows.length, room: room.rows });
    if (header.length > room.columns)
      throw ctxError('slides.table-too-wide', { ...tag, columns: header.length, room: room.columns });
  }

  chart(name: string, { kind, categories, series }: Chart): void {
    const tag = this.#tag(`{{chart: ${name}}}`);
    if (categories.length === 0 || series.length === 0)
      throw ctxError('slides.uneven', { ...tag, problem: 'has nothing to show' });
    const uneven = series.find(({ values }) => values.length !== categories.length);
    if (uneven !== undefined) {
      const problem = `has ${categories.length} categories, and ${uneven.values.length} values in a series`;
      throw ctxError('slides.uneven', { ...tag, problem });
    }
    if (kind === 'pie' && series.length !== 1)
      throw ctxError('slides.uneven', { ...tag, problem: `is a pie of ${series.length} series, not of one` });
  }

  async image(name: string, { path }: Image): Promise<void> {
    const tag = this.#tag(`{{image: ${name}}}`);
    const problem = await problemOfImage(path);
    if (problem !== null) throw ctxError('slides.bad-image', { ...tag, path, problem });
  }

  #tag(tag: string) {
    return { template: this.#template, slide: this.#slide, tag };
  }
}

const SIGNATURES = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from([0xff, 0xd8, 0xff])];

async function problemOfImage(path: string): Promise<string | null> {
  try {
    await using file = await open(path);
    const { buffer } = await file.read({ buffer: Buffer.alloc(8) });
    const isKnown = SIGNATURES.some((signature) => buffer.subarray(0, signature.length).equals(signature));
    return isKnown ? null : 'is neither PNG nor JPEG';
  } catch (error) {
    if (isCtxError(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown'})`;
  }
}
