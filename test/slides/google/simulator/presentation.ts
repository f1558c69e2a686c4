/** A presentation as the simulator keeps it: less than Google's, and enough to see what a person would. */
export interface StoredPresentation {
  revision: number;
  slides: StoredSlide[];
}

export interface StoredSlide {
  id: string;
  isSkipped: boolean;
  elements: StoredElement[];
  notes: { page: string; shape: string; text: string };
}

export interface StoredElement {
  id: string;
  box: Box;
  description: string;
  /** Of a shape. */
  text?: StoredText;
  cells?: StoredText[][];
  /** What was fetched for an image, or imported, in base64. */
  image?: { content: string; sourceUrl: string };
  chart?: { spreadsheet: string; chart: number };
  children?: StoredElement[];
}

export interface StoredText {
  text: string;
  style: Record<string, unknown>;
  alignment?: string;
  /** Of each paragraph, once it is a list. */
  levels?: number[];
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function elementsOf(elements: readonly StoredElement[]): StoredElement[] {
  return elements.flatMap((element) => [element, ...elementsOf(element.children ?? [])]);
}

/** Every text that is shown on the slide. */
export function textsOf({ elements }: StoredSlide): StoredText[] {
  return elementsOf(elements).flatMap(({ text, cells }) => [
    ...(text ? [text] : []),
    ...(cells ?? []).flat(),
  ]);
}

/** As the API tells it. `imageUrl` is where an element's image can be fetched. */
export function toApi(
  presentationId: string,
  { revision, slides }: StoredPresentation,
  imageUrl: (element: StoredElement) => string,
) {
  return {
    ...{ presentationId, revisionId: `r${revision}` },
    slides: slides.map(({ id, isSkipped, elements, notes }) => ({
      objectId: id,
      pageElements: elements.map((element) => elementToApi(element, imageUrl)),
      slideProperties: {
        ...(isSkipped && { isSkipped }),
        notesPage: {
          objectId: notes.page,
          notesProperties: { speakerNotesObjectId: notes.shape },
          // The shape is there once something was written.
          pageElements:
            notes.text === ''
              ? []
              : [{ objectId: notes.shape, shape: { text: textToApi({ text: notes.text, style: {} }) } }],
        },
      },
    })),
  };
}

const emu = (magnitude: number) => ({ magnitude, unit: 'EMU' });

function elementToApi(element: StoredElement, imageUrl: (element: StoredElement) => string): unknown {
  const { id, box, description, text, cells, image, chart, children } = element;
  return {
    ...{ objectId: id, ...(description && { description }) },
    // Half the size, twice the scale, as shapes are that people have drawn larger.
    size: { width: emu(box.width / 2), height: emu(box.height / 2) },
    transform: { scaleX: 2, scaleY: 2, translateX: box.x, translateY: box.y, unit: 'EMU' },
    ...(text && { shape: { shapeType: 'TEXT_BOX', text: textToApi(text) } }),
    ...(cells && {
      table: {
        tableRows: cells.map((row) => ({ tableCells: row.map((cell) => ({ text: textToApi(cell) })) })),
      },
    }),
    ...(image && { image: { contentUrl: imageUrl(element), sourceUrl: image.sourceUrl } }),
    ...(chart && { sheetsChart: { spreadsheetId: chart.spreadsheet, chartId: chart.chart } }),
    ...(children && {
      transform: { scaleX: 1, scaleY: 1, unit: 'EMU' },
      elementGroup: { children: children.map((child) => elementToApi(child, imageUrl)) },
    }),
  };
}

/** The first characters are a run of their own, so that tags lie in several. */
function textToApi({ text, style }: StoredText) {
  const runs = text === '' ? [] : [text.slice(0, 3), text.slice(3)].filter((part) => part !== '');
  return {
    textElements: [
      ...(text === '' ? [] : [{ paragraphMarker: {} }]),
      ...runs.map((content, index) => ({
        textRun: { content: index === runs.length - 1 ? `${content}\n` : content, style },
      })),
    ],
  };
}
