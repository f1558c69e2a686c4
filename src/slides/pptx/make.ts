import { readFile } from 'node:fs/promises';
import type { Document } from '@xmldom/xmldom';
import { imageSize } from 'image-size';
import JSZip from 'jszip';
import { Automizer, type ChartData, modify, NullLogger } from 'pptx-automizer';
import { ctxError } from '../../core/errors/index.ts';
import { checkDeck, layoutOf, slideName } from '../check.ts';
import type { Chart, Deck, Slide } from '../deck.ts';
import type { Template } from '../template.ts';
import { drawChart, drawTable } from './draw.ts';
import { DRAWN, finish } from './finish.ts';
import { writeNotes } from './notes.ts';
import { fitInto } from './place.ts';
import { checkLayout, type Presentation, readPresentation, type TemplateSlide } from './presentation.ts';
import { fillTexts, places, storable } from './tags.ts';

/**
 * A deck as the bytes of a presentation: the same deck and template give the same bytes. Fails with an error of the
 * catalogue (`slides.*`).
 */
export async function makePptx(deck: Deck, template: Template): Promise<Buffer> {
  await checkDeck(deck, template);
  const presentation = await readPresentation(template);
  const pages = await Promise.all(
    deck.slides.map((slide, index) => pageOf(slide, index, presentation, template)),
  );
  const automizer = automizerFor(presentation);
  for (const page of pages) addPage(automizer, page);
  try {
    const made = await (await automizer.getJSZip()).generateAsync({
      type: 'nodebuffer',
      compression: 'STORE',
    });
    const zip = await JSZip.loadAsync(made);
    await writeNotes(zip, deck);
    return await finish(zip, deck.title);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    throw ctxError(
      'slides.bad-presentation',
      { template: template.name, file: template.pptx ?? '', reason },
      error,
    );
  }
}

/** A slide, and the one of the template that it is made of. */
interface Page {
  readonly slide: Slide;
  readonly own: TemplateSlide;
  readonly rooms: Readonly<Record<string, { readonly rows: number }>>;
  readonly pictures: readonly Picture[];
}

interface Picture {
  readonly name: string;
  /** With its type, in base64. */
  readonly data: string;
  readonly alt: string;
  readonly size: { readonly width: number; readonly height: number };
}

async function pageOf(
  slide: Slide,
  index: number,
  presentation: Presentation,
  template: Template,
): Promise<Page> {
  const layout = layoutOf(slide.layout, index + 1, template);
  const own = checkLayout(index, slide.layout, layout, presentation, template);
  const pictures = await Promise.all(
    Object.entries(slide.images).map(async ([name, { path, alt }]) => {
      const bytes = await readFile(path);
      try {
        const { type, width, height } = imageSize(bytes);
        const data = `image/${type === 'png' ? 'png' : 'jpeg'};base64,${bytes.toString('base64')}`;
        return { name, data, alt, size: { width, height } };
      } catch (error) {
        const where = { template: template.name, slide: slideName(index, slide), tag: `{{image: ${name}}}` };
        throw ctxError('slides.bad-image', { ...where, path, problem: 'is damaged' }, error);
      }
    }),
  );
  return { slide, own, rooms: layout.tables, pictures };
}

function automizerFor({ bytes }: Presentation): Automizer {
  const automizer = new Automizer({ removeExistingSlides: true, logger: new NullLogger() });
  return automizer.loadRoot(bytes).load(bytes, 'template');
}

function addPage(automizer: Automizer, { slide, own, rooms, pictures }: Page): void {
  automizer.addSlide('template', own.number, (page) => {
    // Before anything is drawn, whose texts are to stay as they are.
    page.prepare((document) => fillSlide(document as unknown as Document, slide));
    for (const [name, chart] of Object.entries(slide.charts)) {
      if (own.frames.get(name) === 'chart') page.modifyElement(name, modify.setChartData(chartData(chart)));
    }
    for (const [name, { header, rows }] of Object.entries(slide.tables)) {
      if (own.frames.get(name) !== 'table') continue;
      const body = [header, ...rows].map((row) => ({ values: row.map(storable) }));
      page.modifyElement(name, modify.setTable({ body }));
    }
    page.generate((canvas) => {
      for (const [name, chart] of Object.entries(slide.charts)) {
        const box = own.places.get(`{{chart: ${name}}}`);
        if (box) drawChart(canvas, chart, box, storable(name));
      }
      for (const [name, table] of Object.entries(slide.tables)) {
        const box = own.places.get(`{{table: ${name}}}`);
        if (box) drawTable(canvas, table, box, rooms[name]?.rows ?? table.rows.length);
      }
      for (const { name, data, alt, size } of pictures) {
        const box = own.places.get(`{{image: ${name}}}`);
        if (box) canvas.addImage({ data, altText: storable(alt), ...fitInto(box, size) });
      }
    }, DRAWN);
  });
}

function fillSlide(document: Document, { vars }: Slide): void {
  for (const { shape } of places(document)) shape.parentNode?.removeChild(shape);
  fillTexts(document, vars);
}

function chartData({ categories, series }: Chart): ChartData {
  return {
    series: series.map(({ name }) => ({ label: storable(name) })),
    categories: categories.map((label, index) => ({
      label: storable(label),
      values: series.map(({ values }) => values[index] ?? null),
    })),
  };
}
