import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Report } from './report.ts';
import type { Row } from './row.ts';

/* `npm run bench:plots`: draws the report of the reference, as pictures that need no script. */

const CONFIG = {
  // The page says in words what they show.
  aria: false,
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  axis: { labelLimit: 0, labelColor: '#1f2328', titleColor: '#59636e', titleFontWeight: 'normal' },
  legend: { labelLimit: 0 },
  view: { stroke: null },
};

const REFERENCE = new URL('../docs/reference/', import.meta.url);
const { rows }: Report = JSON.parse(readFileSync(new URL('performance.json', REFERENCE), 'utf8'));
const folder = new URL('performance/', REFERENCE);
mkdirSync(folder, { recursive: true });
for (const [name, specification] of Object.entries({ bars: bars(), cost: cost() }))
  writeFileSync(new URL(`${name}.svg`, folder), `${await drawn(specification)}\n`);

/** As much as is used here of https://vega.github.io/vega-lite/, which only the benches install. */
interface VegaLite {
  compile(specification: object): { readonly spec: object };
}
interface Vega {
  parse(specification: object): object;
  readonly View: new (runtime: object, options: { renderer: 'none' }) => { toSVG(): Promise<string> };
}

async function drawn(specification: object): Promise<string> {
  // Named so that types are checked without the packages of the benches.
  const [lite, vega] = (await Promise.all(['vega-lite', 'vega'].map((name) => import(name)))) as [
    VegaLite,
    Vega,
  ];
  const { spec } = lite.compile({ ...specification, background: 'white', padding: 12, config: CONFIG });
  return new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG();
}

/** Each figure that has a bar, as a share of what its bar allows: left of one it holds. */
function bars(): object {
  const values = rows.flatMap((row) => {
    const share = shareOfBar(row);
    if (share === undefined) return [];
    const name = row.peer === undefined ? row.name : `${row.name} (${row.peer})`;
    return { name, share, verdict: row.ok ? 'holds' : 'missed' };
  });
  const verdicts = { domain: ['holds', 'missed'], range: ['#0969da', '#cf222e'] };
  return {
    title: { text: 'Each figure as a share of what its bar allows', anchor: 'start' },
    width: 380,
    height: { step: 16 },
    layer: [
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 50 },
        encoding: {
          y: { field: 'name', title: null, sort: null, axis: { ticks: false, domain: false, grid: true } },
          x: {
            field: 'share',
            type: 'quantitative',
            scale: { type: 'log' },
            title: 'share of what the bar allows; less is better',
          },
          color: { field: 'verdict', title: null, scale: verdicts },
        },
      },
      { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [3, 3] }, encoding: { x: { datum: 1 } } },
    ],
  };
}

function shareOfBar({ value, ratio, bar }: Row): number | undefined {
  const [, ofRatio, sign, text] = /^(ratio )?(<=|>=|>) (.+)$/.exec(bar ?? '') ?? [];
  const limit = Number(text);
  const measured = ofRatio === undefined ? value : ratio;
  // A bar of nothing has no shares.
  if (sign === undefined || measured === undefined || limit === 0) return undefined;
  return sign === '<=' ? measured / limit : limit / measured;
}

/** What builds cost by how much there is. */
function cost(): object {
  const values = rows.flatMap(({ bench, name, value, unit }) => {
    const [, run, documents = '', figure] = /^(.+) of ([\d,]+) documents, (.+)$/.exec(name) ?? [];
    // What is never asked for draws nothing.
    if (bench !== 'cost-curve' || run === undefined || value === 0) return [];
    return {
      run,
      documents: Number(documents.replaceAll(',', '')),
      figure: figure === unit ? unit : `${figure}, ${unit}`,
      value,
    };
  });
  const figures = [...new Set(values.map(({ figure }) => figure))];
  const sizes = [...new Set(values.map(({ documents }) => documents))];
  return {
    title: { text: 'What a build costs', anchor: 'start' },
    data: { values },
    facet: { field: 'figure', title: null, sort: figures },
    columns: 2,
    resolve: { scale: { y: 'independent' } },
    spec: {
      width: 300,
      height: 180,
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'documents', type: 'quantitative', axis: { values: sizes, format: ',d' } },
        y: { field: 'value', type: 'quantitative', title: null },
        color: { field: 'run', title: null, sort: null, scale: { range: ['#0969da', '#1a7f37', '#bc4c00'] } },
      },
    },
  };
}
