import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { makePptx } from '../../src/slides/pptx/make.ts';
import { elements, readPptx } from '../harness/pptx.ts';
import { changedTemplate, deck, folder, JPEG, PNG, shipped, slide, text } from './example.ts';

afterEach(() => {
  vi.useRealTimers();
});

const chartSlide = (chart: object) =>
  slide('chart', {
    vars: { title: 'Chart', lead: '', body: '', footer: '' },
    charts: { chart: chart as never },
  });

const COLUMNS = {
  kind: 'column',
  categories: ['Q1', 'Q2 & <Q3>'],
  series: [
    { name: 'Opened "now"', values: [4, 7] },
    { name: 'Finished', values: [3, null] },
  ],
};

const TABLE = slide('table', {
  vars: { title: 'Table', lead: '', footer: '' },
  tables: {
    table: {
      header: ['Key', 'Title'],
      rows: [
        ['SHOP-1', 'Fish & <chips> 🐟 {{title}}'],
        ['SHOP-2', ''],
      ],
    },
  },
});

test('the same deck gives the same bytes, at whatever time it is made', async () => {
  using into = folder();
  const path = join(into.toString(), 'a.png');
  writeFileSync(path, PNG);
  const image = slide('image', {
    vars: { title: 'Image', caption: '', footer: '' },
    images: { image: { path, alt: 'two dots' } },
  });
  const made = deck(text('One', 'a\nb', 'Say it'), TABLE, chartSlide(COLUMNS), image, chartSlide(COLUMNS));
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z'), toFake: ['Date'] });
  const first = await makePptx(made, await shipped());
  vi.setSystemTime(Date.parse('2031-07-09T10:11:12Z'));
  const second = await makePptx(made, await shipped());
  expect(second.equals(first)).toBe(true);
  const read = await readPptx(first);
  const all = [...read.parts.entries()]
    .filter(([name]) => /\.(?:xml|rels)$/.test(name))
    .map(([, xml]) => xml);
  expect(
    all.filter((xml) => /20(?:26|31)-\d\d-\d\dT|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/.test(xml)),
  ).toEqual([]);
});

test('texts keep what XML and PowerPoint take for something else, and every slide its number, notes and layout', async () => {
  const body = 'Fish & <chips> "now" 🐟 \u0007end';
  const read = await readPptx(
    await makePptx(deck(text('A & B', body, 'Say <this>\nthen that'), text('C', 'd')), await shipped()),
  );
  expect(read.slides.map(({ texts }) => texts)).toEqual([
    ['A & B', 'Foot', 'Fish & <chips> "now" 🐟 end', expect.any(String)],
    ['C', 'Foot', 'd', expect.any(String)],
  ]);
  expect(read.slides.map(({ notes }) => notes)).toEqual(['Say <this>\nthen that', '']);
  expect(elements(read.part('docProps/core.xml'), 'dc:title')[0]?.textContent).toBe('A deck');
  for (const { xml } of read.slides) expect(elements(xml, 'p:ph')[0]?.getAttribute('type')).toBe('title');
});

test('a line is a paragraph, its tabs are its level, and it runs as its first letter does', async () => {
  const read = await readPptx(
    await makePptx(deck(text('T', 'one\n\ttwo\n\t\tשלום 1\nfour')), await shipped()),
  );
  const [, , body] = elements(read.slides[0]?.xml ?? '', 'p:sp');
  const paragraphs = Array.from(body?.getElementsByTagName('a:p') ?? []).map((paragraph) => {
    const properties = paragraph.getElementsByTagName('a:pPr')[0];
    const of = (name: string) => properties?.getAttribute(name) ?? null;
    return [paragraph.textContent, of('lvl'), of('rtl'), of('algn')];
  });
  expect(paragraphs).toEqual([
    ['one', null, null, 'l'],
    ['two', '1', null, 'l'],
    ['שלום 1', '2', '1', 'r'],
    ['four', null, null, 'l'],
  ]);
});

test('a tag that is cut into runs is filled in the form of its first', async () => {
  using into = folder();
  const template = await changedTemplate(into.toString(), (parts) => {
    const name = 'ppt/slides/slide3.xml';
    const cut =
      '<a:r><a:rPr lang="en-US" b="1"/><a:t>Now: {{bo</a:t></a:r><a:r><a:rPr lang="en-US" i="1"/><a:t>d</a:t></a:r><a:r><a:rPr lang="en-US"/><a:t>y }} and {{body}}!</a:t></a:r>';
    const xml = parts.get(name) as string;
    const changed = xml.replace(/<a:r>(?:(?!<a:r>).)*\{\{body\}\}<\/a:t><\/a:r>/s, cut);
    expect(changed).not.toBe(xml);
    parts.set(name, changed);
  });
  const read = await readPptx(await makePptx(deck(text('T', 'x\ny')), template));
  const [, , body] = elements(read.slides[0]?.xml ?? '', 'p:sp');
  const runs = Array.from(body?.getElementsByTagName('a:r') ?? []).map((run) => [
    run.textContent,
    run.getElementsByTagName('a:rPr')[0]?.getAttribute('b') ?? null,
  ]);
  expect(runs.filter(([words]) => words !== '')).toEqual([
    ['Now: x', '1'],
    ['y', '1'],
    [' and x', null],
    ['y!', null],
  ]);
});

test('a table is one of PowerPoint, whose cells are as given', async () => {
  const read = await readPptx(await makePptx(deck(TABLE), await shipped()));
  expect(read.slides[0]?.tables).toEqual([
    [
      ['Key', 'Title'],
      ['SHOP-1', 'Fish & <chips> 🐟 {{title}}'],
      ['SHOP-2', ''],
    ],
  ]);
  expect(read.slides[0]?.texts.join()).not.toContain('{{table');
});

test.each(['bar', 'column', 'line'] as const)(
  'a %s chart has its values in itself and in its workbook',
  async (kind) => {
    const read = await readPptx(await makePptx(deck(chartSlide({ ...COLUMNS, kind })), await shipped()));
    const [path = ''] = read.slides[0]?.charts ?? [];
    const xml = read.part(path);
    expect(elements(xml, kind === 'line' ? 'c:lineChart' : 'c:barChart')).toHaveLength(1);
    const series = elements(xml, 'c:ser').map((each) => ({
      name: each.getElementsByTagName('c:tx')[0]?.getElementsByTagName('c:v')[0]?.textContent,
      categories: Array.from(
        each.getElementsByTagName('c:cat')[0]?.getElementsByTagName('c:v') ?? [],
        (v) => v.textContent,
      ),
      values: Array.from(
        each.getElementsByTagName('c:val')[0]?.getElementsByTagName('c:v') ?? [],
        (v) => v.textContent,
      ),
    }));
    expect(series).toEqual([
      { name: 'Opened "now"', categories: ['Q1', 'Q2 & <Q3>'], values: ['4', '7'] },
      { name: 'Finished', categories: ['Q1', 'Q2 & <Q3>'], values: ['3', ''] },
    ]);
    const workbookPath = [...read.parts.keys()].find((name) => name.endsWith('.xlsx')) ?? '';
    const workbook = await read.workbook(workbookPath);
    const sheet = (await workbook.file('xl/worksheets/sheet1.xml')?.async('string')) ?? '';
    const numbers = elements(sheet, 'c').flatMap((cell) =>
      cell.getAttribute('t') === 's' ? [] : [cell.getElementsByTagName('v')[0]?.textContent ?? ''],
    );
    expect(numbers).toEqual(['4', '3', '7', '']);
    const strings = elements((await workbook.file('xl/sharedStrings.xml')?.async('string')) ?? '', 't');
    expect(strings.map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['Opened "now"', 'Finished', 'Q1', 'Q2 & <Q3>']),
    );
  },
);

test('a pie has a colour of the theme for each part', async () => {
  const categories = Array.from({ length: 9 }, (_, index) => `Part ${index}`);
  const chart = {
    kind: 'pie',
    categories,
    series: [{ name: 'Parts', values: categories.map((_, index) => index + 1) }],
  };
  const read = await readPptx(await makePptx(deck(chartSlide(chart)), await shipped()));
  const xml = read.part(read.slides[0]?.charts[0] ?? '');
  expect(elements(xml, 'c:dPt')).toHaveLength(9);
  expect(elements(xml, 'a:schemeClr').length).toBeGreaterThan(8);
});

test.each([
  ['a.png', PNG],
  ['a.jpg', JPEG],
])(
  'an image such as %s lies in its place on each slide, undistorted, with its words',
  async (name, bytes) => {
    using into = folder();
    const path = join(into.toString(), name);
    writeFileSync(path, bytes);
    const image = slide('image', {
      vars: { title: 'Image', caption: 'c', footer: '' },
      images: { image: { path, alt: 'two "dots" & more' } },
    });
    const read = await readPptx(await makePptx(deck(image, text('T', 'b'), image), await shipped()));
    expect(read.slides.map(({ images }) => images.length)).toEqual([1, 0, 1]);
    for (const { xml } of [read.slides[0], read.slides[2]].filter((each) => each !== undefined)) {
      const [picture] = elements(xml, 'p:pic');
      expect(picture?.getElementsByTagName('p:cNvPr')[0]?.getAttribute('descr')).toBe('two "dots" & more');
      const extent = picture?.getElementsByTagName('a:ext')[0];
      const [cx, cy] = ['cx', 'cy'].map((side) => Number(extent?.getAttribute(side)));
      expect((cx ?? 0) / (cy ?? 1)).toBeCloseTo(2, 3);
    }
  },
);

test('a damaged image is refused', async () => {
  using into = folder();
  const path = join(into.toString(), 'a.png');
  writeFileSync(path, PNG.subarray(0, 10));
  const image = slide('image', {
    vars: { title: 'Image', caption: 'c', footer: '' },
    images: { image: { path, alt: '' } },
  });
  await expect(makePptx(deck(image), await shipped())).rejects.toMatchObject({
    code: 'slides.bad-image',
    params: { slide: '1 (image)', tag: '{{image: image}}', problem: 'is damaged' },
  });
});

test('notes are written though the template has none', async () => {
  using into = folder();
  const template = await changedTemplate(into.toString(), (parts) => {
    for (const name of [...parts.keys()]) if (/notes/.test(name)) parts.delete(name);
    for (const [name, xml] of parts) {
      if (!/\.(?:rels|xml)$/.test(name)) continue;
      parts.set(
        name,
        xml
          .replace(/<Relationship [^>]*notes(?:Slide|Master)[^>]*\/>/g, '')
          .replace(/<Override [^>]*notes[^>]*\/>/g, '')
          .replace(/<p:notesMasterIdLst>.*?<\/p:notesMasterIdLst>/s, ''),
      );
    }
  });
  const read = await readPptx(
    await makePptx(deck(text('A', 'b', 'Say this'), text('C', 'd'), text('E', 'f', 'And that')), template),
  );
  expect(read.slides.map(({ notes }) => notes)).toEqual(['Say this', null, 'And that']);
});

test("a template's own chart and table are filled, in its form", async () => {
  using into = folder();
  const chart = { kind: 'column', categories: ['old'], series: [{ name: 'old', values: [1] }] };
  const old = { header: ['a', 'b'], rows: [['c', 'd']] };
  const drawn = deck(
    chartSlide(chart),
    slide('table', { vars: { title: 't', lead: '', footer: '' }, tables: { table: old } }),
  );
  const pptx = join(into.toString(), 'template.pptx');
  const base = await makePptx(drawn, await shipped());
  const { default: JSZip } = await import('jszip');
  const zip = await JSZip.loadAsync(base);
  for (const { path, xml } of (await readPptx(base)).slides)
    zip.file(
      path,
      xml.replace(
        'name="Content 1"',
        path === (await readPptx(base)).slides[0]?.path ? 'name="work"' : 'name="people"',
      ),
    );
  writeFileSync(pptx, await zip.generateAsync({ type: 'nodebuffer' }));
  const template = {
    ...(await shipped()),
    pptx,
    layouts: {
      chart: { slide: 1, vars: [], tables: {}, charts: ['work'], images: [] },
      table: { slide: 2, vars: [], tables: { people: { columns: 3, rows: 5 } }, charts: [], images: [] },
    },
  };
  const made = deck(
    slide('chart', { charts: { work: COLUMNS as never } }),
    slide('table', {
      tables: {
        people: {
          header: ['x', 'y'],
          rows: [
            ['1', '2'],
            ['3', '4 & 5'],
          ],
        },
      },
    }),
  );
  const bytes = await makePptx(made, template);
  const read = await readPptx(bytes);
  expect(read.slides[1]?.tables).toEqual([
    [
      ['x', 'y'],
      ['1', '2'],
      ['3', '4 & 5'],
    ],
  ]);
  expect(read.slides[0]?.charts).toHaveLength(1);
  const xml = read.part(read.slides[0]?.charts[0] ?? '');
  expect(elements(xml, 'c:ser')).toHaveLength(2);
  expect(xml).toContain('Q2 &amp; &lt;Q3&gt;');
  expect((await makePptx(made, template)).equals(bytes)).toBe(true);
});

test('what is no presentation is said to be none', async () => {
  using into = folder();
  const pptx = join(into.toString(), 'template.pptx');
  writeFileSync(pptx, 'not a zip');
  await expect(makePptx(deck(text('A', 'b')), { ...(await shipped()), pptx })).rejects.toMatchObject({
    code: 'slides.bad-presentation',
  });
  expect(readFileSync(pptx, 'utf8')).toBe('not a zip');
});
