import type { Readable } from 'node:stream';
import type { drive_v3 } from '@googleapis/drive';
import type { sheets_v4 } from '@googleapis/sheets';
import type { slides_v1 } from '@googleapis/slides';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { HttpClient } from '../../http/client.ts';

/** Answers the value of the header `Authorization`; `isRefused` when the last one was, so that another is fetched. */
export type Authorize = (isRefused: boolean) => Promise<string>;

/** The clients of the three APIs; each call takes `auth: on('what it is for')`. */
export interface GoogleApis {
  readonly drive: drive_v3.Drive;
  readonly slides: slides_v1.Slides;
  readonly sheets: sheets_v4.Sheets;
  on(what: string, how?: How): Auth;
}

interface How {
  /** What is named by an id that may be unknown; without it an unknown one is an error of the program. */
  readonly id?: string;
  /** For what would be done twice if an answer was lost: broken connections and the like are told at once, as `http.*`. */
  readonly isOnce?: boolean;
}

type Auth = NonNullable<drive_v3.Params$Resource$Files$Get['auth']> &
  NonNullable<slides_v1.Params$Resource$Presentations$Get['auth']> &
  NonNullable<sheets_v4.Params$Resource$Spreadsheets$Get['auth']>;

/** https://developers.google.com/workspace/slides/api/reference/rest and the like of the others. */
export const ORIGINS = {
  drive: 'https://www.googleapis.com',
  slides: 'https://slides.googleapis.com',
  sheets: 'https://sheets.googleapis.com',
};

export interface ApisOptions {
  readonly http: HttpClient;
  readonly authorize: Authorize;
  /** Where all three are, if not at Google. */
  readonly rootUrl: string | undefined;
  readonly signal: AbortSignal;
}

/** What the clients hand to whoever sends their requests. */
interface ClientRequest {
  readonly url?: string | URL;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly headers?: Headers | Readonly<Record<string, string>>;
}

/**
 * Google's own clients, with the program's way of sending requests below them: its timeouts, its waits for limits, its proxies.
 * Takes most of a second to load.
 */
export async function googleApis({ http, authorize, rootUrl, signal }: ApisOptions): Promise<GoogleApis> {
  const [{ drive }, { slides }, { sheets }] = await Promise.all([
    import('@googleapis/drive'),
    import('@googleapis/slides'),
    import('@googleapis/sheets'),
  ]);

  async function send(request: ClientRequest, what: string, { id, isOnce }: How) {
    const url = addressOf(request, rootUrl);
    const method = request.method as 'GET' | 'POST' | 'PATCH' | 'DELETE';
    const payload = await payloadOf(request);
    const attempt = async (isRefused: boolean): Promise<unknown> => {
      const authorization = await authorize(isRefused);
      const headers = { authorization };
      return http.json({
        ...{ url, method, headers, what, signal, ...payload },
        ...(isOnce && { attempts: 1 }),
      });
    };
    try {
      const data = await attempt(false).catch((error: unknown) => {
        if (isCtxError(error) && error.is('http.unauthorized')) return attempt(true);
        throw error;
      });
      return { data, status: 200, statusText: 'OK', headers: new Headers(), config: {} };
    } catch (error) {
      throw isCtxError(error) ? told(error, what, url, id) : error;
    }
  }

  return {
    drive: drive('v3'),
    slides: slides('v1'),
    sheets: sheets('v4'),
    // The clients hand their requests to anything with this method.
    on: (what, how = {}) =>
      ({ request: (request: ClientRequest) => send(request, what, how) }) as unknown as Auth,
  };
}

function addressOf({ url, params = {} }: ClientRequest, rootUrl: string | undefined): URL {
  const written = new URL(String(url));
  const address = rootUrl === undefined ? written : new URL(written.pathname, rootUrl);
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== null) address.searchParams.set(name, String(value));
  return address;
}

async function payloadOf({ data, headers }: ClientRequest) {
  if (data === undefined || data === null) return {};
  if (typeof (data as Partial<Readable>).pipe !== 'function') return { json: data };
  const chunks: Buffer[] = [];
  for await (const chunk of data as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk));
  const type = new Headers(headers as Record<string, string>).get('content-type') ?? '';
  return { body: { type, bytes: Buffer.concat(chunks) } };
}

const APIS_OF_PATHS = [
  ['/v1/presentations', 'Slides'],
  ['/v4/spreadsheets', 'Sheets'],
  ['/', 'Drive'],
] as const;

/** Words for the same in the older way of the answers and in the newer one. */
const OFF = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);
const SCOPE = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
const FULL = new Set(['storageQuotaExceeded', 'teamDriveFileLimitExceeded']);

/** What Google's refusals mean for whoever runs the command. */
function told(error: CtxError, what: string, url: URL, id: string | undefined): CtxError {
  if (error.is('http.unauthorized')) return ctxError('google.expired', { what, reason: '401' }, error);
  if (error.is('http.too-many-requests')) return ctxError('google.quota', { what }, error);
  if (error.is('http.not-found') && id !== undefined)
    return ctxError('google.not-found', { what, id }, error);
  if (!error.is('http.forbidden')) return error;
  const { word = 'no reason given' } = error.params;
  const [, api] = APIS_OF_PATHS.find(([path]) => url.pathname.startsWith(path)) ?? ['', 'Drive'];
  if (OFF.has(word)) return ctxError('google.api-off', { what, api }, error);
  if (SCOPE.has(word)) return ctxError('google.missing-scope', { what }, error);
  if (FULL.has(word)) return ctxError('google.no-storage', { what }, error);
  return ctxError('google.forbidden', { what, reason: word }, error);
}
