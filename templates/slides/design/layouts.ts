import type PptxGenJS from 'pptxgenjs';

type Presentation = PptxGenJS.default;
type Slide = PptxGenJS.default.Slide;
type TextOptions = PptxGenJS.default.TextPropsOptions;

/** In inches: what everything is aligned to. */
const LEFT = 0.75;
const WIDTH = 11.833;
const TOP = { title: 0.55, lead: 1.3, content: 2.0 };
const BOTTOM = 6.75;

const INK = 'tx1';
const SLATE = 'tx2';
const LINE = 'bg2';
const ACCENT = 'accent1';
const WHITE = 'bg1';

const FACE = { fontFace: '+mn-lt', margin: 0 } as const;

/**
 * The slides that decks are made of, in the order in which the templates count them: cover, section, text, numbers, table,
 * chart, columns, image.
 */
export function addLayouts(presentation: Presentation): void {
  defineMasters(presentation);
  cover(presentation);
  section(presentation);
  text(presentation);
  numbers(presentation);
  table(presentation);
  chart(presentation);
  columns(presentation);
  image(presentation);
}

/** A name for what lies where, so that screen readers and outlines find the title of each slide. */
function defineMasters(presentation: Presentation): void {
  const title = (options: TextOptions) => ({
    placeholder: { options: { name: 'title', type: 'title', ...FACE, align: 'left', ...options }, text: '' },
  });
  presentation.defineSlideMaster({
    title: 'COVER',
    background: { color: 'FFFFFF' },
    objects: [
      { rect: { x: 0, y: 0, w: 0.3, h: 7.5, fill: { color: ACCENT } } },
      title({
        x: LEFT + 0.35,
        y: 2.1,
        w: 10.6,
        h: 1.75,
        fontSize: 46,
        bold: true,
        color: INK,
        valign: 'bottom',
      }),
    ],
  } as PptxGenJS.default.SlideMasterProps);
  presentation.defineSlideMaster({
    title: 'SECTION',
    background: { color: 'FFFFFF' },
    objects: [
      { rect: { x: 0, y: 0, w: 13.333, h: 7.5, fill: { color: ACCENT } } },
      title({ x: LEFT, y: 2.3, w: 10.6, h: 1.3, fontSize: 38, bold: true, color: WHITE, valign: 'bottom' }),
    ],
  } as PptxGenJS.default.SlideMasterProps);
  presentation.defineSlideMaster({
    title: 'PLAIN',
    background: { color: 'FFFFFF' },
    objects: [
      { rect: { x: LEFT, y: 0.38, w: 0.55, h: 0.06, fill: { color: ACCENT } } },
      { line: { x: LEFT, y: 6.95, w: WIDTH, h: 0, line: { color: LINE, width: 0.75 } } },
      title({
        x: LEFT,
        y: TOP.title,
        w: WIDTH,
        h: 0.7,
        fontSize: 28,
        bold: true,
        color: INK,
        valign: 'middle',
      }),
    ],
    slideNumber: {
      x: 11.83,
      y: 7.02,
      w: 0.75,
      h: 0.3,
      align: 'right',
      fontFace: '+mn-lt',
      fontSize: 10,
      color: SLATE,
    },
  } as PptxGenJS.default.SlideMasterProps);
}

function plain(presentation: Presentation): Slide {
  const slide = presentation.addSlide({ masterName: 'PLAIN' });
  slide.addText('{{title}}', { placeholder: 'title' });
  say(slide, '{{footer}}', { x: LEFT, y: 7.02, w: 9, h: 0.3, fontSize: 10, color: SLATE, valign: 'middle' });
  slide.addNotes('');
  return slide;
}

function say(slide: Slide, words: string, options: TextOptions): void {
  slide.addText(words, { ...FACE, align: 'left', ...options });
}

function lead(slide: Slide): void {
  say(slide, '{{lead}}', {
    x: LEFT,
    y: TOP.lead,
    w: WIDTH,
    h: 0.4,
    fontSize: 16,
    color: SLATE,
    valign: 'middle',
  });
}

function cover(presentation: Presentation): void {
  const slide = presentation.addSlide({ masterName: 'COVER' });
  slide.addText('{{title}}', { placeholder: 'title' });
  const x = LEFT + 0.35;
  say(slide, '{{kicker}}', {
    x,
    y: 1.0,
    w: 10.6,
    h: 0.4,
    fontSize: 16,
    bold: true,
    color: ACCENT,
    valign: 'middle',
  });
  say(slide, '{{subtitle}}', { x, y: 4.05, w: 9.6, h: 1.2, fontSize: 20, color: SLATE, valign: 'top' });
  slide.addShape('line', { x, y: 6.3, w: 1.2, h: 0, line: { color: ACCENT, width: 2 } });
  say(slide, '{{byline}}', { x, y: 6.45, w: 10.6, h: 0.4, fontSize: 14, color: INK, valign: 'middle' });
  slide.addNotes('');
}

function section(presentation: Presentation): void {
  const slide = presentation.addSlide({ masterName: 'SECTION' });
  slide.addText('{{title}}', { placeholder: 'title' });
  say(slide, '{{subtitle}}', { x: LEFT, y: 3.8, w: 9.6, h: 1.4, fontSize: 20, color: WHITE, valign: 'top' });
  slide.addNotes('');
}

const LIST: TextOptions = {
  bullet: { indent: 16 },
  color: INK,
  valign: 'top',
  paraSpaceAfter: 8,
  lineSpacingMultiple: 1.1,
};

function text(presentation: Presentation): void {
  const slide = plain(presentation);
  say(slide, '{{body}}', { ...LIST, x: LEFT, y: 1.6, w: WIDTH, h: BOTTOM - 1.6, fontSize: 20 });
}

function numbers(presentation: Presentation): void {
  const slide = plain(presentation);
  lead(slide);
  const gap = 0.4;
  const w = (WIDTH - 3 * gap) / 4;
  for (const number of [1, 2, 3, 4]) {
    const x = LEFT + (number - 1) * (w + gap);
    slide.addShape('line', { x, y: 2.3, w, h: 0, line: { color: ACCENT, width: 2 } });
    say(slide, `{{number_${number}}}`, {
      x,
      y: 2.5,
      w,
      h: 1.05,
      fontSize: 48,
      bold: true,
      color: ACCENT,
      valign: 'middle',
    });
    say(slide, `{{label_${number}}}`, { x, y: 3.6, w, h: 0.6, fontSize: 16, color: INK, valign: 'top' });
  }
  say(slide, '{{body}}', { ...LIST, x: LEFT, y: 4.65, w: WIDTH, h: BOTTOM - 4.65, fontSize: 18 });
}

function table(presentation: Presentation): void {
  const slide = plain(presentation);
  lead(slide);
  say(slide, '{{table: table}}', { x: LEFT, y: TOP.content, w: WIDTH, h: 4.7, fontSize: 14, color: SLATE });
}

function chart(presentation: Presentation): void {
  const slide = plain(presentation);
  lead(slide);
  say(slide, '{{chart: chart}}', {
    x: LEFT - 0.1,
    y: TOP.content,
    w: 8.1,
    h: 4.75,
    fontSize: 14,
    color: SLATE,
  });
  slide.addShape('line', { x: 9.15, y: 2.2, w: 0, h: 4.35, line: { color: LINE, width: 0.75 } });
  say(slide, '{{body}}', {
    x: 9.45,
    y: 2.2,
    w: 3.13,
    h: 4.35,
    fontSize: 16,
    color: INK,
    valign: 'top',
    paraSpaceAfter: 8,
  });
}

function columns(presentation: Presentation): void {
  const slide = plain(presentation);
  const w = (WIDTH - 0.6) / 2;
  for (const [side, x] of [
    ['left', LEFT],
    ['right', LEFT + w + 0.6],
  ] as const) {
    say(slide, `{{${side}_title}}`, {
      x,
      y: 1.55,
      w,
      h: 0.45,
      fontSize: 18,
      bold: true,
      color: ACCENT,
      valign: 'middle',
    });
    slide.addShape('line', { x, y: 2.05, w, h: 0, line: { color: LINE, width: 0.75 } });
    say(slide, `{{${side}}}`, { ...LIST, x, y: 2.25, w, h: BOTTOM - 2.25, fontSize: 17 });
  }
}

function image(presentation: Presentation): void {
  const slide = plain(presentation);
  say(slide, '{{image: image}}', { x: LEFT, y: 1.5, w: WIDTH, h: 4.7, fontSize: 14, color: SLATE });
  say(slide, '{{caption}}', {
    x: LEFT,
    y: 6.3,
    w: WIDTH,
    h: 0.45,
    fontSize: 13,
    color: SLATE,
    valign: 'middle',
    align: 'center',
  });
}
