import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import type { Deck } from '../deck.ts';
import type { Layout } from '../template.ts';
import type { GoogleApis } from './apis.ts';
import { ATTEMPTS, change, conflictIn, locationOf, read } from './changes.ts';
import type { ChartSheets } from './charts.ts';
import { checkSlides } from './check.ts';
import type { File, Files } from './files.ts';
import { type ImageFile, imagesOf } from './image-files.ts';
import { withImageUrls } from './images.ts';
import { planOf, switchTo } from './plan.ts';
import type { Presentation } from './presentation.ts';
import { type GoogleTemplate, layoutId, type WantedSlide } from './wanted.ts';

/** What a deck is made of, and with. */
export interface Work {
  readonly deck: Deck;
  readonly template: GoogleTemplate;
  readonly templateFile: File;
  readonly folder: string;
  /** The shared drive that the deck is in, if it is in one. */
  readonly drive: string | undefined;
  /** What decks of this template and title are found by. */
  readonly key: string;
  /** By their paths. */
  readonly images: ReadonlyMap<string, ImageFile>;
  readonly wanted: readonly WantedSlide[];
  readonly present: File | undefined;
  readonly abandoned: readonly File[];
  readonly apis: GoogleApis;
  readonly files: Files;
  readonly charts: ChartSheets;
}

export interface Changes {
  readonly isDone: boolean;
  readonly added: number;
  readonly removed: number;
}

/** What takes things away again, also when the run was stopped. */
export interface Tidying {
  readonly apis: () => Promise<GoogleApis>;
  readonly discard: Files['discard'];
  readonly log: Logger;
}

/** Makes the presentation the deck; on a conflict with others anew, from what they left. */
export async function bring(work: Work, file: File, isNew: boolean, tidying: Tidying): Promise<Changes> {
  const { apis, wanted, template, charts } = work;
  let changes: Changes = { isDone: true, added: 0, removed: 0 };
  for (let attempt = 1; ; attempt += 1) {
    let presentation = await read(apis, file);
    if (!isNew) checkAgainst(work, file, presentation);
    const plan = planOf(presentation, wanted, template.layouts, isNew);
    if (attempt === 1)
      changes = { isDone: plan.isDone, added: plan.missing.length, removed: plan.obsolete.length };
    if (plan.isDone) {
      if (!changes.isDone && !isNew) await tidyCharts(work, file, presentation, tidying);
      return changes;
    }
    if (attempt > ATTEMPTS) throw ctxError('google.conflict', conflictIn(file));
    try {
      await change(apis, presentation, plan.staging);
      if (plan.staging.length > 0) presentation = await read(apis, file);
      const ready = planOf(presentation, wanted, template.layouts, isNew);
      // Others took a duplicate away again: from the beginning.
      if (ready.staging.length > 0) throw ctxError('google.conflict', conflictIn(file));
      const withCharts = ready.missing.filter((slide) => slide.charts.length > 0);
      const spreadsheet = withCharts.length > 0 ? await charts.prepare(file, withCharts) : null;
      const images = imagesOf(ready.missing, work.images);
      await withImageUrls(images, { ...work, deck: file, discard: tidying.discard }, (imageUrl) =>
        change(apis, presentation, switchTo(presentation, wanted, ready, { spreadsheet, imageUrl })),
      );
      // Read again: the next round finds nothing to do.
    } catch (error) {
      const isConflict = isCtxError(error) && error.is('google.conflict');
      if (isConflict && attempt < ATTEMPTS) continue;
      if (!isNew) await withdraw(work, file, tidying);
      throw error;
    }
  }
}

async function tidyCharts(
  { charts }: Work,
  file: File,
  presentation: Presentation,
  { log }: Tidying,
): Promise<void> {
  try {
    await charts.tidy(file, presentation);
  } catch (error) {
    if (!isCtxError(error)) throw error;
    // The deck is what it should be, and the next change of it takes them away.
    log.warn(
      `${locationOf(file)}: charts that it no longer shows are left in its spreadsheet: ${error.message}`,
    );
  }
}

/** Takes duplicates away that were made for a change that came to nothing. */
async function withdraw({ wanted, template }: Work, file: File, tidying: Tidying): Promise<void> {
  try {
    const apis = await tidying.apis();
    const presentation = await read(apis, file);
    const { missing } = planOf(presentation, wanted, template.layouts, false);
    const drafts = missing.filter(({ id }) => presentation.slides.some((slide) => slide.id === id));
    const requests = drafts.map(({ id, label }) => ({
      ...{ where: `slide ${label}`, request: { deleteObject: { objectId: id } } },
    }));
    await change(apis, presentation, requests);
  } catch (error) {
    if (!isCtxError(error)) throw error;
    // Presentations pass over them, and the next run takes them away.
    tidying.log.warn(`${locationOf(file)}: skipped slides are left at its end: ${error.message}`);
  }
}

/** New slides are made from the deck's own layouts: fails with `slides.*`, or with `google.layout-gone`. */
export function checkAgainst({ deck, template }: Work, file: File, { slides }: Presentation): void {
  checkSlides(deck, template, (layout: Layout, name: string) => {
    const found = slides.find(({ id }) => id === layoutId(layout));
    if (found) return found;
    throw ctxError('google.layout-gone', {
      template: template.name,
      layout: name,
      location: locationOf(file),
    });
  });
}
