import { Readable } from 'node:stream';
import type { drive_v3 } from '@googleapis/drive';
import type { Clock } from '../../core/clock.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import type { GoogleApis } from './apis.ts';

export type File = drive_v3.Schema$File;

export interface FilesOptions {
  readonly apis: GoogleApis;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** A word that no other run has. */
  readonly nonce: string;
}

/** Files of Google Drive, each with properties that only programs with the same credentials see. */
export interface Files {
  get(id: string, what: string): Promise<File>;
  /** Those with the property, as they are in My Drive or in the shared drive. */
  find(property: string, value: string, drive: string | undefined, what: string): Promise<File[]>;
  copy(id: string, file: NewFile, what: string): Promise<File>;
  create(file: NewFile & { readonly mimeType: string }, what: string, media?: Media): Promise<File>;
  update(id: string, change: File, what: string): Promise<void>;
  /** Deletes it, or moves it to the trash where it may not be deleted; what is left is told of by a warning. */
  discard(id: string, what: string): Promise<void>;
}

interface NewFile {
  readonly name: string;
  /** `root` is My Drive. A copy would otherwise go where the template is, and be seen by all who see that. */
  readonly folder: string;
  /** At most 124 bytes each, with the name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly drive: string | undefined;
}

interface Media {
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

const FIELDS =
  'id,name,mimeType,driveId,createdTime,modifiedTime,webViewLink,appProperties,shared,permissions(type,role)';
/** What this run made, so that it is found when the answer was lost. */
const RUN = 'contextSyncRun';
const ATTEMPTS = 4;
const WAIT_MS = 1000;

export function driveFiles({ apis: { drive, on }, clock, log, signal, nonce }: FilesOptions): Files {
  let made = 0;

  async function find(property: string, value: string, inDrive: string | undefined, what: string) {
    const found: File[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await drive.files.list({
        ...{ auth: on(what), fields: `nextPageToken,files(${FIELDS})`, orderBy: 'createdTime' },
        q: `appProperties has { key='${quoted(property)}' and value='${quoted(value)}' } and trashed = false`,
        ...{ supportsAllDrives: true, includeItemsFromAllDrives: true, spaces: 'drive' },
        ...(inDrive === undefined ? { corpora: 'user' } : { corpora: 'drive', driveId: inDrive }),
        ...(pageToken !== undefined && { pageToken }),
      });
      found.push(...(data.files ?? []));
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    return found;
  }

  /** Sent again only if the file of the request before is not there: otherwise a lost answer would leave a second one. */
  async function once(
    file: NewFile,
    what: string,
    send: (body: File) => Promise<{ readonly data: File }>,
  ): Promise<File> {
    made += 1;
    const run = `${nonce}-${made}`;
    const body: File = {
      ...{ name: file.name, appProperties: { ...file.properties, [RUN]: run } },
      parents: [file.folder],
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await send(body)).data;
      } catch (error) {
        if (!isCtxError(error) || !isUncertain(error)) throw error;
        const [there] = await find(RUN, run, file.drive, what);
        if (there) return there;
        if (attempt === ATTEMPTS) throw error;
        await clock.sleep(WAIT_MS * 2 ** (attempt - 1), signal);
      }
    }
  }

  const shared = { supportsAllDrives: true, fields: FIELDS };
  // A domain may publish what is new in it by default: a deck is not to be.
  const isPrivate = { ignoreDefaultVisibility: true };

  return {
    find,
    get: async (fileId, what) =>
      (await drive.files.get({ auth: on(what, { id: fileId }), fileId, ...shared })).data,
    copy: (fileId, file, what) =>
      once(file, what, (requestBody) =>
        drive.files.copy({
          ...{ auth: on(what, { id: fileId, isOnce: true }), fileId, requestBody },
          ...{ ...shared, ...isPrivate },
        }),
      ),
    create: (file, what, media) =>
      once(file, what, (body) => {
        const requestBody = { ...body, mimeType: file.mimeType };
        const auth = on(what, { isOnce: true, id: file.folder });
        return media
          ? drive.files.create({
              ...{ auth, requestBody, ...shared, ...isPrivate },
              media: { mimeType: media.mimeType, body: Readable.from([media.bytes]) },
            })
          : drive.files.create({ auth, requestBody, ...shared, ...isPrivate });
      }),
    async update(fileId, requestBody, what) {
      await drive.files.update({ auth: on(what, { id: fileId }), fileId, requestBody, ...shared });
    },
    async discard(fileId, what) {
      const place = { fileId, supportsAllDrives: true };
      try {
        await drive.files.delete({ ...place, auth: on(what, { id: fileId }) }).catch((error: unknown) => {
          if (!isCtxError(error) || !error.is('google.forbidden')) throw error;
          return drive.files.update({ ...place, auth: on(what), requestBody: { trashed: true } });
        });
      } catch (error) {
        if (!isCtxError(error)) throw error;
        // It went with an attempt whose answer was lost.
        if (error.is('google.not-found')) return;
        log.warn(`${what} is left in Google Drive, as the file ${fileId}: ${error.message}`);
      }
    },
  };
}

function isUncertain(error: CtxError): boolean {
  return (
    error.is('http.unreachable') ||
    error.is('http.timeout') ||
    error.is('http.server-error') ||
    error.is('http.empty') ||
    error.is('http.invalid-json')
  );
}

/** https://developers.google.com/workspace/drive/api/guides/search-files#query_string */
function quoted(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}
