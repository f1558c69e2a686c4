import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import type { Deck, Slide } from '../../../src/slides/deck.ts';
import { createGoogleDecks, type GoogleDecksOptions } from '../../../src/slides/google/decks.ts';
import type { GoogleTemplate } from '../../../src/slides/google/wanted.ts';
import { fakeClock } from '../../harness/clock.ts';
import { MIME, type StoredFile } from './simulator/drive.ts';
import type { StoredElement, StoredSlide } from './simulator/presentation.ts';
import { GoogleSimulator } from './simulator/server.ts';

const INCH = 914_400;

function shape(id: string, text: string, at = 1): StoredElement {
  return {
    ...{ id, description: '', box: { x: at * INCH, y: INCH, width: 4 * INCH, height: 2 * INCH } },
    text: { text, style: { fontFamily: 'Lato', fontSize: { magnitude: 14, unit: 'PT' } } },
  };
}

function slide(id: string, elements: StoredElement[], notes = ''): StoredSlide {
  return { id, isSkipped: false, elements, notes: { page: `${id}-page`, shape: `${id}-notes`, text: notes } };
}

/** A presentation as a team would keep it: a page of instructions, and a slide for each layout. */
export function templateSlides(): StoredSlide[] {
  return [
    slide('howto', [shape('howto-text', 'How to use this template')]),
    slide(
      'cover',
      [shape('cover-title', '{{title}}'), shape('cover-sub', 'For {{audience}}, {{ period }}')],
      'Greet {{audience}}.',
    ),
    slide('tickets', [
      shape('tickets-title', '{{title}}'),
      {
        ...shape('tickets-group', ''),
        children: [shape('tickets-table', '{{table: tickets}}', 2), shape('tickets-foot', 'Source: Jira', 3)],
      },
    ]),
    slide('figures', [
      shape('figures-list', '{{points}}'),
      shape('figures-chart', '{{chart: trend}}', 2),
      shape('figures-image', '{{image: photo}}', 6),
    ]),
  ].map((each) => {
    for (const element of each.elements) if (element.children) delete element.text;
    return each;
  });
}

export function templateOf(id: string): GoogleTemplate {
  const none = { vars: [], tables: {}, charts: [], images: [] };
  return {
    name: 'review',
    ...{ description: '', folder: '', pptx: null, period: 'quarter', title: '', slides: [] },
    fillings: { vars: {}, tables: {}, charts: {}, images: {} },
    google: { id },
    layouts: {
      cover: { ...none, slide: 2, vars: ['title', 'audience', 'period'] },
      tickets: { ...none, slide: 3, vars: ['title'], tables: { tickets: { columns: 3, rows: 4 } } },
      figures: { ...none, slide: 4, vars: ['points'], charts: ['trend'], images: ['photo'] },
    },
  };
}

export function slideOf(layout: string, content: Partial<Slide> = {}): Slide {
  return { layout, vars: {}, tables: {}, charts: {}, images: {}, notes: null, ...content };
}

export const cover = (title = 'Quarterly review', content: Partial<Slide> = {}) =>
  slideOf('cover', { vars: { title, audience: 'the board', period: 'Q3' }, ...content });

export const tickets = (rows: readonly (readonly string[])[], title = 'Tickets') =>
  slideOf('tickets', { vars: { title }, tables: { tickets: { header: ['Key', 'Summary', 'Days'], rows } } });

export function figures(photo: string, values: readonly (number | null)[] = [1, null, 3]): Slide {
  return slideOf('figures', {
    vars: { points: 'First\n\tSecond' },
    charts: {
      trend: { kind: 'line', categories: ['Jul', 'Aug', 'Sep'], series: [{ name: 'Closed', values }] },
    },
    images: { photo: { path: photo, alt: 'A square' } },
  });
}

export const deckOf = (slides: readonly Slide[], title = 'Review Q3'): Deck => ({ title, slides });

/** A PNG of one pixel. */
export function pngOf(shade: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    ...[Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header)],
    ...[chunk('IDAT', deflateSync(Buffer.from([0, shade]))), chunk('IEND', Buffer.alloc(0))],
  ]);
}

export function imageFile(content: Uint8Array = pngOf(7), name = 'photo.png'): string {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-google-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export interface Situation {
  readonly google: GoogleSimulator;
  readonly templateFile: StoredFile;
  readonly template: GoogleTemplate;
  readonly warnings: string[];
  decks(options?: Partial<GoogleDecksOptions>): ReturnType<typeof createGoogleDecks>;
}

/** A Google with a template that may only be read. */
export async function situation(): Promise<Situation> {
  const google = await new GoogleSimulator().start();
  const templateFile = google.drive.add({
    ...{ name: 'Our template', mimeType: MIME.presentation, access: 'read' },
    permissions: [
      { type: 'user', role: 'owner' },
      { type: 'domain', role: 'reader' },
    ],
    presentation: { revision: 1, slides: templateSlides() },
  });
  const before = structuredClone(templateFile);
  onTestFinished(async () => {
    await google.stop();
    if (google.broken.length > 0) throw google.broken[0];
    // Whatever happened, nobody edited the template.
    if (JSON.stringify(google.drive.files.get(templateFile.id)) !== JSON.stringify(before))
      throw new Error('the template was changed');
  });
  const warnings: string[] = [];
  return {
    ...{ google, templateFile, template: templateOf(templateFile.id), warnings },
    decks(options = {}) {
      const decks = createGoogleDecks({
        ...{
          authorize: async () => 'Bearer token-1',
          rootUrl: google.url,
          signal: new AbortController().signal,
        },
        log: { ...silentLogger, warn: (message) => warnings.push(message) },
        clock: fakeClock(),
        ...options,
      });
      onTestFinished(() => decks.close());
      return decks;
    },
  };
}
