import { describe, expect, test } from 'vitest';
import {
  cover,
  deckOf,
  figures,
  imageFile,
  pngOf,
  situation,
  slideOf,
  templateSlides,
  tickets,
} from './fixture.ts';
import { present } from './simulator/discovery.ts';
import { MIME, type StoredFile } from './simulator/drive.ts';
import { elementsOf, type StoredSlide, textsOf } from './simulator/presentation.ts';
import type { GoogleSimulator } from './simulator/server.ts';

/** What an audience sees. */
function shown(google: GoogleSimulator, id: string): StoredSlide[] {
  return google.presentation(id).slides.filter(({ isSkipped }) => !isSkipped);
}

const written = (slide: StoredSlide | undefined) => (slide ? textsOf(slide).map(({ text }) => text) : []);

function onlyDeck(google: GoogleSimulator): StoredFile {
  const [deck, ...others] = google.decks();
  expect(others).toEqual([]);
  if (!deck) throw new Error('there is no deck');
  return deck;
}

const othersThan = (google: GoogleSimulator, kept: readonly string[]) =>
  [...google.drive.files.values()].filter(({ id }) => !kept.includes(id)).map(({ name }) => name);

describe.skipIf(!present)('a deck in Google Slides', () => {
  test('is a copy of the template with its tags filled, and the template is only read', async () => {
    const { google, decks, template, templateFile } = await situation();
    const rows = [
      ['PROJ-1', 'Fix <login> & "more" 🚀', '3'],
      ['PROJ-2', '', '12'],
    ];
    const deck = deckOf([
      cover(),
      tickets(rows),
      tickets([], 'None'),
      cover('End', { notes: 'Thank them.' }),
    ]);
    const answer = await decks().write(deck, template);
    const file = onlyDeck(google);
    expect(answer).toEqual({
      ...{ slides: 4, done: 'made', added: 4, removed: 0, sharing: 'only the account' },
      location: `https://docs.google.com/presentation/d/${file.id}/edit?usp=drivesdk`,
    });
    expect(file).toMatchObject({ name: 'Review Q3', parents: ['root'], permissions: [{ role: 'owner' }] });
    const slides = shown(google, file.id);
    expect(slides.map(written)).toEqual([
      ['Quarterly review', 'For the board, Q3'],
      ['Tickets', 'Source: Jira', 'Key', 'Summary', 'Days', ...rows.flat()],
      ['None', 'Source: Jira', 'Key', 'Summary', 'Days'],
      ['End', 'For the board, Q3'],
    ]);
    expect(slides.map(({ notes }) => notes.text)).toEqual(['Greet the board.', '', '', 'Thank them.']);
    // Instructions are gone; a skipped slide for each layout stays.
    expect(google.presentation(file.id).slides.slice(4).map(written)).toEqual(
      templateSlides().slice(1).map(written),
    );
    expect(othersThan(google, [file.id, templateFile.id])).toEqual([]);
  });

  test('has tables where their tags were, in the look of the tags', async () => {
    const { google, decks, template } = await situation();
    await decks().write(deckOf([tickets([['PROJ-1', 'Fix login', '3']])]), template);
    const [slide] = shown(google, onlyDeck(google).id);
    const table = elementsOf(slide?.elements ?? []).find(({ cells }) => cells);
    // Two rows of the five that there is room for.
    expect(table?.box).toEqual({ x: 1_828_800, y: 914_400, width: 3_657_600, height: 731_520 });
    const look = { fontFamily: 'Lato', fontSize: { magnitude: 14, unit: 'PT' } };
    expect(table?.cells?.[0]?.[0]).toEqual({ text: 'Key', style: { ...look, bold: true } });
    expect(table?.cells?.[1]).toEqual([
      { text: 'PROJ-1', style: look },
      { text: 'Fix login', style: look },
      { text: '3', style: look, alignment: 'END' },
    ]);
  });

  test('has charts with their values, images by private addresses, and lists with levels', async () => {
    const { google, decks, template, templateFile } = await situation();
    await decks().write(deckOf([figures(imageFile())]), template);
    const file = onlyDeck(google);
    const [slide] = shown(google, file.id);
    const elements = elementsOf(slide?.elements ?? []);
    expect(elements.find(({ text }) => text)?.text).toMatchObject({ text: 'First\nSecond', levels: [0, 1] });
    const image = elements.find((each) => each.image);
    expect(image?.image?.content).toBe(pngOf(7).toString('base64'));
    expect(image).toMatchObject({ description: 'A square', box: { x: 5_486_400 } });
    const chart = elements.find((each) => each.chart)?.chart;
    const sheets = google.drive.files.get(chart?.spreadsheet ?? '');
    expect(sheets).toMatchObject({ name: 'Review Q3: charts', permissions: [{ role: 'owner' }] });
    const sheet = sheets?.spreadsheet?.sheets.get(chart?.chart ?? 0);
    expect(sheet?.rows).toEqual([
      ['', 'Closed'],
      ['Jul', 1],
      ['Aug', null],
      ['Sep', 3],
    ]);
    expect(sheet?.charts.get(chart?.chart ?? 0)).toMatchObject({ basicChart: { chartType: 'LINE' } });
    // The presentation that carried the image is gone.
    expect(othersThan(google, [file.id, templateFile.id])).toEqual(['Review Q3: charts']);
    expect(google.log.filter((line) => line.includes('permissions'))).toEqual([]);
  });

  test('has texts that look like tags as they are', async () => {
    const { google, decks, template } = await situation();
    const vars = { title: '{{audience}} $& {{title}}', audience: '{{period}}', period: '' };
    await decks().write(deckOf([cover('', { vars })]), template);
    expect(shown(google, onlyDeck(google).id).map(written)).toEqual([
      ['{{audience}} $& {{title}}', 'For {{period}}, '],
    ]);
  });

  test('may have the same slide twice', async () => {
    const { google, decks, template } = await situation();
    await decks().write(deckOf([cover(), cover()]), template);
    const slides = shown(google, onlyDeck(google).id);
    expect(slides.map(written)).toEqual([written(slides[0]), written(slides[0])]);
  });
});

describe.skipIf(!present)('a deck that is there', () => {
  test('is not touched when nothing changed', async () => {
    const { google, decks, template } = await situation();
    const deck = deckOf([cover(), figures(imageFile())]);
    await decks().write(deck, template);
    const before = structuredClone(onlyDeck(google));
    const { length } = google.writes;
    const answer = await decks().write(deck, template);
    expect(answer).toMatchObject({ done: 'unchanged', added: 0, removed: 0, slides: 2 });
    expect(google.writes.slice(length)).toEqual([]);
    expect(onlyDeck(google)).toEqual(before);
  });

  test('keeps the slides that stay, with what people did to them, and the slides that people added', async () => {
    const { google, decks, template } = await situation();
    await decks().write(deckOf([cover(), tickets([['A', 'b', '1']]), cover('End')]), template);
    const { id, presentation } = onlyDeck(google);
    const [first] = presentation?.slides ?? [];
    first?.elements.push({
      id: 'comment',
      box: { x: 0, y: 0, width: 1, height: 1 },
      description: '',
      text: { text: 'mine', style: {} },
    });
    presentation?.slides.splice(1, 0, {
      ...{ id: 'added-by-hand', isSkipped: false, elements: [] },
      notes: { page: 'added-page', shape: 'added-notes', text: '' },
    });
    const answer = await decks().write(
      deckOf([cover(), tickets([['A', 'b', '2']]), cover('End'), cover('More')]),
      template,
    );
    expect(answer).toMatchObject({ done: 'updated', added: 2, removed: 1 });
    const slides = shown(google, id);
    expect(slides[0]?.id).toBe(first?.id);
    expect(slides.map(written)).toEqual([
      ['Quarterly review', 'For the board, Q3', 'mine'],
      [],
      ['Tickets', 'Source: Jira', 'Key', 'Summary', 'Days', 'A', 'b', '2'],
      ['End', 'For the board, Q3'],
      ['More', 'For the board, Q3'],
    ]);
    expect(onlyDeck(google).id).toBe(id);
  });

  test('follows another order, and loses its charts with their slides', async () => {
    const { google, decks, template } = await situation();
    const photo = imageFile();
    await decks().write(
      deckOf([cover('A'), cover('B'), figures(photo), figures(photo, [9, 9, 9])]),
      template,
    );
    const { id } = onlyDeck(google);
    const spreadsheet = [...google.drive.files.values()].find(
      ({ mimeType }) => mimeType === MIME.spreadsheet,
    );
    expect(spreadsheet?.spreadsheet?.sheets.size).toBe(3);
    await decks().write(deckOf([figures(photo, [9, 9, 9]), cover('B'), cover('A')]), template);
    expect(shown(google, id).map((slide) => written(slide)[0])).toEqual(['First\nSecond', 'B', 'A']);
    expect(spreadsheet?.spreadsheet?.sheets.size).toBe(2);
    await decks().write(deckOf([cover('B')]), template);
    expect(google.drive.files.has(spreadsheet?.id ?? '')).toBe(false);
  });

  test('is another one for another title, and in another place none of the copies that people make', async () => {
    const { google, decks, template } = await situation();
    await decks().write(deckOf([cover()]), template);
    const { id, ...copied } = onlyDeck(google);
    google.drive.add({ ...structuredClone(copied), name: 'Copy of Review Q3' });
    expect(await decks().write(deckOf([cover()]), template)).toMatchObject({ done: 'unchanged' });
    expect(await decks().write(deckOf([cover()], 'Review Q4'), template)).toMatchObject({ done: 'made' });
    expect(google.decks().map(({ name }) => name)).toEqual(['Review Q3', 'Copy of Review Q3', 'Review Q4']);
  });

  test('is made anew from a template that was changed only when it is in the trash', async () => {
    const { google, decks, template, warnings } = await situation();
    const deck = deckOf([cover()]);
    await decks().write(deck, template);
    const old = onlyDeck(google);
    old.appProperties.contextSyncTemplateAsOf = '2020-01-01T00:00:00.000Z';
    expect(await decks().write(deck, template)).toMatchObject({ done: 'unchanged' });
    expect(warnings).toEqual([expect.stringContaining('the template review was changed since')]);
    old.trashed = true;
    expect(await decks().write(deck, template)).toMatchObject({ done: 'made' });
  });

  test('whose layouts were deleted by hand is refused', async () => {
    const { google, decks, template } = await situation();
    await decks().write(deckOf([cover()]), template);
    const { presentation } = onlyDeck(google);
    if (presentation) presentation.slides = presentation.slides.filter(({ isSkipped }) => !isSkipped);
    await expect(decks().write(deckOf([cover('New')]), template)).rejects.toMatchObject({
      code: 'google.layout-gone',
    });
  });
});

describe.skipIf(!present)('shared drives', () => {
  test('hold the deck, its charts and for a moment its images, and the deck is found there again', async () => {
    const { google, decks, template, templateFile } = await situation();
    const folder = google.drive.add({ name: 'Decks', mimeType: MIME.folder, driveId: 'drive-1' });
    const deck = deckOf([figures(imageFile())]);
    google.drive.isFull = true;
    google.drive.mayDelete = false;
    const answer = await decks().write(deck, template, { folder: folder.id });
    expect(answer).toMatchObject({ done: 'made', sharing: 'the members of its shared drive' });
    expect(onlyDeck(google)).toMatchObject({ driveId: 'drive-1', parents: [folder.id] });
    const carrier = [...google.drive.files.values()].find(({ name }) => name.includes('for a moment'));
    expect(carrier).toMatchObject({ driveId: 'drive-1', trashed: true });
    expect(await decks().write(deck, template, { folder: folder.id })).toMatchObject({ done: 'unchanged' });
    expect(templateFile.driveId).toBeUndefined();
  });
});

describe.skipIf(!present)('a preview', () => {
  test('says what would be done, and changes nothing', async () => {
    const { google, decks, template } = await situation();
    const photo = imageFile();
    expect(await decks().preview(deckOf([cover(), figures(photo)]), template)).toMatchObject({
      done: 'made',
      added: 2,
      slides: 2,
    });
    await decks().write(deckOf([cover(), figures(photo)]), template);
    const { length } = google.writes;
    expect(await decks().preview(deckOf([cover(), cover('B')]), template)).toMatchObject({
      done: 'updated',
      added: 1,
      removed: 1,
    });
    expect(google.writes.slice(length)).toEqual([]);
    await expect(decks().preview(deckOf([slideOf('cover')]), template)).rejects.toMatchObject({
      code: 'slides.unfilled',
    });
  });
});
