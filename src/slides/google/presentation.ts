import type { slides_v1 } from '@googleapis/slides';

/** A presentation as it is there, as far as decks are made from it and in it. */
export interface Presentation {
  readonly id: string;
  /** What a change must be based on. */
  readonly revision: string;
  readonly slides: readonly PresentSlide[];
}

export interface PresentSlide {
  readonly id: string;
  /** Whether presentations pass over it. */
  readonly isSkipped: boolean;
  /** Those of groups too, where they are on the slide. */
  readonly shapes: readonly Shape[];
  /** All that can be read on the slide. */
  readonly text: string;
  readonly notes: Notes | null;
  readonly charts: readonly LinkedChart[];
  /** Where its images can be fetched for a while, in their order. */
  readonly images: readonly string[];
}

export interface Shape {
  readonly id: string;
  /** Without the line break at its end. */
  readonly text: string;
  readonly box: Box;
  /** Of the beginning of its text. */
  readonly style: slides_v1.Schema$TextStyle;
}

/** On the slide, in EMU: 914,400 are an inch. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Notes {
  /** Of the page. */
  readonly page: string;
  /** Where their text is written, also if there is none yet. */
  readonly shape: string;
  readonly text: string;
}

interface LinkedChart {
  readonly spreadsheet: string;
  readonly chart: number;
}

type Element = slides_v1.Schema$PageElement;
type Transform = Required<
  Record<'scaleX' | 'scaleY' | 'shearX' | 'shearY' | 'translateX' | 'translateY', number>
>;

/** What is read of a presentation: https://developers.google.com/workspace/slides/api/guides/performance#partial */
export const FIELDS =
  'presentationId,revisionId,slides(objectId,pageElements,slideProperties(isSkipped,notesPage))';

export function presentationOf(answer: slides_v1.Schema$Presentation): Presentation {
  return {
    id: answer.presentationId ?? '',
    revision: answer.revisionId ?? '',
    slides: (answer.slides ?? []).map(slideOf),
  };
}

function slideOf({ objectId, pageElements, slideProperties }: slides_v1.Schema$Page): PresentSlide {
  const placed = (pageElements ?? []).flatMap((element) => placedOf(element, IDENTITY));
  const notesPage = slideProperties?.notesPage;
  const notesShape = notesPage?.notesProperties?.speakerNotesObjectId;
  const shapes = placed.flatMap(({ element, transform }) => shapeOf(element, transform));
  const cells = placed.flatMap(({ element: { table } }) =>
    (table?.tableRows ?? []).flatMap(({ tableCells }) => (tableCells ?? []).map(({ text }) => textOf(text))),
  );
  return {
    id: objectId ?? '',
    isSkipped: slideProperties?.isSkipped ?? false,
    shapes,
    text: [...shapes.map(({ text }) => text), ...cells].join('\n'),
    notes: notesShape
      ? {
          page: notesPage?.objectId ?? '',
          shape: notesShape,
          text: textOf(notesPage?.pageElements?.find(({ objectId: id }) => id === notesShape)?.shape?.text),
        }
      : null,
    charts: placed.flatMap(({ element: { sheetsChart } }) =>
      sheetsChart?.spreadsheetId
        ? [{ spreadsheet: sheetsChart.spreadsheetId, chart: sheetsChart.chartId ?? 0 }]
        : [],
    ),
    images: placed.flatMap(({ element: { image } }) => (image?.contentUrl ? [image.contentUrl] : [])),
  };
}

const IDENTITY: Transform = { scaleX: 1, scaleY: 1, shearX: 0, shearY: 0, translateX: 0, translateY: 0 };
const EMU_PER_POINT = 12_700;

function placedOf(element: Element, outer: Transform): { element: Element; transform: Transform }[] {
  const transform = within(outer, transformOf(element.transform));
  const children = element.elementGroup?.children ?? [];
  return children.length > 0
    ? children.flatMap((child) => placedOf(child, transform))
    : [{ element, transform }];
}

/** What is not given is 0, scales too: https://developers.google.com/workspace/slides/api/guides/transform */
function transformOf(given: slides_v1.Schema$AffineTransform | null | undefined): Transform {
  if (!given) return IDENTITY;
  const unit = given.unit === 'PT' ? EMU_PER_POINT : 1;
  return {
    ...{ scaleX: given.scaleX ?? 0, scaleY: given.scaleY ?? 0 },
    ...{ shearX: given.shearX ?? 0, shearY: given.shearY ?? 0 },
    ...{ translateX: (given.translateX ?? 0) * unit, translateY: (given.translateY ?? 0) * unit },
  };
}

function within(outer: Transform, inner: Transform): Transform {
  return {
    scaleX: outer.scaleX * inner.scaleX + outer.shearX * inner.shearY,
    shearX: outer.scaleX * inner.shearX + outer.shearX * inner.scaleY,
    translateX: outer.scaleX * inner.translateX + outer.shearX * inner.translateY + outer.translateX,
    shearY: outer.shearY * inner.scaleX + outer.scaleY * inner.shearY,
    scaleY: outer.shearY * inner.shearX + outer.scaleY * inner.scaleY,
    translateY: outer.shearY * inner.translateX + outer.scaleY * inner.translateY + outer.translateY,
  };
}

function shapeOf({ objectId, shape, size }: Element, transform: Transform): Shape[] {
  if (!shape) return [];
  const runs = (shape.text?.textElements ?? []).flatMap(({ textRun }) => textRun ?? []);
  return [
    {
      id: objectId ?? '',
      text: textOf(shape.text),
      style: runs.find(({ content }) => content?.trim())?.style ?? {},
      box: {
        ...{ x: Math.round(transform.translateX), y: Math.round(transform.translateY) },
        width: Math.round(lengthOf(size?.width) * Math.abs(transform.scaleX)),
        height: Math.round(lengthOf(size?.height) * Math.abs(transform.scaleY)),
      },
    },
  ];
}

function lengthOf(dimension: slides_v1.Schema$Dimension | null | undefined): number {
  return (dimension?.magnitude ?? 0) * (dimension?.unit === 'PT' ? EMU_PER_POINT : 1);
}

function textOf(text: slides_v1.Schema$TextContent | null | undefined): string {
  const parts = (text?.textElements ?? []).map(
    ({ textRun, autoText }) => textRun?.content ?? autoText?.content ?? '',
  );
  return parts.join('').replace(/\n$/, '');
}
