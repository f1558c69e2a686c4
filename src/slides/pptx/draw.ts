import type { Automizer } from 'pptx-automizer';
import type { Chart, Table } from '../deck.ts';
import type { Box } from './place.ts';
import { storable } from './tags.ts';

type Page = Parameters<NonNullable<Parameters<Automizer['addSlide']>[2]>>[0];
/** What draws on a slide, by PptxGenJS. Colours are those of the template's theme. */
export type Canvas = Parameters<Parameters<Page['generate']>[0]>[0];
type ChartOptions = NonNullable<Parameters<Canvas['addChart']>[2]>;
type TableCell = Parameters<Canvas['addTable']>[0][number][number];
type CellOptions = NonNullable<TableCell['options']>;
type Border = Extract<CellOptions['border'], readonly unknown[]>[number];

const FONT = '+mn-lt';
const ACCENTS = ['accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6'];

export function drawChart(canvas: Canvas, chart: Chart, box: Box, alt: string): void {
  const { kind, categories, series } = chart;
  const isPie = kind === 'pie';
  const data = series.map(({ name, values }) => ({
    name: storable(name),
    labels: categories.map(storable),
    values: [...values],
  }));
  const tellsValues = categories.length * series.length <= 24;
  const colours = Math.max(series.length, isPie ? categories.length : 1);
  canvas.addChart(kind === 'line' ? 'line' : isPie ? 'pie' : 'bar', data, {
    ...box,
    altText: alt,
    // With fewer than there are, PptxGenJS draws some by lot.
    chartColors: Array.from({ length: colours }, (_, index) => ACCENTS[index % ACCENTS.length] as string),
    showLegend: isPie || series.length > 1,
    legendPos: isPie ? 'r' : 't',
    legendFontFace: FONT,
    legendFontSize: 12,
    legendColor: 'tx2',
    ...(isPie ? pieOptions : axesOptions),
    ...(kind === 'bar' && horizontal),
    ...(kind === 'column' && { barDir: 'col' }),
    ...(kind === 'line' && { lineSize: 2.5, lineDataSymbolSize: 7 }),
    ...((kind === 'bar' || kind === 'column') && {
      barGapWidthPct: 60,
      showValue: tellsValues,
      valAxisHidden: tellsValues,
      dataLabelPosition: 'outEnd',
    }),
    ...(data.every(({ values }) => values.every((value) => Number.isInteger(value ?? 0))) && {
      dataLabelFormatCode: '#,##0',
      valAxisLabelFormatCode: '#,##0',
    }),
  });
}

/** The first category on top. PptxGenJS writes this orientation as it does the other, which alone its types know. */
const horizontal = { barDir: 'bar', catAxisOrientation: 'maxMin' as 'minMax' } as const;

const axesOptions: ChartOptions = {
  catAxisLabelFontFace: FONT,
  catAxisLabelFontSize: 12,
  catAxisLabelColor: 'tx2',
  catAxisLineShow: true,
  catAxisLineColor: 'bg2',
  valAxisLabelFontFace: FONT,
  valAxisLabelFontSize: 11,
  valAxisLabelColor: 'tx2',
  valAxisLineShow: false,
  valAxisMinVal: 0,
  valGridLine: { style: 'none' },
  dataLabelFontFace: FONT,
  dataLabelFontSize: 12,
  dataLabelColor: 'tx1',
};

const pieOptions: ChartOptions = {
  showPercent: true,
  showValue: false,
  showLeaderLines: false,
  dataLabelFontFace: FONT,
  dataLabelFontSize: 12,
  dataLabelColor: 'bg1',
  dataBorder: { pt: 1, color: 'bg1' },
};

/** In points. */
const SIZES = { largest: 16, smallest: 10 };

export function drawTable(canvas: Canvas, { header, rows }: Table, box: Box, room: number): void {
  // A few rows need not be as small as many.
  const rowHeight = box.h / (Math.max(rows.length, room * 0.7) + 1);
  const fontSize = Math.max(SIZES.smallest, Math.min(SIZES.largest, Math.floor(rowHeight * 72 * 0.42)));
  const cell = (text: string, options: CellOptions): TableCell => ({
    text: storable(text),
    options: { ...options, border: [none, none, line, none] },
  });
  canvas.addTable(
    [
      header.map((text) =>
        cell(text, { bold: true, color: 'accent1', fontSize: Math.max(10, fontSize - 2) }),
      ),
      ...rows.map((row) => row.map((text, index) => cell(text, index === 0 ? { bold: true } : {}))),
    ],
    {
      x: box.x,
      y: box.y,
      w: box.w,
      colW: columnWidths(header, rows, box.w),
      rowH: rowHeight,
      fontFace: FONT,
      fontSize,
      color: 'tx1',
      valign: 'middle',
      margin: [2, 8, 2, 2],
    },
  );
}

const none: Border = { type: 'none' };
const line: Border = { type: 'solid', pt: 0.75, color: 'bg2' };

/** As wide as what stands in them needs, in inches: of long texts so much that the others keep their room. */
function columnWidths(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const weights = header.map((title, column) => {
    const lengths = [title, ...rows.map((row) => row[column] ?? '')].map((text) => text.length);
    return Math.min(60, Math.max(7, ...lengths)) + 2;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (width * weight) / sum);
}
