import { describe, expect, test } from 'vitest';
import { cover, deckOf, figures, imageFile, type Situation, situation, slideOf, tickets } from './fixture.ts';
import { present } from './simulator/discovery.ts';
import { MIME } from './simulator/drive.ts';
import { textsOf } from './simulator/presentation.ts';

const BATCH = /^POST \/v1\/presentations\/[^/]+:batchUpdate$/;
const COPY = /^POST \/drive\/v3\/files\/[^/]+\/copy$/;
const forbidden = (reason: string) => ({ status: 403, reason });

const names = ({ google }: Situation) => [...google.drive.files.values()].map(({ name }) => name);

/** What an audience sees. */
function shown({ google }: Situation): string[][] {
  const [deck] = google.decks();
  return (deck?.presentation?.slides ?? [])
    .filter(({ isSkipped }) => !isSkipped)
    .map((slide) => textsOf(slide).map(({ text }) => text));
}

describe.skipIf(!present)('what does not fit the template is refused before anything is written', () => {
  const given = { title: 'T', audience: 'A', period: 'P' };
  const wide = { header: ['1', '2', '3', '4'], rows: [] };
  test.each([
    ['slides.unknown-layout', () => slideOf('cvoer'), 'Slide 1: the template review has no layout cvoer.'],
    [
      'slides.unfilled',
      () => slideOf('cover', { vars: { title: 'T', audience: 'A' } }),
      'Slide 1 (cover) of review has nothing for {{period}}.',
    ],
    [
      'slides.unfilled',
      () => slideOf('tickets', { vars: { title: 'T' } }),
      'Slide 1 (tickets) of review has nothing for {{table: tickets}}.',
    ],
    [
      'slides.unknown-variable',
      () => slideOf('cover', { vars: { ...given, titel: 'T' } }),
      'Slide 1 (cover) of review has no place for {{titel}}.',
    ],
    [
      'slides.table-too-long',
      () => tickets(Array.from({ length: 5 }, () => ['a', 'b', 'c'])),
      'Slide 1 (tickets) of review: {{table: tickets}} has 5 rows, and there is room for 4.',
    ],
    [
      'slides.table-too-wide',
      () => slideOf('tickets', { vars: { title: 'T' }, tables: { tickets: wide } }),
      'Slide 1 (tickets) of review: {{table: tickets}} has 4 columns, and there is room for 3.',
    ],
    [
      'slides.bad-image',
      () => figures('/nowhere/photo.png'),
      expect.stringContaining('which does not exist'),
    ],
    [
      'slides.bad-image',
      () => figures(imageFile(Buffer.from('GIF89a'))),
      expect.stringContaining('is neither PNG nor JPEG'),
    ],
  ])('%s', async (code, slide, message) => {
    const { google, decks, template } = await situation();
    await expect(decks().write(deckOf([slide()]), template)).rejects.toMatchObject({ code, message });
    expect(google.writes).toEqual([]);
  });

  test('a layout of a slide that the template does not have', async () => {
    const { google, decks, template } = await situation();
    const { cover: layout } = template.layouts;
    const wrong = { ...template, layouts: { cover: { ...layout, slide: 9 } } } as typeof template;
    await expect(decks().write(deckOf([cover()]), wrong)).rejects.toMatchObject({
      code: 'google.template-slides',
      message: 'The layout cover of review is slide 9, and its presentation in Google Slides has 4.',
    });
    expect(google.writes).toEqual([]);
  });

  test('a tag that template.yaml names and the presentation lacks', async () => {
    const { decks, template } = await situation();
    const layouts = {
      ...template.layouts,
      cover: { ...template.layouts.cover, vars: ['title', 'audience', 'period', 'owner'] },
    } as typeof template.layouts;
    const slide = slideOf('cover', { vars: { ...given, owner: 'O' } });
    await expect(decks().write(deckOf([slide]), { ...template, layouts })).rejects.toMatchObject({
      code: 'slides.tag-not-there',
    });
  });
});

describe.skipIf(!present)('a refusal', () => {
  test('of a template that is not there, or not to be seen', async () => {
    const { decks, template } = await situation();
    await expect(
      decks().write(deckOf([cover()]), { ...template, google: { id: 'nowhere' } }),
    ).rejects.toMatchObject({
      code: 'google.not-found',
      message:
        'Google knows no the template review with the id nowhere, or hides it from this account (404).',
    });
  });

  test('of a template that is a file of another kind', async () => {
    const { google, decks, template } = await situation();
    const file = google.drive.add({ name: 'template.pptx', mimeType: MIME.powerpoint });
    await expect(
      decks().write(deckOf([cover()]), { ...template, google: { id: file.id } }),
    ).rejects.toMatchObject({ code: 'google.not-slides' });
  });

  test.each([
    ['google.forbidden', 'cannotCopyFile'],
    ['google.missing-scope', 'insufficientPermissions'],
    ['google.missing-scope', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'],
    ['google.api-off', 'accessNotConfigured'],
    ['google.no-storage', 'storageQuotaExceeded'],
  ])('%s is told of %s', async (code, reason) => {
    const { google, decks, template } = await situation();
    google.fault({ request: COPY, does: forbidden(reason) });
    await expect(decks().write(deckOf([cover()]), template)).rejects.toMatchObject({ code });
    expect(google.decks()).toEqual([]);
  });

  test('of a service account that has no storage of its own', async () => {
    const { google, decks, template } = await situation();
    google.drive.isFull = true;
    await expect(decks().write(deckOf([cover()]), template)).rejects.toMatchObject({
      code: 'google.no-storage',
      hint: expect.stringContaining('--folder'),
    });
  });

  test('for want of a scope', async () => {
    const { google, decks, template } = await situation();
    google.tokens.set('token-1', ['https://www.googleapis.com/auth/drive.readonly']);
    await expect(decks().write(deckOf([cover()]), template)).rejects.toMatchObject({
      code: 'google.missing-scope',
    });
  });

  test('of an expired token has another one fetched, once', async () => {
    const { google, decks, template } = await situation();
    google.tokens.clear();
    google.tokens.set('token-2', ['https://www.googleapis.com/auth/drive']);
    const asked: boolean[] = [];
    const authorize = async (isRefused: boolean) => {
      asked.push(isRefused);
      return isRefused || asked.includes(true) ? 'Bearer token-2' : 'Bearer token-1';
    };
    expect(await decks({ authorize }).write(deckOf([cover()]), template)).toMatchObject({ done: 'made' });
    expect(asked.filter(Boolean)).toHaveLength(1);
    await expect(
      decks({ authorize: async () => 'Bearer gone' }).write(deckOf([cover()]), template),
    ).rejects.toMatchObject({ code: 'google.expired', kind: 'credentials' });
  });

  test('of one change names its slide and tag, and leaves the deck as it was', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    await decks().write(deckOf([cover()]), template);
    // The image's address ends before it is used.
    google.fault({
      request: BATCH,
      after: 1,
      does: () => {
        for (const { id, name } of google.drive.files.values())
          if (name.includes('for a moment')) google.drive.files.delete(id);
      },
    });
    const before = structuredClone(google.decks()[0]?.presentation?.slides);
    await expect(decks().write(deckOf([cover('New'), figures(imageFile())]), template)).rejects.toMatchObject(
      {
        code: 'google.refused',
        message: expect.stringMatching(
          /^slide 2 \(figures\), \{\{image: photo\}\}: Google Slides refuses .*createImage/,
        ),
      },
    );
    expect(google.decks()[0]?.presentation?.slides).toEqual(before);
  });
});

describe.skipIf(!present)('a first build that fails leaves nothing', () => {
  test.each([
    ['when duplicates are made', 0],
    ['when they are filled', 1],
  ])('%s', async (_, after) => {
    const all = await situation();
    const { google, decks, template } = all;
    google.fault({ request: BATCH, after, times: 99, does: { status: 400, reason: 'failedPrecondition' } });
    await expect(decks().write(deckOf([cover(), figures(imageFile())]), template)).rejects.toMatchObject({
      code: 'google.refused',
    });
    expect(names(all)).toEqual(['Our template']);
  });

  test('when it is stopped', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    const stop = new AbortController();
    google.fault({ request: BATCH, after: 1, does: () => stop.abort(new Error('stopped')) });
    await expect(
      decks({ signal: stop.signal }).write(deckOf([cover(), figures(imageFile())]), template),
    ).rejects.toThrow('stopped');
    expect(names(all)).toEqual(['Our template']);
  });

  test('and what a killed one left is gone after an hour', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    await decks().write(deckOf([cover()]), template);
    const [left] = google.decks();
    if (!left) throw new Error('there is no deck');
    delete left.appProperties.contextSyncId;
    await decks().write(deckOf([cover()]), template);
    expect(google.decks().map(({ id }) => id)).toContain(left.id);
    left.createdTime = new Date(Date.now() - 3_700_000).toISOString();
    for (const deck of google.decks()) if (deck.id !== left.id) deck.trashed = true;
    await decks().write(deckOf([cover()]), template);
    expect(google.decks().map(({ id }) => id)).not.toContain(left.id);
  });
});

describe.skipIf(!present)('troubles on the way', () => {
  test('lost answers of what makes or changes a file do nothing twice', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    for (const request of [COPY, /^POST \/drive\/v3\/files$/, /^POST \/upload\//, /^POST \/v4\//, BATCH])
      google.fault({ request, does: 'cut after' });
    google.fault({ request: BATCH, after: 1, does: 'cut after' });
    await decks().write(deckOf([cover(), figures(imageFile())]), template);
    expect(shown(all)).toHaveLength(2);
    expect(names(all)).toEqual(['Our template', 'Review Q3', 'Review Q3: charts']);
    expect(google.decks()[0]?.presentation?.slides).toHaveLength(5);
  });

  test('a limit that stays is told of', async () => {
    const { google, decks, template } = await situation();
    google.fault({ request: COPY, times: 99, does: { status: 429, reason: 'RESOURCE_EXHAUSTED' } });
    await expect(decks().write(deckOf([cover()]), template)).rejects.toMatchObject({ code: 'google.quota' });
  });

  test('a stopped run takes its duplicates away', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    await decks().write(deckOf([cover()]), template);
    const before = structuredClone(google.decks()[0]?.presentation?.slides);
    const stop = new AbortController();
    // The request comes to nothing, as if it had never been sent.
    google.fault({ request: BATCH, after: 1, does: 'cut before' });
    google.fault({ request: BATCH, after: 1, does: () => stop.abort(new Error('stopped')) });
    await expect(
      decks({ signal: stop.signal }).write(deckOf([cover(), cover('B')]), template),
    ).rejects.toThrow('stopped');
    expect(google.decks()[0]?.presentation?.slides).toEqual(before);
  });

  test('somebody who edits meanwhile loses nothing', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    await decks().write(deckOf([cover()]), template);
    const edit = () => {
      const presentation = google.decks()[0]?.presentation;
      const [first] = presentation?.slides ?? [];
      first?.elements.push({
        ...{ id: `hand-${presentation?.revision}`, description: '' },
        box: { x: 0, y: 0, width: 1, height: 1 },
        text: { text: 'by hand', style: {} },
      });
      if (presentation) presentation.revision += 1;
    };
    google.fault({ request: BATCH, after: 1, does: edit });
    await decks().write(deckOf([cover(), cover('More')]), template);
    expect(shown(all)).toEqual([
      ['Quarterly review', 'For the board, Q3', 'by hand'],
      ['More', 'For the board, Q3'],
    ]);
    google.fault({ request: BATCH, times: 99, does: edit });
    await expect(decks().write(deckOf([cover(), cover('Last')]), template)).rejects.toMatchObject({
      code: 'google.conflict',
    });
    expect(shown(all)[1]).toEqual(['More', 'For the board, Q3']);
  });

  test('duplicates that a killed run left are used, or taken away', async () => {
    const all = await situation();
    const { google, decks, template } = all;
    await decks().write(deckOf([cover()]), template);
    google.fault({
      ...{ request: BATCH, after: 1 },
      does() {
        google.isDown = true;
      },
    });
    const next = deckOf([cover(), cover('More'), cover('Other')]);
    await expect(decks().write(next, template)).rejects.toMatchObject({ code: 'http.unreachable' });
    google.isDown = false;
    expect(all.warnings).toEqual([expect.stringContaining('skipped slides are left at its end')]);
    expect(google.decks()[0]?.presentation?.slides).toHaveLength(6);
    expect(shown(all)).toEqual([['Quarterly review', 'For the board, Q3']]);
    await decks().write(deckOf([cover(), cover('More')]), template);
    expect(shown(all)).toEqual([
      ['Quarterly review', 'For the board, Q3'],
      ['More', 'For the board, Q3'],
    ]);
    expect(google.decks()[0]?.presentation?.slides).toHaveLength(5);
  });
});
