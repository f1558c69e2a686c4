import { ApiError } from './api-error.ts';
import {
  elementsOf,
  type StoredElement,
  type StoredPresentation,
  type StoredText,
  textsOf,
} from './presentation.ts';

/** What requests reach beyond the presentation. */
export interface Surroundings {
  readonly newId: () => string;
  /** The image at an address; undefined if there is none, or it is not to be had without credentials. */
  readonly fetchImage: (url: string) => string | undefined;
  readonly hasChart: (spreadsheet: string, chart: number) => boolean;
}

interface Fields {
  readonly objectId: string;
  readonly [name: string]: unknown;
}

interface TextFields extends Fields {
  readonly cellLocation?: { readonly rowIndex?: number; readonly columnIndex?: number };
  readonly textRange?: { readonly type: string };
  readonly fields?: string;
}

type Apply = (presentation: StoredPresentation, fields: never, around: Surroundings) => unknown;

/** Applies all of them, or refuses with the number of the first that can't be. */
export function applyAll(
  presentation: StoredPresentation,
  requests: readonly Readonly<Record<string, unknown>>[],
  around: Surroundings,
): { presentation: StoredPresentation; replies: unknown[] } {
  const changed = structuredClone(presentation);
  const replies = requests.map((request, index) => {
    const [kind, ...others] = Object.keys(request);
    try {
      if (kind === undefined || others.length > 0) throw refusal('exactly one kind of request must be given');
      const apply = APPLY[kind];
      if (!apply) throw refusal('the simulator does not know it');
      return apply(changed, request[kind] as never, around) ?? {};
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(error.status, error.reason, `Invalid requests[${index}].${kind}: ${error.message}`);
    }
  });
  changed.revision += 1;
  return { presentation: changed, replies };
}

const refusal = (message: string) => new ApiError(400, 'INVALID_ARGUMENT', message);

const APPLY: Readonly<Record<string, Apply>> = {
  duplicateObject(
    presentation,
    { objectId, objectIds = {} }: Fields & { objectIds?: Record<string, string> },
    { newId },
  ) {
    const index = slideIndex(presentation, objectId);
    const copy = structuredClone(presentation.slides[index]) as StoredPresentation['slides'][number];
    const known = new Set([copy.id, ...elementsOf(copy.elements).map(({ id }) => id)]);
    for (const key of Object.keys(objectIds))
      if (!known.has(key)) throw refusal(`The object (${key}) is no part of what is duplicated.`);
    for (const id of Object.values(objectIds)) checkNewId(presentation, id);
    const renamed = (id: string) => objectIds[id] ?? newId();
    copy.id = renamed(copy.id);
    for (const element of elementsOf(copy.elements)) element.id = renamed(element.id);
    copy.notes = { ...copy.notes, page: newId(), shape: newId() };
    presentation.slides.splice(index + 1, 0, copy);
    return { duplicateObject: { objectId: copy.id } };
  },

  updateSlideProperties(
    presentation,
    { objectId, fields, slideProperties }: Fields & { slideProperties: { isSkipped?: boolean } },
  ) {
    if (fields !== 'isSkipped') throw refusal(`fields "${fields}" are not writable`);
    const slide = presentation.slides[slideIndex(presentation, objectId)];
    if (slide) slide.isSkipped = slideProperties.isSkipped ?? false;
  },

  updateSlidesPosition(
    presentation,
    { slideObjectIds, insertionIndex }: { slideObjectIds: string[]; insertionIndex?: number },
  ) {
    const { slides } = presentation;
    if (insertionIndex === undefined || insertionIndex < 0 || insertionIndex > slides.length)
      throw refusal('The insertion index is out of range.');
    const moved = slideObjectIds.map((id) => slides[slideIndex(presentation, id)]) as typeof slides;
    const places = moved.map((slide) => slides.indexOf(slide));
    if (places.some((place, index) => index > 0 && place <= (places[index - 1] ?? 0)))
      throw refusal('The slides should be in existing presentation order, without duplicates.');
    const before = slides.slice(0, insertionIndex).filter((slide) => !moved.includes(slide));
    const after = slides.slice(insertionIndex).filter((slide) => !moved.includes(slide));
    presentation.slides = [...before, ...moved, ...after];
  },

  deleteObject(presentation, { objectId }: Fields) {
    const index = presentation.slides.findIndex(({ id }) => id === objectId);
    if (index >= 0) {
      presentation.slides.splice(index, 1);
      return;
    }
    const drop = (elements: StoredElement[]): boolean => {
      const found = elements.findIndex(({ id }) => id === objectId);
      if (found >= 0) return elements.splice(found, 1).length > 0;
      return elements.some((element, place) => {
        if (!element.children || !drop(element.children)) return false;
        // A group of one is none.
        if (element.children.length < 2) elements.splice(place, 1, ...element.children);
        return true;
      });
    };
    if (!presentation.slides.some(({ elements }) => drop(elements)))
      throw refusal(`The object (${objectId}) could not be found.`);
  },

  replaceAllText(
    presentation,
    {
      containsText,
      replaceText = '',
      pageObjectIds = [],
    }: {
      containsText: { text: string; matchCase?: boolean };
      replaceText?: string;
      pageObjectIds?: string[];
    },
  ) {
    if (!containsText?.text) throw refusal('The text to match must not be empty.');
    const pages = presentation.slides.flatMap(({ id, notes }) => [id, notes.page]);
    for (const id of pageObjectIds)
      if (!pages.includes(id)) throw refusal(`The page (${id}) could not be found.`);
    const isMeant = (id: string) => pageObjectIds.length === 0 || pageObjectIds.includes(id);
    let occurrencesChanged = 0;
    const replace = (holder: { text: string }) => {
      const pattern = new RegExp(
        containsText.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
        containsText.matchCase ? 'g' : 'gi',
      );
      holder.text = holder.text.replace(pattern, () => {
        occurrencesChanged += 1;
        return replaceText;
      });
    };
    for (const slide of presentation.slides) {
      if (isMeant(slide.id)) textsOf(slide).forEach(replace);
      if (isMeant(slide.notes.page)) replace(slide.notes);
    }
    return { replaceAllText: { occurrencesChanged } };
  },

  createTable(
    presentation,
    { objectId, rows, columns, elementProperties }: Fields & { rows: number; columns: number },
  ) {
    if (!(rows > 0) || !(columns > 0)) throw refusal('A table has rows and columns.');
    const { scaleX, scaleY, shearX, shearY } = (elementProperties as Properties).transform;
    if (scaleX !== 1 || scaleY !== 1 || shearX || shearY)
      throw refusal('Table transforms must have a scale of 1.');
    add(presentation, objectId, elementProperties, {
      cells: Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => ({ text: '', style: {} })),
      ),
    });
    return { createTable: { objectId } };
  },

  createImage(presentation, { objectId, url, elementProperties }: Fields & { url: string }, { fetchImage }) {
    if (url.length > 2048) throw refusal('The provided image URL is too long.');
    const content = fetchImage(url);
    if (content === undefined)
      throw refusal(
        'There was a problem retrieving the image. The provided image should be publicly accessible.',
      );
    add(presentation, objectId, elementProperties, { image: { content, sourceUrl: url } });
    return { createImage: { objectId } };
  },

  createSheetsChart(
    presentation,
    {
      objectId,
      spreadsheetId,
      chartId,
      elementProperties,
      linkingMode,
    }: Fields & { spreadsheetId: string; chartId: number; linkingMode?: string },
    { hasChart },
  ) {
    if (!hasChart(spreadsheetId, chartId)) throw refusal(`Chart with id ${chartId} not found.`);
    if (linkingMode !== 'LINKED') throw refusal('the simulator knows linked charts only');
    add(presentation, objectId, elementProperties, { chart: { spreadsheet: spreadsheetId, chart: chartId } });
    return { createSheetsChart: { objectId } };
  },

  updatePageElementAltText(presentation, { objectId, description }: Fields & { description?: string }) {
    element(presentation, objectId).description = description ?? '';
  },

  insertText(presentation, fields: TextFields & { text?: string; insertionIndex?: number }) {
    const holder = textIn(presentation, fields);
    const { text = '', insertionIndex = 0 } = fields;
    if (text === '') throw refusal('The text to insert must not be empty.');
    if (insertionIndex > holder.text.length) throw refusal('The insertion index is out of range.');
    const kept = text.replace(/[\x00-\x08\x0c-\x1f\ue000-\uf8ff]/g, '');
    holder.text = holder.text.slice(0, insertionIndex) + kept + holder.text.slice(insertionIndex);
  },

  deleteText(presentation, fields: TextFields) {
    whole(fields);
    const holder = textIn(presentation, fields);
    if (holder.text === '') throw refusal('The range is empty.');
    holder.text = '';
  },

  updateTextStyle(presentation, fields: TextFields & { style: Record<string, unknown> }) {
    whole(fields);
    const holder = textIn(presentation, fields) as StoredText;
    if (holder.text === '') throw refusal('There is no text to style.');
    for (const name of masked(fields)) holder.style[name] = fields.style[name];
  },

  updateParagraphStyle(presentation, fields: TextFields & { style: { alignment?: string } }) {
    whole(fields);
    const holder = textIn(presentation, fields) as StoredText;
    if (masked(fields).join() !== 'alignment') throw refusal('the simulator knows alignment only');
    if (fields.style.alignment !== undefined) holder.alignment = fields.style.alignment;
  },

  createParagraphBullets(presentation, fields: TextFields) {
    whole(fields);
    const holder = textIn(presentation, fields) as StoredText;
    const paragraphs = holder.text.split('\n').map((line) => /^(\t*)(.*)$/s.exec(line) ?? ['', '', '']);
    holder.levels = paragraphs.map(([, tabs = '']) => tabs.length);
    holder.text = paragraphs.map(([, , text = '']) => text).join('\n');
  },
};

function slideIndex({ slides }: StoredPresentation, id: string): number {
  const index = slides.findIndex((slide) => slide.id === id);
  if (index < 0) throw refusal(`The object (${id}) could not be found.`);
  return index;
}

function element({ slides }: StoredPresentation, id: string): StoredElement {
  const found = slides.flatMap(({ elements }) => elementsOf(elements)).find((each) => each.id === id);
  if (!found) throw refusal(`The object (${id}) could not be found.`);
  return found;
}

function checkNewId({ slides }: StoredPresentation, id: unknown): void {
  if (typeof id !== 'string' || !/^\w[\w:-]{4,49}$/.test(id))
    throw refusal(`The object ID (${id}) is not valid.`);
  const ids = slides.flatMap((slide) => [
    ...[slide.id, slide.notes.page, slide.notes.shape],
    ...elementsOf(slide.elements).map((each) => each.id),
  ]);
  if (ids.includes(id)) throw refusal(`The object ID (${id}) should be unique.`);
}

interface Properties {
  readonly pageObjectId: string;
  readonly size: Readonly<Record<'width' | 'height', { readonly magnitude: number; readonly unit: string }>>;
  readonly transform: Readonly<Record<string, number>>;
}

function add(
  presentation: StoredPresentation,
  id: string,
  given: unknown,
  content: Partial<StoredElement>,
): void {
  checkNewId(presentation, id);
  const { pageObjectId, size, transform } = given as Properties;
  const slide = presentation.slides[slideIndex(presentation, pageObjectId)];
  const { translateX = 0, translateY = 0 } = transform;
  for (const { unit, magnitude } of Object.values(size))
    if (unit !== 'EMU' || !(magnitude > 0)) throw refusal('The size is not valid.');
  const box = { x: translateX, y: translateY, width: size.width.magnitude, height: size.height.magnitude };
  slide?.elements.push({ id, box, description: '', ...content });
}

function textIn(presentation: StoredPresentation, { objectId, cellLocation }: TextFields): { text: string } {
  const notes = presentation.slides.find((slide) => slide.notes.shape === objectId)?.notes;
  if (notes) return notes;
  const found = element(presentation, objectId);
  const cell = cellLocation && found.cells?.[cellLocation.rowIndex ?? 0]?.[cellLocation.columnIndex ?? 0];
  const holder = found.cells ? cell : found.text;
  if (!holder) throw refusal(`The object (${objectId}) does not allow text editing there.`);
  return holder;
}

function whole({ textRange }: TextFields): void {
  if (textRange?.type !== 'ALL') throw refusal('the simulator knows whole texts only');
}

function masked({ fields }: TextFields): string[] {
  if (!fields) throw refusal('At least one field must be listed in fields.');
  return fields.split(',');
}
