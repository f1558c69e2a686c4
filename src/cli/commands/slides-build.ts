import { basename, extname, resolve } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import { oneLine } from '../../core/one-line.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { ReadingRepo } from '../../git/reading.ts';
import { type DeckData, NO_FILLINGS, readData } from '../../slides/data.ts';
import type { Deck } from '../../slides/deck.ts';
import { makeDeck } from '../../slides/make-deck.ts';
import { readOutline } from '../../slides/outline.ts';
import { findTemplate, type Template } from '../../slides/template.ts';
import type { CommandContext } from '../command-context.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import type { GoogleOptions } from '../slides/google-deck.ts';
import type { Outcome } from '../slides/outcome.ts';
import { type TemplateOptions, templatePlaces } from '../slides/templates.ts';

export interface SlidesBuildOptions extends ReadingOptions, TemplateOptions, GoogleOptions {
  readonly template?: string;
  readonly data?: string;
  readonly output?: string;
  readonly target?: Target;
  readonly since?: string;
  readonly until?: string;
}

type Target = 'pptx' | 'google';

/** What an outline is shown with unless it is told. */
const DEFAULT_TEMPLATE = 'quarterly-review';

/** `ctx slides build`: a deck from a template, data or an outline, and what the repository knows. */
export async function slidesBuildCommand(
  outline: string | undefined,
  options: SlidesBuildOptions,
  context: CommandContext,
): Promise<number> {
  const { cwd, env, output, now } = context;
  const path = (text: string) => resolve(cwd, expandHome(text, homeOf(env)));
  if (outline === undefined && options.template === undefined)
    throw ctxError('slides.no-template', undefined);
  if (outline !== undefined && options.data !== undefined)
    throw ctxError('slides.data-and-outline', undefined);
  const template = await findTemplate(options.template ?? DEFAULT_TEMPLATE, templatePlaces(options, context));
  const target = options.target ?? (template.google === null ? 'pptx' : 'google');
  const data = await dataOf(outline && path(outline), options.data && path(options.data), template);
  await using repository = new OpenedOnce(() => openRepository(options, context));
  const { deck, period, notes } = await makeDeck({
    template,
    data,
    period: { since: options.since, until: options.until },
    now: new Date(now()),
    open: () => repository.open(),
  });
  const file = path(options.output ?? defaultName(outline, template));
  const outcome =
    target === 'google'
      ? await (await import('../slides/google-deck.ts')).googleDeck(deck, template, options, context)
      : await (options.dryRun ? tried(deck, template) : write(deck, template, file));
  for (const note of notes) output.warn(note);
  const { title, slides } = deck;
  if (options.json) {
    const { location, details } = outcome;
    output.json({ template: template.name, target, period, title, location, ...details, slides });
  } else {
    for (const [index, slide] of slides.entries()) output.print(slideLine(index, slide));
    for (const line of outcome.lines) output.print(oneLine(line));
    if (options.dryRun) output.info('Nothing was written.');
  }
  return 0;
}

async function dataOf(
  outline: string | undefined,
  file: string | undefined,
  template: Template,
): Promise<DeckData> {
  if (outline !== undefined) return await readOutline(outline, template);
  if (file !== undefined) return await readData(file);
  return { fillings: NO_FILLINGS, folder: template.folder, file: template.name };
}

function defaultName(outline: string | undefined, { name }: Template): string {
  return `${outline === undefined ? name : basename(outline, extname(outline))}.pptx`;
}

/** Makes all of it, so that a dry run finds what a real one would. */
async function tried(deck: Deck, template: Template): Promise<Outcome> {
  const { makePptx } = await import('../../slides/pptx/make.ts');
  await makePptx(deck, template);
  return { location: null, lines: [], details: {} };
}

async function write(deck: Deck, template: Template, file: string): Promise<Outcome> {
  const { writePptx } = await import('../../slides/pptx/write.ts');
  const { slides, location } = await writePptx(deck, template, file);
  return { location, lines: [`${slides} slides: ${location}`], details: {} };
}

function slideLine(index: number, { layout, vars, tables, charts }: Deck['slides'][number]): string {
  const rows = Object.values(tables).map((table) => `${table.rows.length} rows`);
  const parts = [
    oneLine(vars.title ?? ''),
    layout,
    ...rows,
    ...Object.values(charts).map(({ kind }) => `${kind} chart`),
  ];
  return `${String(index + 1).padStart(3)}  ${parts.filter((part) => part !== '').join(' · ')}`;
}

/** A repository that is opened when it is first needed, and closed if it was. */
class OpenedOnce implements AsyncDisposable {
  readonly #open: () => Promise<{ readonly repo: ReadingRepo }>;
  #repo: ReadingRepo | undefined;

  constructor(open: () => Promise<{ readonly repo: ReadingRepo }>) {
    this.#open = open;
  }

  async open(): Promise<ReadingRepo> {
    this.#repo ??= (await this.#open()).repo;
    return this.#repo;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#repo?.[Symbol.asyncDispose]();
  }
}
