import { parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import { analyze } from '../../src/personas/analyze/analyze.ts';
import { drawChart } from '../../src/personas/chart/chart.ts';
import type { Profile } from '../../src/personas/profile.ts';
import { jsonl, repeated, said } from './talk.ts';

async function profileOf(texts: readonly string[]): Promise<Profile> {
  async function* bytes() {
    yield Buffer.from(jsonl(said(texts)));
  }
  const { profile } = await analyze(bytes(), {
    ...{ file: 'messages.jsonl', timeZone: 'Europe/Berlin', redact: (all: readonly string[]) => all },
    signal: new AbortController().signal,
  });
  return profile;
}

test('a chart shows hours, lengths and emoji, says so in words, and is the same each time', async () => {
  const profile = await profileOf(repeated(['Hi all 🙏', 'Why not? :tada:', 'One two three four five'], 60));
  const chart = drawChart(profile) ?? '';
  expect(chart).toBe(drawChart(structuredClone(profile)));
  expect(chart).toContain('role="img" aria-labelledby="title desc"');
  expect(chart).toContain(
    '<desc id="desc">Most messages, 60, are of the hour from 10:00 (Europe/Berlin). Half of them have at most 2 words, nine of ten at most 5. The most frequent emoji: :tada: in 20, 🙏 in 20.</desc>',
  );
  for (const told of ['10:00: 60', '1–3: 40', '4–6: 20', ':tada:: 20'])
    expect(chart).toContain(`<title>${told}</title>`);
  expect(chart).toContain('@media (prefers-color-scheme:dark)');
});

test('a chart is well-formed, and has nothing that runs or is loaded, whatever the emoji are called', async () => {
  const profile = await profileOf(repeated(['Hi :x:'], 40));
  const { all } = profile.registers;
  const hostile = { text: '<script>alert(1)</script>&"\u0000\ud800', messages: 40 };
  const chart =
    drawChart({
      ...profile,
      registers: { all: { ...all, emoji: { ...all.emoji, favourites: [hostile] } } },
      time_zone: '"><a href="x">',
    }) ?? '';
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as { name?: string; attribs?: object; children?: unknown[] }[]) {
      if (node.name !== undefined) tags.add(node.name);
      for (const name of Object.keys(node.attribs ?? {})) attributes.add(name);
      walk(node.children ?? []);
    }
  };
  walk(parseDocument(chart, { xmlMode: true }).children);
  expect([...tags].sort()).toEqual(['desc', 'line', 'rect', 'style', 'svg', 'text', 'title']);
  expect([...attributes].filter((name) => /^on|href|src/.test(name))).toEqual([]);
  expect(chart).not.toMatch(/url\(|@import|\0/);
});

test('too few messages have no chart, and no emoji is told as that', async () => {
  expect(drawChart(await profileOf(repeated(['Hi'], 29)))).toBeUndefined();
  expect(drawChart(await profileOf(repeated(['Hi'], 30)))).toContain('None is in three messages or more.');
});
