import { suggest } from '../../config/suggest.ts';
import { ctxError } from '../../core/errors/index.ts';
import { layoutOf, slideName } from '../check.ts';
import type { DeckData } from '../data.ts';
import type { Chart, Deck, Image, Slide, Table } from '../deck.ts';
import type { Item, Knowledge } from '../query/knowledge.ts';
import { labelOf } from '../query/period.ts';
import { Queries } from '../query/query.ts';
import type { SlideSpec } from '../spec.ts';
import type { Fillings, Template } from '../template.ts';
import { chartOf, imageOf, itemsOf, tableOf } from './content.ts';
import { type Place, Texts } from './texts.ts';

/**
 * The deck that data and a template make of what a clone knows. Fails with an error of the catalogue (`slides.*`) that names
 * the slide.
 */
export async function resolveDeck(data: DeckData, template: Template, knowledge: Knowledge): Promise<Deck> {
  return await new Resolver(data, template, knowledge).deck();
}

class Resolver {
  readonly #data: DeckData;
  readonly #template: Template;
  readonly #given: Fillings;
  readonly #texts: Texts;
  /** Names of what is given for all slides, of which some slide made use. */
  readonly #used = new Set<string>();

  constructor(data: DeckData, template: Template, knowledge: Knowledge) {
    this.#data = data;
    this.#template = template;
    const [own, others] = [data.fillings, template.fillings];
    this.#given = {
      vars: {
        deck: data.title ?? template.title,
        period: labelOf(knowledge.period),
        ...others.vars,
        ...own.vars,
      },
      tables: { ...others.tables, ...own.tables },
      charts: { ...others.charts, ...own.charts },
      images: { ...others.images, ...own.images },
    };
    this.#texts = new Texts(new Queries(knowledge), this.#given.vars);
  }

  async deck(): Promise<Deck> {
    const specs = this.#data.slides ?? this.#template.slides;
    const slides: Slide[] = [];
    for (const spec of specs) {
      for (const item of await this.#repetitions(spec, slides.length)) {
        const place = { where: this.#where(slides.length, spec), item };
        if (await this.#isWanted(spec, place)) slides.push(await this.#slide(spec, slides.length, place));
      }
    }
    const title = await this.#texts.variable('deck', { where: this.#data.file, item: null });
    this.#checkUse();
    return { title, slides };
  }

  async #repetitions({ repeat, ...spec }: SlideSpec, index: number): Promise<readonly (Item | null)[]> {
    if (repeat === undefined) return [null];
    if (Array.isArray(repeat)) return repeat;
    const place = { where: this.#where(index, spec), item: null };
    return itemsOf(await this.#texts.ask(repeat.query, place), repeat.query, place);
  }

  async #isWanted({ when }: SlideSpec, place: Place): Promise<boolean> {
    return when === undefined || !['', '0'].includes(await this.#texts.fill(when, place));
  }

  async #slide(spec: SlideSpec, index: number, place: Place): Promise<Slide> {
    const [texts, given] = [this.#texts, this.#given];
    const layout = layoutOf(spec.layout, index + 1, this.#template);
    const vars: Record<string, string> = {};
    for (const [name, text] of Object.entries(spec.vars)) vars[name] = await texts.fill(text, place);
    for (const name of layout.vars) {
      if (!Object.hasOwn(vars, name) && texts.has(name)) vars[name] = await texts.variable(name, place);
    }
    const tables: Record<string, Table> = {};
    for (const [name, table] of this.#wanted(
      'tables',
      spec.tables,
      given.tables,
      Object.keys(layout.tables),
      place,
    ))
      tables[name] = await tableOf(table, texts, place);
    const charts: Record<string, Chart> = {};
    for (const [name, chart] of this.#wanted('charts', spec.charts, given.charts, layout.charts, place))
      charts[name] = await chartOf(chart, texts, place);
    const images: Record<string, Image> = {};
    for (const [name, image] of this.#wanted('images', spec.images, given.images, layout.images, place)) {
      const folder = this.#isOfData(image) ? this.#data.folder : this.#template.folder;
      images[name] = await imageOf(image, folder, texts, place);
    }
    const notes = spec.notes === null ? null : await texts.fill(spec.notes, place);
    return { layout: spec.layout, vars, tables, charts, images, notes };
  }

  /** What the slide itself has, or refers to, and what is given for all slides and has a place in its layout. */
  #wanted<T>(
    kind: 'tables' | 'charts' | 'images',
    own: Readonly<Record<string, T | string>>,
    given: Readonly<Record<string, T | string>>,
    places: readonly string[],
    place: Place,
  ): [string, T][] {
    const names = new Set([...Object.keys(own), ...places.filter((name) => Object.hasOwn(given, name))]);
    return [...names].map((name) => {
      const spec = own[name] ?? name;
      return [name, typeof spec === 'string' ? this.#referred(kind, spec, given, place) : spec];
    });
  }

  #referred<T>(
    kind: 'tables' | 'charts' | 'images',
    reference: string,
    given: Readonly<Record<string, T | string>>,
    { where }: Place,
  ): T {
    const names: string[] = [];
    let spec: T | string = reference;
    while (typeof spec === 'string') {
      const name: string = spec;
      if (names.includes(name)) throw ctxError('slides.circular-reference', { where, names });
      names.push(name);
      this.#used.add(`${kind}.${name}`);
      const next: T | string | undefined = Object.hasOwn(given, name) ? given[name] : undefined;
      if (next === undefined) {
        const known = Object.keys(given);
        const meant = suggest(name, known) ?? null;
        throw ctxError('slides.unknown-reference', { where, name: `${kind}: ${name}`, known, meant });
      }
      spec = next;
    }
    return spec;
  }

  #isOfData(image: object): boolean {
    const { fillings, slides = [] } = this.#data;
    return [fillings, ...slides].some(({ images }) => Object.values(images).some((each) => each === image));
  }

  /** A name that is given and nowhere used was meant for another. */
  #checkUse(): void {
    const { fillings } = this.#data;
    const used = [...this.#texts.used];
    const unused = [
      ...Object.keys(fillings.vars).filter((name) => !used.includes(name)),
      ...(['tables', 'charts', 'images'] as const).flatMap((kind) =>
        Object.keys(fillings[kind])
          .map((name) => `${kind}.${name}`)
          .filter((name) => !this.#used.has(name)),
      ),
    ];
    const [name] = unused;
    if (name === undefined) return;
    const known = [...Object.keys(this.#given.vars), ...this.#used].filter((each) => each !== name);
    const meant = suggest(name, known) ?? null;
    throw ctxError('slides.unused-variable', { template: this.#template.name, name, known, meant });
  }

  #where(index: number, spec: { readonly layout: string }): string {
    return `Slide ${slideName(index, spec)} of ${this.#template.name}`;
  }
}
