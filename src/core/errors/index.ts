import { oneLine } from '../one-line.ts';
import { answerErrors } from './answer.ts';
import { configErrors } from './config.ts';
import { contextErrors } from './context.ts';
import { documentErrors } from './document.ts';
import { emailErrors } from './email.ts';
import type { ErrorKind } from './entry.ts';
import { fetchErrors } from './fetch.ts';
import { filesErrors } from './files.ts';
import { frontmatterErrors } from './frontmatter.ts';
import { gitErrors } from './git.ts';
import { githubErrors } from './github.ts';
import { googleErrors } from './google.ts';
import { historyErrors } from './history.ts';
import { httpErrors } from './http.ts';
import { linkErrors } from './link.ts';
import { markedBlockErrors } from './marked-block.ts';
import { mcpErrors } from './mcp.ts';
import { personaErrors } from './personas.ts';
import { pipelineErrors } from './pipeline.ts';
import { pullErrors } from './pull.ts';
import { purgeErrors } from './purge.ts';
import { renderErrors } from './render.ts';
import { repositoryErrors } from './repository.ts';
import { scheduleErrors } from './schedule.ts';
import { searchErrors } from './search.ts';
import { setUpErrors } from './set-up.ts';
import { slackErrors } from './slack.ts';
import { slidesErrors } from './slides.ts';
import { sourceErrors } from './source.ts';
import { statusErrors } from './status.ts';
import { systemErrors } from './system.ts';

export type { ErrorKind } from './entry.ts';

/** Every failure that the program knows, by its name. */
export const catalogue = {
  ...answerErrors,
  ...configErrors,
  ...contextErrors,
  ...documentErrors,
  ...emailErrors,
  ...fetchErrors,
  ...filesErrors,
  ...frontmatterErrors,
  ...gitErrors,
  ...githubErrors,
  ...googleErrors,
  ...historyErrors,
  ...httpErrors,
  ...linkErrors,
  ...markedBlockErrors,
  ...mcpErrors,
  ...personaErrors,
  ...pipelineErrors,
  ...pullErrors,
  ...purgeErrors,
  ...renderErrors,
  ...repositoryErrors,
  ...scheduleErrors,
  ...searchErrors,
  ...setUpErrors,
  ...slackErrors,
  ...slidesErrors,
  ...sourceErrors,
  ...statusErrors,
  ...systemErrors,
};

export type ErrorCode = keyof typeof catalogue;
type ParamsOf<C extends ErrorCode> = Parameters<(typeof catalogue)[C]['message']>[0];

/** A failure the program knows: what happened and where (`message`), what to do next (`hint`). */
export class CtxError extends Error {
  override readonly name = 'CtxError';
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly hint: string;
  /** The parameters of the catalogue's entry, for callers that decide by them (a status, a path). */
  readonly params: unknown;

  constructor(
    code: ErrorCode,
    kind: ErrorKind,
    message: string,
    hint: string,
    params: unknown,
    cause: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.kind = kind;
    this.hint = hint;
    this.params = params;
  }

  is<C extends ErrorCode>(code: C): this is CtxError & { readonly params: ParamsOf<C> } {
    return this.code === code;
  }
}

/** Makes the catalogue's error `code`; the caller throws it. The cause is kept. */
export function ctxError<C extends ErrorCode>(code: C, params: ParamsOf<C>, cause?: unknown): CtxError {
  const { kind, message, hint } = catalogue[code] as {
    kind: ErrorKind;
    message: (p: ParamsOf<C>) => string;
    hint: (p: ParamsOf<C>) => string;
  };
  const shown = inLines(params);
  return new CtxError(code, kind, message(shown), hint(shown), params, cause);
}

/** The parameters as messages may show them: a name or a reason that came from elsewhere stays within its line. */
function inLines<T>(params: T): T {
  if (typeof params === 'string') return oneLine(params) as T;
  if (Array.isArray(params)) return params.map(inLines) as T;
  if (typeof params !== 'object' || params === null) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, inLines(value)])) as T;
}

/** A refusal of the operating system as an error of the catalogue; undefined for any other error. */
export function systemRefusal(error: unknown): CtxError | undefined {
  const { code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined || path === undefined)
    return undefined;
  return ctxError('system.refused', { call: syscall, path, reason: code }, error);
}

export function isCtxError(error: unknown): error is CtxError {
  return error instanceof CtxError;
}
