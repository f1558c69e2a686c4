import type { Layout } from '../template.ts';
import { type Change, fill, type Resources } from './fill.ts';
import type { Presentation, PresentSlide } from './presentation.ts';
import { isLayoutId, isOurId, layoutId, type WantedSlide } from './wanted.ts';

/** What there is to do until the presentation is the deck. */
export interface Plan {
  /** Slides that are not there yet. */
  readonly missing: readonly WantedSlide[];
  /** Slides of ours that the deck no longer has, and duplicates that an interrupted run left. */
  readonly obsolete: readonly string[];
  /** Changes nothing that presentations show: layouts, and duplicates of them that are skipped. */
  readonly staging: readonly Change[];
  readonly isDone: boolean;
}

/**
 * `isNew` for a copy of the template, of which nothing but its layouts stays.
 *
 * A deck keeps a skipped slide for each layout at its end, for later runs to duplicate. What a slide is filled with can be told only
 * once its duplicate is there, for the places of its notes have ids that Google gives: so the duplicates are made first, skipped as
 * well, and then one request fills and shows them, and takes away what is no longer wanted.
 */
export function planOf(
  presentation: Presentation,
  wanted: readonly WantedSlide[],
  layouts: Readonly<Record<string, Layout>>,
  isNew: boolean,
): Plan {
  const present = new Map(presentation.slides.map((slide, index) => [slide.id, { slide, index }]));
  const firstLayout = presentation.slides.findIndex(({ id }) => isLayoutId(id));
  const isDraft = ({ id, isSkipped }: PresentSlide, index: number) =>
    isOurId(id) && !isLayoutId(id) && isSkipped && firstLayout >= 0 && index > firstLayout;
  const isThere = (id: string) => {
    const found = present.get(id);
    return found !== undefined && !isDraft(found.slide, found.index);
  };
  const missing = wanted.filter(({ id }) => !isThere(id));
  const ids = new Set(wanted.map(({ id }) => id));
  const obsolete = presentation.slides
    .map(({ id }) => id)
    .filter((id) => (isOurId(id) ? !isLayoutId(id) && !ids.has(id) : isNew));
  const staging = [
    ...(isNew && firstLayout < 0 ? layoutChanges(presentation, layouts) : []),
    ...missing
      .filter(({ id }) => !present.has(id))
      .flatMap(({ id, source, label }) => duplicate(source, id, `slide ${label}`)),
  ];
  const order = orderOf(presentation, obsolete, wanted);
  return {
    ...{ missing, obsolete, staging },
    isDone: missing.length === 0 && obsolete.length === 0 && order.length === 0,
  };
}

/** The template's slides get ids that are known in every copy. */
function layoutChanges({ slides }: Presentation, layouts: Readonly<Record<string, Layout>>): Change[] {
  const places = [...new Set(Object.values(layouts).map(({ slide }) => slide))];
  return places.flatMap((place) => {
    const source = slides[place - 1];
    const [name = '', layout] = Object.entries(layouts).find(([, { slide }]) => slide === place) ?? [];
    return source && layout ? duplicate(source.id, layoutId(layout), `layout ${name}`) : [];
  });
}

function duplicate(from: string, to: string, where: string): Change[] {
  return [
    { where, request: { duplicateObject: { objectId: from, objectIds: { [from]: to } } } },
    {
      where,
      request: {
        updateSlideProperties: { objectId: to, fields: 'isSkipped', slideProperties: { isSkipped: true } },
      },
    },
  ];
}

/** Makes the deck of a presentation in which all slides are there, as duplicates at least: one request, so all of it or nothing. */
export function switchTo(
  presentation: Presentation,
  wanted: readonly WantedSlide[],
  { missing, obsolete }: Plan,
  resources: Resources,
): Change[] {
  const drafts = new Map(presentation.slides.map((slide) => [slide.id, slide]));
  return [
    ...missing.flatMap((slide) => fill(slide, drafts.get(slide.id) as PresentSlide, resources)),
    ...obsolete.map((objectId) => ({ where: 'a slide that goes', request: { deleteObject: { objectId } } })),
    ...orderOf(presentation, obsolete, wanted),
  ];
}

/**
 * The slides of the deck as they follow each other. One that people added stays behind as many of ours as it was behind; layouts come
 * last.
 */
function orderOf(
  { slides }: Presentation,
  obsolete: readonly string[],
  wanted: readonly WantedSlide[],
): Change[] {
  const order = slides.map(({ id }) => id).filter((id) => !obsolete.includes(id));
  const added: { readonly id: string; readonly behind: number }[] = [];
  let ours = 0;
  let isBehindLayouts = false;
  for (const { id } of slides) {
    isBehindLayouts ||= isLayoutId(id);
    if (!isOurId(id) && !obsolete.includes(id))
      added.push({ id, behind: isBehindLayouts ? wanted.length : ours });
    else if (!isBehindLayouts) ours += 1;
  }
  const addedBehind = (count: number, isLast: boolean) =>
    added.filter(({ behind }) => (isLast ? behind >= count : behind === count)).map(({ id }) => id);
  const goal = [
    ...addedBehind(0, wanted.length === 0),
    ...wanted.flatMap(({ id }, index) => [id, ...addedBehind(index + 1, index + 1 === wanted.length)]),
  ].filter((id) => order.includes(id));
  const changes: Change[] = [];
  goal.forEach((id, index) => {
    const from = order.indexOf(id);
    if (from === index) return;
    order.splice(index, 0, ...order.splice(from, 1));
    changes.push({
      where: 'the order of the slides',
      request: { updateSlidesPosition: { slideObjectIds: [id], insertionIndex: index } },
    });
  });
  return changes;
}
