import type { sheets_v4 } from '@googleapis/sheets';
import { isCtxError } from '../../core/errors/index.ts';
import type { Chart } from '../deck.ts';
import type { GoogleApis } from './apis.ts';
import type { File, Files } from './files.ts';
import type { Presentation } from './presentation.ts';
import type { WantedSlide } from './wanted.ts';

type Request = sheets_v4.Schema$Request;

export interface ChartSheets {
  /** The spreadsheet of the deck with a sheet and a chart for each of the slides', made if there is none. */
  prepare(deck: File, slides: readonly WantedSlide[]): Promise<string>;
  /** Takes away the charts that the deck no longer shows. */
  tidy(deck: File, presentation: Presentation): Promise<void>;
  /** Takes away all of it. */
  discard(deck: File): Promise<void>;
}

const SPREADSHEET = 'application/vnd.google-apps.spreadsheet';
/** On the spreadsheet: the id of its deck. */
const CHARTS_OF = 'contextSyncChartsOf';
const KINDS = { bar: 'BAR', column: 'COLUMN', line: 'LINE' } as const;
const WHAT = 'the spreadsheet with the charts';

/** Charts of a deck are linked to a spreadsheet beside it, so that people can look into their values and change their look. */
export function chartSheets({ sheets, on }: GoogleApis, files: Files, folder: string): ChartSheets {
  const find = async (deck: File): Promise<File | undefined> => {
    const [file] = await files.find(CHARTS_OF, deck.id ?? '', deck.driveId ?? undefined, WHAT);
    return file;
  };

  const sheetIds = async (spreadsheetId: string): Promise<Set<number>> => {
    const fields = 'sheets(properties(sheetId))';
    const { data } = await sheets.spreadsheets.get({ auth: on(WHAT), spreadsheetId, fields });
    return new Set((data.sheets ?? []).map(({ properties }) => properties?.sheetId ?? 0));
  };

  /** Does what is left to do, all of it or nothing. */
  const change = async (spreadsheetId: string, left: () => Promise<Request[]>): Promise<void> => {
    const requests = await left();
    if (requests.length === 0) return;
    try {
      await sheets.spreadsheets.batchUpdate({ auth: on(WHAT), spreadsheetId, requestBody: { requests } });
    } catch (error) {
      // The attempt before may have done it, and its answer was lost.
      if (!isCtxError(error) || !error.is('http.bad-request') || (await left()).length > 0) throw error;
    }
  };

  return {
    async prepare(deck, slides) {
      const file =
        (await find(deck)) ??
        (await files.create(
          {
            ...{ name: `${deck.name}: charts`, mimeType: SPREADSHEET, folder },
            ...{ properties: { [CHARTS_OF]: deck.id ?? '' }, drive: deck.driveId ?? undefined },
          },
          WHAT,
        ));
      const id = file.id ?? '';
      const wanted = slides.flatMap(({ label, charts }) => charts.map((each) => ({ ...each, label })));
      await change(id, async () => {
        const there = await sheetIds(id);
        return wanted
          .filter((each) => !there.has(each.id))
          .flatMap((each) =>
            sheetRequests(each.id, `${each.name}, slide ${each.label}`, each.name, each.chart),
          );
      });
      return id;
    },

    async tidy(deck, presentation) {
      const file = await find(deck);
      if (file === undefined) return;
      const shown = presentation.slides
        .flatMap(({ charts }) => charts)
        .filter((each) => each.spreadsheet === file.id);
      if (shown.length === 0) return await files.discard(file.id ?? '', WHAT);
      const used = new Set(shown.map(({ chart }) => chart));
      await change(file.id ?? '', async () => {
        const unused = [...(await sheetIds(file.id ?? ''))].filter((id) => id !== 0 && !used.has(id));
        return unused.map((sheetId) => ({ deleteSheet: { sheetId } }));
      });
    },

    async discard(deck) {
      const file = await find(deck);
      if (file) await files.discard(file.id ?? '', WHAT);
    },
  };
}

/** The sheet, the chart and the chart's id are known before, so that the deck can be told of them, and a second run finds them. */
function sheetRequests(id: number, title: string, name: string, chart: Chart): Request[] {
  const { categories, series } = chart;
  const size = { rowCount: categories.length + 1, columnCount: series.length + 1 };
  const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });
  const cell = (value: number | null) => (value === null ? {} : { userEnteredValue: { numberValue: value } });
  const rows = [
    [text(''), ...series.map((each) => text(each.name))],
    ...categories.map((category, row) => [
      text(category),
      ...series.map(({ values }) => cell(values[row] ?? null)),
    ]),
  ];
  return [
    {
      // Titles of sheets must differ.
      addSheet: { properties: { sheetId: id, title: `${title.slice(0, 80)} ${id}`, gridProperties: size } },
    },
    {
      updateCells: {
        ...{ start: { sheetId: id, rowIndex: 0, columnIndex: 0 }, fields: 'userEnteredValue' },
        rows: rows.map((values) => ({ values })),
      },
    },
    {
      addChart: {
        chart: {
          ...{ chartId: id, spec: { altText: name, ...specOf(id, chart) } },
          position: {
            overlayPosition: { anchorCell: { sheetId: id, rowIndex: 0, columnIndex: series.length + 2 } },
          },
        },
      },
    },
  ];
}

function specOf(sheetId: number, { kind, categories, series }: Chart): sheets_v4.Schema$ChartSpec {
  const column = (index: number, startRowIndex = 0) => ({
    sourceRange: {
      sources: [
        {
          ...{ sheetId, startRowIndex, endRowIndex: categories.length + 1 },
          ...{ startColumnIndex: index, endColumnIndex: index + 1 },
        },
      ],
    },
  });
  // It has no count of headings: its values are without them.
  if (kind === 'pie')
    return { pieChart: { legendPosition: 'RIGHT_LEGEND', domain: column(0, 1), series: column(1, 1) } };
  return {
    basicChart: {
      ...{ chartType: KINDS[kind], headerCount: 1 },
      legendPosition: series.length > 1 ? 'BOTTOM_LEGEND' : 'NO_LEGEND',
      domains: [{ domain: column(0) }],
      series: series.map((_, index) => ({
        ...{ series: column(index + 1), targetAxis: kind === 'bar' ? 'BOTTOM_AXIS' : 'LEFT_AXIS' },
      })),
    },
  };
}
