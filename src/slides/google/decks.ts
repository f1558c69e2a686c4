import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../core/clock.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import { createHttpClient } from '../../http/client.ts';
import { createNetwork, type Network } from '../../http/network.ts';
import { googleRefusals } from '../../http/rate-limits.ts';
import { checkDeck } from '../check.ts';
import type { Deck, Written } from '../deck.ts';
import { type Authorize, googleApis, ORIGINS } from './apis.ts';
import { bring, type Changes, checkAgainst, type Tidying, type Work } from './bring.ts';
import { locationOf, read } from './changes.ts';
import { chartSheets } from './charts.ts';
import { checkSlides } from './check.ts';
import { driveFiles, type File } from './files.ts';
import { readImages } from './image-files.ts';
import { planOf } from './plan.ts';
import type { PresentSlide } from './presentation.ts';
import { digestOf, type GoogleTemplate, wantedSlides } from './wanted.ts';

export interface GoogleDecksOptions {
  readonly authorize: Authorize;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly network?: Network;
  readonly clock?: Clock;
  /** Uniform in [0, 1), for jitter. */
  readonly random?: () => number;
  /** Where the three APIs are, if not at Google. */
  readonly rootUrl?: string | undefined;
}

export interface GoogleTarget {
  /** The id of a folder for new decks; My Drive, which nobody else sees, if there is none. */
  readonly folder?: string | undefined;
}

/** What is done, or would be. */
export interface GoogleWritten extends Written {
  readonly done: 'made' | 'updated' | 'unchanged';
  /** Of the deck's slides, those that were not there. */
  readonly added: number;
  /** Those of an earlier run that are gone. */
  readonly removed: number;
  /** Who sees the deck: `only the account`, or what its folder or people gave. */
  readonly sharing: string;
}

/** What would be done; a deck that is not there has no location. */
export type GooglePreview = Omit<GoogleWritten, 'location'> & { readonly location: string | null };

export interface GoogleDecks {
  /**
   * Makes the deck from the template's presentation, or brings the deck of the same title and template up to date. The template is
   * only read. Fails with `slides.*` before anything is written, with `google.*` or `http.*`; a deck that was there is as it was then,
   * and one that was not is not there.
   */
  write(deck: Deck, template: GoogleTemplate, target?: GoogleTarget): Promise<GoogleWritten>;
  /** What `write` would do, by requests that only read. */
  preview(deck: Deck, template: GoogleTemplate, target?: GoogleTarget): Promise<GooglePreview>;
  close(): Promise<void>;
}

const MY_DRIVE = 'root';
const PRESENTATION = 'application/vnd.google-apps.presentation';
/** On a deck: what it is made from and called, as a digest. */
const DECK = 'contextSyncDeck';
/** On a deck: its own id. A copy that somebody makes of it keeps the properties, and is no deck of ours by this. */
const SELF = 'contextSyncId';
/** On a deck: when the template was changed last before it was copied. */
const TEMPLATE_AS_OF = 'contextSyncTemplateAsOf';
/** What an interrupted first run left is told from what another run is making now. */
const ABANDONED_MS = 3_600_000;
const NOT_YET = 'the account, and who sees its folder';
const TIDYING_MS = 30_000;

/** One run's decks in Google Slides. */
export function createGoogleDecks(options: GoogleDecksOptions): GoogleDecks {
  const { authorize, log, signal, rootUrl, clock = systemClock, network = createNetwork() } = options;
  const http = createHttpClient({
    ...{ source: 'google', log, clock, network, refusals: googleRefusals },
    ...(options.random && { random: options.random }),
    origin: rootUrl === undefined ? Object.values(ORIGINS) : [rootUrl],
  });
  const nonce = randomUUID();
  const open = async (until: AbortSignal) => {
    const apis = await googleApis({ http, authorize, rootUrl, signal: until });
    return { apis, files: driveFiles({ apis, clock, log, signal: until, nonce }) };
  };

  /** Nothing half-made is left when the run is stopped, either. */
  const openToTidy = () => open(AbortSignal.timeout(TIDYING_MS));
  const tidying: Tidying = {
    log,
    apis: async () => (await openToTidy()).apis,
    discard: async (id, what) => (await openToTidy()).files.discard(id, what),
  };

  async function discardDeck(file: File, folder: string, title: string): Promise<void> {
    const { apis, files } = await openToTidy();
    await chartSheets(apis, files, folder).discard(file);
    await files.discard(file.id ?? '', `the unfinished deck ${title}`);
  }

  async function begin(deck: Deck, template: GoogleTemplate, { folder }: GoogleTarget): Promise<Work> {
    await checkDeck(deck, template);
    const images = await readImages(deck, template);
    const { apis, files } = await open(signal);
    const templateFile = await files.get(template.google.id, `the template ${template.name}`);
    const { mimeType } = templateFile;
    if (mimeType !== PRESENTATION)
      throw ctxError('google.not-slides', {
        ...{ template: template.name, id: template.google.id, type: mimeType ?? 'unknown' },
      });
    const drive = folder === undefined ? undefined : (await files.get(folder, 'folder')).driveId;
    const key = digestOf(JSON.stringify([template.google.id, deck.title])).slice(0, 40);
    const found = await files.find(DECK, key, drive ?? undefined, `the deck ${deck.title}`);
    const own = found.filter(({ id, appProperties }) => appProperties?.[SELF] === id);
    if (own.length > 1)
      throw ctxError('google.several-decks', { title: deck.title, locations: own.map(locationOf) });
    const digests = new Map([...images].map(([path, { digest }]) => [path, digest]));
    const wanted = wantedSlides(deck, template, digests);
    return {
      ...{ deck, template, folder: folder ?? MY_DRIVE, drive: drive ?? undefined, key, images, wanted },
      ...{ apis, files, templateFile, present: own[0], charts: chartSheets(apis, files, folder ?? MY_DRIVE) },
      abandoned: found.filter(
        ({ appProperties, createdTime }) =>
          appProperties?.[SELF] === undefined && Date.parse(createdTime ?? '') < clock.now() - ABANDONED_MS,
      ),
    };
  }

  async function write(
    deck: Deck,
    template: GoogleTemplate,
    target: GoogleTarget = {},
  ): Promise<GoogleWritten> {
    const work = await begin(deck, template, target);
    if (work.present) {
      warnOfTemplate(work, work.present);
      return result(work, work.present, 'updated', await bring(work, work.present, false, tidying));
    }
    await checkTemplate(work);
    for (const file of work.abandoned) await discardDeck(file, work.folder, deck.title);
    const made = await work.files.copy(
      template.google.id,
      {
        ...{ name: deck.title, folder: work.folder, drive: work.drive },
        properties: { [DECK]: work.key, [TEMPLATE_AS_OF]: work.templateFile.modifiedTime ?? '' },
      },
      `the template ${template.name}`,
    );
    try {
      const changes = await bring(work, made, true, tidying);
      await work.files.update(
        made.id ?? '',
        { appProperties: { [SELF]: made.id ?? '' } },
        `the deck ${deck.title}`,
      );
      return result(work, made, 'made', changes);
    } catch (error) {
      await discardDeck(made, work.folder, deck.title);
      throw error;
    }
  }

  function warnOfTemplate({ template, templateFile }: Work, present: File): void {
    if (present.appProperties?.[TEMPLATE_AS_OF] === templateFile.modifiedTime) return;
    log.warn(
      `the template ${template.name} was changed since ${locationOf(present)} was made from it: new slides look as the template did then; move the deck to the trash to have it made anew`,
    );
  }

  async function preview(
    deck: Deck,
    template: GoogleTemplate,
    target: GoogleTarget = {},
  ): Promise<GooglePreview> {
    const work = await begin(deck, template, target);
    if (!work.present) {
      await checkTemplate(work);
      return { ...counts(work, work.wanted.length, 0), done: 'made', location: null, sharing: NOT_YET };
    }
    warnOfTemplate(work, work.present);
    const presentation = await read(work.apis, work.present);
    checkAgainst(work, work.present, presentation);
    const { missing, obsolete, isDone } = planOf(presentation, work.wanted, template.layouts, false);
    const changes = { isDone, added: missing.length, removed: obsolete.length };
    return result(work, work.present, 'updated', changes);
  }

  return { write, preview, close: () => http.close() };
}

async function checkTemplate({ apis, deck, template, templateFile }: Work): Promise<void> {
  const { slides } = await read(apis, templateFile);
  for (const [layout, { slide }] of Object.entries(template.layouts))
    if (slides[slide - 1] === undefined)
      throw ctxError('google.template-slides', {
        template: template.name,
        layout,
        slide,
        slides: slides.length,
      });
  checkSlides(deck, template, (layout) => slides[layout.slide - 1] as PresentSlide);
}

function counts({ wanted }: Work, added: number, removed: number) {
  return { slides: wanted.length, added, removed };
}

function result(work: Work, file: File, done: 'made' | 'updated', changes: Changes): GoogleWritten {
  return {
    ...counts(work, changes.added, done === 'made' ? 0 : changes.removed),
    done: changes.isDone ? 'unchanged' : done,
    location: locationOf(file),
    sharing: sharingOf(file),
  };
}

/** As it is: nothing here gives anybody access. */
function sharingOf({ driveId, shared, permissions }: File): string {
  if (driveId) return 'the members of its shared drive';
  if (!permissions) return shared ? 'others, whom Google does not name' : 'only the account';
  const others = permissions.filter(({ role }) => role !== 'owner');
  if (others.some(({ type }) => type === 'anyone')) return 'anyone with the link, by its folder';
  if (others.some(({ type }) => type === 'domain')) return 'the whole domain, by its folder';
  return others.length === 0 ? 'only the account' : `the account and ${others.length} more, by its folder`;
}
