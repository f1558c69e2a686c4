import { z } from 'zod';
import { ApiError } from './api-error.ts';

export interface StoredSpreadsheet {
  sheets: Map<number, { title: string; rows: unknown[][]; charts: Map<number, unknown> }>;
}

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
const range = z.strictObject({
  sourceRange: z.strictObject({
    sources: z
      .array(
        z.strictObject({
          ...{ sheetId: z.int(), startRowIndex: z.int(), endRowIndex: z.int() },
          ...{ startColumnIndex: z.int(), endColumnIndex: z.int() },
        }),
      )
      .length(1),
  }),
});
const legend = z.enum(['BOTTOM_LEGEND', 'RIGHT_LEGEND', 'NO_LEGEND']);
const spec = z.strictObject({
  altText: z.string().optional(),
  pieChart: z.strictObject({ legendPosition: legend, domain: range, series: range }).optional(),
  basicChart: z
    .strictObject({
      ...{ chartType: z.enum(['BAR', 'COLUMN', 'LINE']), headerCount: z.int(), legendPosition: legend },
      domains: z.array(z.strictObject({ domain: range })).length(1),
      series: z
        .array(z.strictObject({ series: range, targetAxis: z.enum(['BOTTOM_AXIS', 'LEFT_AXIS']) }))
        .min(1),
    })
    .optional(),
});
const request = z.union([
  z.strictObject({
    addSheet: z.strictObject({
      properties: z.strictObject({
        ...{ sheetId: z.int().min(1), title: z.string().min(1).max(100) },
        gridProperties: z.strictObject({ rowCount: z.int().min(1), columnCount: z.int().min(1) }),
      }),
    }),
  }),
  z.strictObject({
    updateCells: z.strictObject({
      start: z.strictObject({ sheetId: z.int(), rowIndex: z.literal(0), columnIndex: z.literal(0) }),
      fields: z.literal('userEnteredValue'),
      rows: z.array(
        z.strictObject({
          values: z.array(
            z.strictObject({
              userEnteredValue: z
                .union([
                  z.strictObject({ stringValue: z.string() }),
                  z.strictObject({ numberValue: z.number() }),
                ])
                .optional(),
            }),
          ),
        }),
      ),
    }),
  }),
  z.strictObject({
    addChart: z.strictObject({
      chart: z.strictObject({
        ...{ chartId: z.int().min(1), spec },
        position: z.strictObject({
          overlayPosition: z.strictObject({
            anchorCell: z.strictObject({ sheetId: z.int(), rowIndex: z.int(), columnIndex: z.int() }),
          }),
        }),
      }),
    }),
  }),
  z.strictObject({ deleteSheet: z.strictObject({ sheetId: z.int() }) }),
]);
const batch = z.strictObject({ requests: z.array(request).min(1) });

/** Applies all of a batch or refuses it. */
export function applyToSheets(spreadsheet: StoredSpreadsheet, body: unknown): StoredSpreadsheet {
  const parsed = batch.safeParse(body);
  if (!parsed.success) throw refusal(z.prettifyError(parsed.error));
  const changed = structuredClone(spreadsheet);
  const sheetOf = (id: number) => {
    const sheet = changed.sheets.get(id);
    if (!sheet) throw refusal(`No grid with id: ${id}`);
    return sheet;
  };
  for (const each of parsed.data.requests) {
    if ('addSheet' in each) {
      const { sheetId, title } = each.addSheet.properties;
      if (changed.sheets.has(sheetId)) throw refusal(`Sheet with ID ${sheetId} already exists.`);
      if ([...changed.sheets.values()].some((sheet) => sheet.title === title))
        throw refusal(`A sheet with the name "${title}" already exists.`);
      changed.sheets.set(sheetId, { title, rows: [], charts: new Map() });
    } else if ('updateCells' in each) {
      const valueIn = (cell: (typeof each.updateCells.rows)[number]['values'][number]) =>
        Object.values(cell.userEnteredValue ?? { none: null })[0];
      sheetOf(each.updateCells.start.sheetId).rows = each.updateCells.rows.map(({ values }) =>
        values.map(valueIn),
      );
    } else if ('addChart' in each) {
      const { chart } = each.addChart;
      if ([...changed.sheets.values()].some(({ charts }) => charts.has(chart.chartId)))
        throw refusal(`There is an object with id ${chart.chartId} already.`);
      sheetOf(chart.position.overlayPosition.anchorCell.sheetId).charts.set(chart.chartId, chart.spec);
    } else {
      sheetOf(each.deleteSheet.sheetId);
      if (changed.sheets.size === 1) throw refusal('You can’t remove all the sheets in a document.');
      changed.sheets.delete(each.deleteSheet.sheetId);
    }
  }
  return changed;
}

const refusal = (message: string) => new ApiError(400, 'INVALID_ARGUMENT', message);
