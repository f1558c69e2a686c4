import type { FaultPlan } from './faults.ts';
import type { Workspace } from './workspace/model.ts';

/** What a handler gets to know of one request. */
export interface Call {
  readonly workspace: Workspace;
  readonly faults: FaultPlan;
  readonly settings: Settings;
  readonly method: string;
  /** The path on the site, also for requests that came by the gateway. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON of the request; undefined without one. */
  readonly body: unknown;
}

export interface Settings {
  /** The site's address, without a slash at its end. */
  readonly site: string;
  /** Another origin, from which files are served by signed addresses. */
  readonly mediaSite: string;
  readonly cloudId: string;
  /** Pages are never larger than this, whatever a request asks for. */
  readonly pageLimit: number;
  /** How many comments an issue carries within itself. */
  readonly embeddedComments: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless it is text or bytes (sent as they are, with the headers' content type) or undefined (no body). */
  readonly body: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

export const redirect = (location: string, status = 302): Answer => ({
  status,
  headers: { location },
  body: undefined,
});

/** The error of the Confluence v2 API. */
function v2Error(status: number, code: string, title: string): Answer {
  return { status, body: { errors: [{ status, code, title, detail: null }] } };
}

export const v2NotFound = (): Answer => v2Error(404, 'NOT_FOUND', 'Not Found');

export const v2BadRequest = (title: string): Answer => v2Error(400, 'INVALID_REQUEST_PARAMETER', title);

/** The error of the Confluence v1 API. */
export function v1Error(status: number, message: string): Answer {
  const data = { authorized: status !== 403, valid: status === 404, errors: [], successful: false };
  return { status, body: { statusCode: status, data, message } };
}

/** The error of Jira. */
export function jiraError(status: number, ...errorMessages: readonly string[]): Answer {
  return { status, body: { errorMessages, errors: {} } };
}

/** Ends a request early with an answer, from wherever the problem is found. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}
