import type { PhrasingContent, Root, RootContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import { writeMarkdown } from '../../src/markdown/index.ts';

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const strong = (value: string): PhrasingContent => ({ type: 'strong', children: [text(value)] });
const times = <T>(count: number, make: () => readonly T[]): T[] => Array.from({ length: count }, make).flat();

const paragraph = (children: PhrasingContent[]): RootContent => ({ type: 'paragraph', children });
const inline =
  (make: () => readonly PhrasingContent[]) =>
  (count: number): RootContent[] => [paragraph(times(count, make))];
const oneText =
  (unit: string) =>
  (count: number): RootContent[] => [paragraph([text(unit.repeat(count))])];
const list =
  (ordered: boolean) =>
  (count: number): RootContent[] => [
    {
      type: 'list',
      ordered,
      start: ordered ? 1 : null,
      children: times(count, () => [
        { type: 'listItem' as const, children: [{ type: 'paragraph', children: [text('a')] }] },
      ]),
    },
  ];

/** Processor time, for the machine may be busy. */
function milliseconds(children: RootContent[]): number {
  const root: Root = { type: 'root', children };
  const before = process.cpuUsage();
  writeMarkdown(root);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('writeMarkdown on large trees', () => {
  it.each<[string, (count: number) => RootContent[], number?]>([
    ['texts that touch', inline(() => [text(' ab ')]), 160_000],
    ['marks that touch', inline(() => [strong('ab')])],
    ['marks with space between', inline(() => [strong('ab ')])],
    ['code that touches', inline(() => [{ type: 'inlineCode', value: 'x' }])],
    ['lines', inline(() => [text('- a * b'), { type: 'break' }])],
    ['links', inline(() => [{ type: 'link', url: 'https://a.example', children: [text('a [b')] }])],
    ['addresses before marks', inline(() => [text('https://a.example/x_*y*&amp;'), strong('c')])],
    ['addresses', oneText('https://a.example/x_*y*&amp; ')],
    ['addresses in brackets', oneText('[https://a.example/x_*y*] ')],
    ['addresses in addresses', oneText('https://a.example/[')],
    ['mail addresses', oneText('a_b@a.example ')],
    ['punctuation after an address', (count) => oneText('!')(count).concat(oneText('http://a!!!')(count))],
    ['tags', oneText('<a ')],
    ['asterisks', oneText('*a ')],
    ['backticks', oneText('` ')],
    ['ordered items', list(true), 80_000],
    ['items', list(false)],
  ])('R13 takes time in proportion to the number of %s', (_, make, count = 20_000) => {
    milliseconds(make(1000));
    // Quadratic growth would take 64 times as long as the eighth.
    expect(milliseconds(make(count))).toBeLessThan(24 * milliseconds(make(count / 8)) + 300);
  });
});
