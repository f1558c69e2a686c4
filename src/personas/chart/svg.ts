/** Text as it may stand in XML, in attributes too; what XML has no place for is left out. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

type Anchor = 'start' | 'middle' | 'end';

export function label(
  x: number,
  y: number,
  text: string,
  { of = 'label', anchor = 'start' }: { readonly of?: string; readonly anchor?: Anchor } = {},
): string {
  return `<text class="${of}" x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** With a title, which is shown on hovering. Nothing has no bar. */
export function bar(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  title: string,
): string {
  const { x, y, width, height } = box;
  if (width <= 0 || height <= 0) return '';
  const radius = Math.min(2, width / 2, height / 2);
  return `<rect class="bar" x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" rx="${rounded(radius)}"><title>${escaped(title)}</title></rect>`;
}

export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}"/>`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
