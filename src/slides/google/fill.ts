import type { slides_v1 } from '@googleapis/slides';
import type { Table } from '../deck.ts';
import { placeOf } from './check.ts';
import type { Box, PresentSlide, Shape } from './presentation.ts';
import { type Tag, tagsOf } from './tags.ts';
import type { WantedSlide } from './wanted.ts';

type Request = slides_v1.Schema$Request;

/** A change of the presentation, and what it is for: `slide 3 (tickets), {{table: risks}}`. */
export interface Change {
  readonly where: string;
  readonly request: Request;
}

/** What a slide shows that is not in the deck itself. */
export interface Resources {
  /** With the charts; null when there are none. */
  readonly spreadsheet: string | null;
  /** Where Google can fetch an image, by its digest. */
  readonly imageUrl: (digest: string) => string;
}

/** Fills a duplicate of a layout's slide. */
export function fill(wanted: WantedSlide, draft: PresentSlide, resources: Resources): Change[] {
  const where = `slide ${wanted.label}`;
  const places = draft.shapes.flatMap((shape, index) => {
    const tag = placeOf(shape.text);
    return tag ? [{ shape, tag, id: `${wanted.id}_${index}` }] : [];
  });
  return [
    ...texts(wanted, draft, where),
    ...places.flatMap(({ shape, tag, id }) => [
      ...placed(wanted, tag, { id, box: shape.box, style: shape.style }, resources).map((request) => ({
        ...{ where: `${where}, ${tag.text}`, request },
      })),
      { where: `${where}, ${tag.text}`, request: { deleteObject: { objectId: shape.id } } },
    ]),
    ...notes(wanted, draft, where),
    {
      where,
      request: {
        updateSlideProperties: {
          ...{ objectId: wanted.id, fields: 'isSkipped', slideProperties: { isSkipped: false } },
        },
      },
    },
  ];
}

/**
 * Every tag becomes a mark that no text holds, and then every mark its text: otherwise a text that looks like a tag would be replaced
 * by the next one's.
 */
function texts({ id, slide }: WantedSlide, draft: PresentSlide, where: string): Change[] {
  const pages = [id, ...(draft.notes && slide.notes === null ? [draft.notes.page] : [])];
  const all = slide.notes === null ? `${draft.text}\n${draft.notes?.text ?? ''}` : draft.text;
  const tags = tagsOf(all).filter(({ kind }) => kind === 'var');
  const replace = (from: string, to: string): Request => ({
    replaceAllText: {
      ...{ containsText: { text: from, matchCase: true }, replaceText: to, pageObjectIds: pages },
    },
  });
  const mark = (index: number) => `[${id}.${index}]`;
  const textFor = ({ name }: Tag) => slide.vars[name] ?? '';
  return [
    ...tags.map((tag, index) => ({
      where: `${where}, ${tag.text}`,
      request: replace(tag.text, mark(index)),
    })),
    ...tags.map((tag, index) => ({
      where: `${where}, ${tag.text}`,
      request: replace(mark(index), isListIn(tag, draft) ? textFor(tag) : withoutLevels(textFor(tag))),
    })),
    ...draft.shapes.flatMap((shape) => {
      const tag = tags.find(({ text }) => text === shape.text.trim());
      return tag && hasLevels(textFor(tag))
        ? [{ where: `${where}, ${tag.text}`, request: levelsOf(shape) }]
        : [];
    }),
  ];
}

const hasLevels = (text: string) => /^\t/m.test(text);
const withoutLevels = (text: string) => text.replace(/^\t+/gm, '');
/** Levels belong to a shape's whole text. */
const isListIn = (tag: Tag, { shapes }: PresentSlide) => shapes.some(({ text }) => text.trim() === tag.text);

/** Counts the tabs before each paragraph, and takes them away. */
function levelsOf({ id }: Shape): Request {
  return {
    createParagraphBullets: {
      ...{ objectId: id, textRange: { type: 'ALL' }, bulletPreset: 'BULLET_DISC_CIRCLE_SQUARE' },
    },
  };
}

interface Place {
  /** Of what comes there. */
  readonly id: string;
  readonly box: Box;
  readonly style: slides_v1.Schema$TextStyle;
}

function placed(wanted: WantedSlide, { kind, name }: Tag, place: Place, resources: Resources): Request[] {
  switch (kind) {
    case 'table': {
      const table = wanted.slide.tables[name];
      const room = wanted.layout.tables[name]?.rows ?? 1;
      return table ? tableRequests(wanted.id, table, place, room) : [];
    }
    case 'chart': {
      const chart = wanted.charts.find((each) => each.name === name);
      if (!chart) return [];
      const series = chart.chart.series.map((each) => each.name).join(', ');
      return [
        {
          createSheetsChart: {
            ...{ objectId: place.id, spreadsheetId: resources.spreadsheet, chartId: chart.id },
            ...{ linkingMode: 'LINKED', elementProperties: placeIn(wanted.id, place.box) },
          },
        },
        altText(place.id, `A ${chart.chart.kind} chart: ${series}`),
      ];
    }
    case 'image': {
      const image = wanted.images.find((each) => each.name === name);
      if (!image) return [];
      const url = resources.imageUrl(image.digest);
      const elementProperties = placeIn(wanted.id, place.box);
      return [
        // Unlike replaceAllShapesWithImage it gives the image an id, by which its description is set.
        { createImage: { objectId: place.id, url, elementProperties } },
        ...(image.image.alt === '' ? [] : [altText(place.id, image.image.alt)]),
      ];
    }
    default:
      return [];
  }
}

const altText = (objectId: string, description: string): Request => ({
  updatePageElementAltText: { objectId, description },
});

function tableRequests(
  page: string,
  { header, rows }: Table,
  { id, box, style }: Place,
  room: number,
): Request[] {
  // As high as its rows are of those that there is room for.
  const height = Math.round((box.height * (rows.length + 1)) / (room + 1));
  const { fontFamily, fontSize, foregroundColor } = style;
  const own = {
    ...(fontFamily && { fontFamily }),
    ...(fontSize && { fontSize }),
    ...(foregroundColor && { foregroundColor }),
  };
  const cells = [header, ...rows].flatMap((row, rowIndex) =>
    row.flatMap((written, columnIndex) => {
      const text = withoutLevels(written);
      const cellLocation = { rowIndex, columnIndex };
      const look = rowIndex === 0 ? { ...own, bold: true } : own;
      const fields = Object.keys(look).join(',');
      // An empty cell has no text to style.
      if (text === '') return [];
      return [
        { insertText: { objectId: id, cellLocation, text, insertionIndex: 0 } },
        ...(fields === ''
          ? []
          : [
              {
                updateTextStyle: {
                  objectId: id,
                  cellLocation,
                  textRange: { type: 'ALL' },
                  style: look,
                  fields,
                },
              },
            ]),
        ...(isNumeric(rows, columnIndex)
          ? [
              {
                updateParagraphStyle: {
                  ...{ objectId: id, cellLocation, textRange: { type: 'ALL' } },
                  ...{ style: { alignment: 'END' }, fields: 'alignment' },
                },
              },
            ]
          : []),
      ];
    }),
  );
  return [
    {
      createTable: {
        ...{ objectId: id, rows: rows.length + 1, columns: header.length },
        elementProperties: placeIn(page, { ...box, height }),
      },
    },
    ...cells,
  ];
}

/** Columns of numbers are read from the right. */
function isNumeric(rows: Table['rows'], column: number): boolean {
  const filled = rows.map((row) => row[column] ?? '').filter((text) => text !== '');
  return filled.length > 0 && filled.every((text) => /^[-+−]?[\d.,' ]*\d\s?%?$/.test(text));
}

function placeIn(pageObjectId: string, { x, y, width, height }: Box): slides_v1.Schema$PageElementProperties {
  const emu = (magnitude: number) => ({ magnitude, unit: 'EMU' });
  return {
    pageObjectId,
    size: { width: emu(width), height: emu(height) },
    transform: { scaleX: 1, scaleY: 1, translateX: x, translateY: y, unit: 'EMU' },
  };
}

function notes({ slide }: WantedSlide, draft: PresentSlide, label: string): Change[] {
  if (slide.notes === null || draft.notes === null) return [];
  const { shape: objectId, text } = draft.notes;
  const where = `${label}, notes`;
  return [
    ...(text === '' ? [] : [{ where, request: { deleteText: { objectId, textRange: { type: 'ALL' } } } }]),
    ...(slide.notes === ''
      ? []
      : [{ where, request: { insertText: { objectId, text: slide.notes, insertionIndex: 0 } } }]),
  ];
}
