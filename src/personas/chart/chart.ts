import type { Profile, RegisterProfile } from '../profile.ts';
import { bar, escaped, label, line } from './svg.ts';

/** By which a chart of ours is known. */
export const CHART_HEADING = '<!-- Drawn by ctx persona analyze -->';

const WIDTH = 760;
const HEIGHT = 452;
const MARGIN = 28;

/** Light, and dark where the reader wants it; https://primer.style/product/primitives/color */
const STYLE = `text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#59636e}
.page{fill:#ffffff}.title{font-size:18px;font-weight:600;fill:#1f2328}.heading{font-size:13px;font-weight:600;fill:#1f2328}
.name{fill:#1f2328}.emoji{font-size:14px;fill:#1f2328}.bar{fill:#0969da}.grid{stroke:#d1d9e0;stroke-width:1}
@media (prefers-color-scheme:dark){text{fill:#9198a1}.page{fill:#0d1117}.title,.heading,.name,.emoji{fill:#f0f6fc}.bar{fill:#4493f8}.grid{stroke:#3d444d}}`;

/** Hours, lengths and emoji of all messages as a picture; undefined if they are too few. Of the same profile the same bytes. */
export function drawChart({ source, time_zone, registers: { all } }: Profile): string | undefined {
  const counts = all.activity.hours;
  if (counts === undefined) return undefined;
  const { first, last, messages } = source;
  const told = `${messages} messages, ${first} to ${last}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title desc">
${CHART_HEADING}
<title id="title">How messages are written: ${escaped(told)}</title>
<desc id="desc">${escaped(described(all, counts, time_zone))}</desc>
<style>${STYLE}</style>
<rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="8"/>
${[
  label(MARGIN, 42, 'How messages are written', { of: 'title' }),
  label(WIDTH - MARGIN, 42, told, { anchor: 'end' }),
  ...hours(counts, `Hours (${time_zone})`, { left: MARGIN, top: 78, width: WIDTH - 2 * MARGIN }),
  ...lengths(all.length, { left: MARGIN, top: 260, width: 330 }),
  ...emoji(all.emoji, { left: 402, top: 260, width: WIDTH - MARGIN - 402 }),
]
  .filter((shape) => shape !== '')
  .join('\n')}
</svg>
`;
}

interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const HOURS_HEIGHT = 96;

function hours(counts: readonly number[], title: string, { left, top, width }: Panel): string[] {
  const most = Math.max(1, ...counts);
  const base = top + 26 + HOURS_HEIGHT;
  const slot = width / 24;
  return [
    label(left, top, title, { of: 'heading' }),
    ...counts.flatMap((count, hour) => {
      const height = (count / most) * HOURS_HEIGHT;
      const x = left + hour * slot;
      return [
        bar({ x: x + 3, y: base - height, width: slot - 6, height }, `${clock(hour)}: ${count}`),
        ...(count === most ? [label(x + slot / 2, base - height - 5, `${count}`, { anchor: 'middle' })] : []),
        ...(hour % 3 === 0 ? [label(x + slot / 2, base + 17, clock(hour), { anchor: 'middle' })] : []),
      ];
    }),
    line(left, base, left + width, base),
  ];
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const ROW = 22;

function lengths({ samples, buckets = [] }: RegisterProfile['length'], panel: Panel): string[] {
  let from = 0;
  const rows = buckets.map(({ up_to: to, messages }) => {
    const name =
      to === null ? `${from + 1} or more` : from + 1 === to ? `${to}` : `${Math.max(1, from + 1)}–${to}`;
    from = to ?? from;
    return { name, messages };
  });
  return rowsOf(rows, { title: 'Words in a message', samples, panel, nameWidth: 80, of: 'name' });
}

function emoji({ samples, favourites = [] }: RegisterProfile['emoji'], panel: Panel): string[] {
  const title = 'Messages with an emoji';
  if (favourites.length === 0)
    return [
      label(panel.left, panel.top, title, { of: 'heading' }),
      label(panel.left, panel.top + ROW + 4, 'None is in three messages or more.'),
    ];
  const rows = favourites.slice(0, 7).map(({ text, messages }) => ({ name: shortened(text), messages }));
  const longest = Math.max(...rows.map(({ name }) => (name.startsWith(':') ? name.length : 2)));
  return rowsOf(rows, { title, samples, panel, nameWidth: 18 + longest * 8, of: 'emoji' });
}

const shortened = (name: string): string => (name.length > 18 ? `${[...name].slice(0, 16).join('')}…` : name);

interface Rows {
  readonly title: string;
  readonly samples: number;
  readonly panel: Panel;
  readonly nameWidth: number;
  readonly of: string;
}

function rowsOf(
  rows: readonly { readonly name: string; readonly messages: number }[],
  { title, samples, panel: { left, top, width }, nameWidth, of }: Rows,
): string[] {
  const most = Math.max(1, ...rows.map(({ messages }) => messages));
  const room = width - nameWidth - 84;
  return [
    label(left, top, title, { of: 'heading' }),
    ...(rows.length === 0 ? [label(left, top + ROW + 4, 'Too few messages have words.')] : []),
    ...rows.flatMap(({ name, messages }, n) => {
      const y = top + 16 + n * ROW;
      const length = (messages / most) * room;
      return [
        label(left, y + 13, name, { of }),
        bar({ x: left + nameWidth, y: y + 2, width: length, height: 14 }, `${name}: ${messages}`),
        label(left + nameWidth + length + 7, y + 13, `${messages} (${percent(messages, samples)})`),
      ];
    }),
  ];
}

function percent(count: number, all: number): string {
  const value = (count / Math.max(1, all)) * 100;
  return `${value > 0 && value < 1 ? '<1' : Math.round(value)} %`;
}

/** What the picture shows, for those who do not see it. */
function described(all: RegisterProfile, counts: readonly number[], timeZone: string): string {
  const most = Math.max(...counts);
  const { words } = all.length;
  const favourites = all.emoji.favourites ?? [];
  return [
    `Most messages, ${most}, are of the hour from ${clock(counts.indexOf(most))} (${timeZone}).`,
    words && `Half of them have at most ${words.p50} words, nine of ten at most ${words.p90}.`,
    favourites.length > 0
      ? `The most frequent emoji: ${favourites
          .slice(0, 7)
          .map(({ text, messages }) => `${text} in ${messages}`)
          .join(', ')}.`
      : 'No emoji is in three messages or more.',
  ]
    .filter(Boolean)
    .join(' ');
}
