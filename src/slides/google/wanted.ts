import { createHash } from 'node:crypto';
import { slideName } from '../check.ts';
import type { Deck, Image, Slide } from '../deck.ts';
import type { Layout, Template } from '../template.ts';

/** A template that has a presentation in Google Slides. */
export type GoogleTemplate = Template & { readonly google: NonNullable<Template['google']> };

/** A slide as the deck is to have it. */
export interface WantedSlide {
  /** The same for the same content, so that a slide that is there already is left as it is, with what people did to it. */
  readonly id: string;
  readonly slide: Slide;
  readonly layout: Layout;
  /** The slide that it is a duplicate of. */
  readonly source: string;
  /** As errors name it: `3 (tickets)`. */
  readonly label: string;
  readonly charts: readonly WantedChart[];
  readonly images: readonly WantedImage[];
}

export interface WantedChart {
  readonly name: string;
  /** In the spreadsheet, of the chart and of the sheet with its values. */
  readonly id: number;
  readonly chart: Slide['charts'][string];
}

export interface WantedImage {
  readonly name: string;
  readonly digest: string;
  readonly image: Image;
}

/** Begins the ids of all slides that are ours. */
const OURS = 'ctx_';
const OUR_LAYOUTS = `${OURS}layout_`;

/** Raised when the same content is written in another way. */
const FORMAT = 1;

export function layoutId(layout: Layout): string {
  return `${OUR_LAYOUTS}${layout.slide}`;
}

export const isLayoutId = (id: string) => id.startsWith(OUR_LAYOUTS);
export const isOurId = (id: string) => id.startsWith(OURS);

/** `digests` are those of the images' bytes, by their paths. */
export function wantedSlides(
  deck: Deck,
  template: GoogleTemplate,
  digests: ReadonlyMap<string, string>,
): WantedSlide[] {
  const times = new Map<string, number>();
  return deck.slides.map((slide, index) => {
    const layout = template.layouts[slide.layout] as Layout;
    const images = Object.entries(slide.images).map(([name, image]) => ({
      ...{ name, image, digest: digests.get(image.path) ?? '' },
    }));
    const content = {
      ...{ format: FORMAT, template: template.google.id, place: layout.slide, room: layout.tables },
      ...{ vars: slide.vars, tables: slide.tables, charts: slide.charts, notes: slide.notes },
      images: Object.fromEntries(images.map(({ name, digest, image }) => [name, [digest, image.alt]])),
    };
    const digest = digestOf(JSON.stringify(sorted(content))).slice(0, 24);
    const time = (times.get(digest) ?? 0) + 1;
    times.set(digest, time);
    const id = `${OURS}${digest}_${time}`;
    return {
      ...{ id, slide, layout, source: layoutId(layout), label: slideName(index, slide), images },
      charts: Object.entries(slide.charts).map(([name, chart]) => ({
        ...{ name, chart, id: numberOf(`${id} ${name}`) },
      })),
    };
  });
}

export function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Positive, and below 2^31, as ids of sheets and charts must be. */
function numberOf(text: string): number {
  return (Number.parseInt(digestOf(text).slice(0, 8), 16) % 0x7fff_fffe) + 1;
}

/** In which order names were given is no part of the content. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, entry]) => [name, sorted(entry)]));
}
