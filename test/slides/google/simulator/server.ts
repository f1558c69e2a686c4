import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './api-error.ts';
import { type Call, Description } from './discovery.ts';
import { Drive, MIME, type StoredFile } from './drive.ts';
import { type StoredElement, type StoredPresentation, toApi } from './presentation.ts';
import { applyAll } from './requests.ts';
import { applyToSheets } from './sheets.ts';

export interface Fault {
  /** What it meets: `POST /v1/presentations/x:batchUpdate` and the like. */
  readonly request: RegExp;
  /** How often; once unless told. */
  readonly times?: number;
  /** How many are let through before. */
  readonly after?: number;
  readonly does:
    | { readonly status: number; readonly reason: string; readonly headers?: Record<string, string> }
    /** Done, and the answer is lost. */
    | 'cut after'
    | 'cut before'
    /** Something happens right before. */
    | (() => void);
}

export const DRIVE_SCOPE = 'https://www.googleapis.com/auth/drive';

/**
 * Google's Drive, Slides and Sheets on this machine. Each request is checked against the API's description, and applied to what is
 * stored: tests look at that.
 */
export class GoogleSimulator {
  readonly drive: Drive;
  /** What was asked, as method and path. */
  readonly log: string[] = [];
  /** Whether every connection breaks. */
  isDown = false;
  /** Access tokens that are taken, and their scopes. */
  readonly tokens = new Map<string, readonly string[]>([['token-1', [DRIVE_SCOPE]]]);
  /** Refresh tokens that are taken. */
  readonly refreshTokens = new Set<string>();
  /** What was sent to the endpoint of tokens. */
  readonly tokenRequests: Record<string, string>[] = [];
  readonly #faults: { fault: Fault; seen: number }[] = [];
  readonly #slides = new Description('slides');
  readonly #driveApi = new Description('drive');
  readonly #images = new Map<string, { file: string; element: StoredElement }>();
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      this.broken.push(error);
      response.destroy();
    });
  });
  /** What went wrong in the simulator itself. */
  readonly broken: unknown[] = [];
  url = '';

  constructor(now: () => number = Date.now) {
    this.drive = new Drive(now);
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  fault(fault: Fault): void {
    this.#faults.push({ fault, seen: 0 });
  }

  /** Requests that change something. */
  get writes(): string[] {
    return this.log.filter((line) => !line.startsWith('GET ') && !line.endsWith('/token'));
  }

  presentation(id: string): StoredPresentation {
    const { presentation } = this.drive.file(id, 'read');
    if (!presentation) throw new Error(`${id} is no presentation`);
    return presentation;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const line = `${request.method} ${url.pathname}`;
    this.log.push(line);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = this.#nextFault(line);
    try {
      if (fault === 'cut before' || this.isDown) return void response.destroy();
      if (typeof fault === 'object') {
        for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
        throw new ApiError(fault.status, fault.reason, 'as the test has it');
      }
      const answer = await this.#answer(request, url, Buffer.concat(chunks));
      if (fault === 'cut after') return void response.destroy();
      send(response, answer === undefined ? 204 : 200, answer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      send(response, error.status, error.body);
    }
  }

  /** What callbacks do is done; of the other faults that meet the request the first is told. */
  #nextFault(line: string): Exclude<Fault['does'], () => void> | undefined {
    let next: Exclude<Fault['does'], () => void> | undefined;
    for (const each of this.#faults) {
      if (!each.fault.request.test(line)) continue;
      each.seen += 1;
      const { after = 0, times = 1, does } = each.fault;
      if (each.seen <= after || each.seen > after + times) continue;
      if (typeof does === 'function') does();
      else next ??= does;
    }
    return next;
  }

  async #answer(request: IncomingMessage, url: URL, bytes: Buffer): Promise<unknown> {
    if (url.pathname === '/token')
      return this.#token(Object.fromEntries(new URLSearchParams(bytes.toString())));
    const scopes = this.#scopesOf(request.headers.authorization);
    const method = request.method ?? '';
    const { body, media } = bodyOf(request.headers['content-type'], bytes, url);
    if (url.pathname.startsWith('/v4/spreadsheets/')) return this.#sheets(method, url, body);
    const slides = this.#slides.find(method, url);
    const call = slides ?? this.#driveApi.find(method, url);
    if (!call) throw new ApiError(404, 'notFound', `There is no ${method} ${url.pathname}.`);
    if (!call.scopes.some((scope) => scopes.includes(scope)))
      throw new ApiError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
    call.checkBody(body);
    return call.masked(slides ? this.#presentations(call, body) : await this.drive.answer(call, body, media));
  }

  #scopesOf(authorization = ''): readonly string[] {
    const scopes = this.tokens.get(authorization.replace(/^Bearer /, ''));
    if (!scopes) throw new ApiError(401, 'authError', 'Request had invalid authentication credentials.');
    return scopes;
  }

  /** https://developers.google.com/identity/protocols/oauth2 */
  #token(form: Record<string, string>): unknown {
    this.tokenRequests.push(form);
    const { grant_type: grant, refresh_token: refresh = '' } = form;
    if (grant === 'refresh_token' && !this.refreshTokens.has(refresh))
      throw new ApiError(400, 'invalid_grant', 'revoked');
    const token = `token-${this.tokens.size + 1}`;
    this.tokens.set(token, [DRIVE_SCOPE]);
    const answer = { access_token: token, expires_in: 3599, token_type: 'Bearer', scope: DRIVE_SCOPE };
    if (grant !== 'authorization_code') return answer;
    const given = `refresh-${this.refreshTokens.size + 1}`;
    this.refreshTokens.add(given);
    return { ...answer, refresh_token: given };
  }

  #presentations({ method, path, query }: Call, body: unknown): unknown {
    const { presentationId = '' } = path;
    const isRead = method === 'presentations.get';
    const file = this.drive.file(presentationId, isRead ? 'read' : 'write');
    const { presentation } = file;
    if (!presentation) throw new ApiError(404, 'notFound', 'Requested entity was not found.');
    if (isRead)
      return toApi(presentationId, presentation, (element) => this.#imageUrl(presentationId, element));
    if (method !== 'presentations.batchUpdate') throw new ApiError(404, 'notFound', `no ${method} here`);
    if (Object.keys(query).length > 0 && query.fields === undefined)
      throw new ApiError(400, 'badRequest', 'query');
    const { requests, writeControl } = body as {
      requests: Record<string, unknown>[];
      writeControl?: { requiredRevisionId?: string };
    };
    const required = writeControl?.requiredRevisionId;
    if (required !== undefined && required !== `r${presentation.revision}`)
      throw new ApiError(
        400,
        'INVALID_ARGUMENT',
        'The required revision ID does not match the latest revision.',
      );
    const applied = applyAll(presentation, requests, {
      newId: () => this.drive.newId('made'),
      fetchImage: (address) => this.#fetched(address),
      hasChart: (spreadsheet, chart) =>
        [...(this.drive.files.get(spreadsheet)?.spreadsheet?.sheets.values() ?? [])].some(({ charts }) =>
          charts.has(chart),
        ),
    });
    file.presentation = applied.presentation;
    return {
      ...{ presentationId, replies: applied.replies },
      writeControl: { requiredRevisionId: `r${applied.presentation.revision}` },
    };
  }

  /** Nobody's to guess, and good for as long as the presentation is there. */
  #imageUrl(file: string, element: StoredElement): string {
    const token = `${element.id}-${this.#images.size + 1}`;
    this.#images.set(token, { file, element });
    return `${this.url}/images/${token}?key=k`;
  }

  #fetched(address: string): string | undefined {
    const { origin, pathname } = new URL(address);
    const found = origin === this.url ? this.#images.get(pathname.replace('/images/', '')) : undefined;
    return found && this.drive.files.has(found.file) ? found.element.image?.content : undefined;
  }

  #sheets(method: string, url: URL, body: unknown): unknown {
    const [, id = '', action] = /^\/v4\/spreadsheets\/([^/:]+)(:batchUpdate)?$/.exec(url.pathname) ?? [];
    const file = this.drive.file(id, action ? 'write' : 'read');
    if (!file.spreadsheet) throw new ApiError(404, 'notFound', 'Requested entity was not found.');
    if (method === 'GET' && !action) {
      if (url.searchParams.get('fields') !== 'sheets(properties(sheetId))')
        throw new ApiError(400, 'badRequest', 'fields');
      return {
        sheets: [...file.spreadsheet.sheets.keys()].map((sheetId) => ({
          properties: sheetId === 0 ? {} : { sheetId },
        })),
      };
    }
    if (method !== 'POST' || !action) throw new ApiError(404, 'notFound', `no ${method} here`);
    file.spreadsheet = applyToSheets(file.spreadsheet, body);
    return { spreadsheetId: id };
  }

  /** The decks that there are, with what is hidden. */
  decks(): StoredFile[] {
    return [...this.drive.files.values()].filter(
      (file) => file.mimeType === MIME.presentation && file.appProperties.contextSyncDeck !== undefined,
    );
  }
}

function bodyOf(type = '', bytes: Buffer, url: URL): { body: unknown; media: Buffer | undefined } {
  if (bytes.length === 0) return { body: undefined, media: undefined };
  if (type.startsWith('application/json')) return { body: parsed(bytes), media: undefined };
  const [, boundary] = /^multipart\/related; boundary=([\w-]+)$/.exec(type) ?? [];
  if (
    boundary === undefined ||
    url.searchParams.get('uploadType') !== 'multipart' ||
    !url.pathname.startsWith('/upload/')
  )
    throw new ApiError(400, 'badContent', `Unsupported content with type: ${type}`);
  const text = bytes.toString('latin1');
  const parts = text.split(`--${boundary}`).slice(1, -1);
  const [json = '', media = ''] = parts.map((part) =>
    part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''),
  );
  if (!parts[1]?.includes(MIME.powerpoint)) throw new ApiError(400, 'badContent', 'no PowerPoint file');
  return { body: parsed(Buffer.from(json, 'latin1')), media: Buffer.from(media, 'latin1') };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new ApiError(400, 'parseError', 'Invalid JSON payload received.');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
