import type { FaultPlan } from '../faults.ts';
import type { Json, SlackWorkspace } from './workspace.ts';

/** Who asks, and what for. */
export interface Call {
  readonly workspace: SlackWorkspace;
  readonly caller: Caller;
  readonly params: Params;
  readonly faults: FaultPlan<SlackWorkspace>;
  readonly settings: Settings;
}

/** What it takes to show a record. */
export type Viewing = Pick<Call, 'workspace' | 'settings'>;

export interface Caller {
  readonly kind: 'bot' | 'user';
  readonly userId: string;
  readonly scopes: ReadonlySet<string>;
}

/** The arguments of a request, from its query and its body. */
export type Params = ReadonlyMap<string, string>;

export interface Settings {
  /** Lists are never longer than this, whatever a request asks for. */
  readonly pageLimit: number;
  /** The origin of files. */
  readonly filesUrl: string;
}

export interface Method {
  /** Needed whatever is asked for; a method asks for others itself, with `requireScopes`. */
  readonly scopes: readonly string[];
  /** Default: both. */
  readonly only?: Caller['kind'];
  /** The answer without `ok`. */
  readonly run: (call: Call) => Json;
}

/** Ends a call with `{ok: false, error}`, from wherever the problem is found. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly body: Json;

  constructor(error: string, details: Json = {}) {
    super(error);
    this.body = { ok: false, error, ...details };
  }
}

export function requireScopes(caller: Caller, needed: readonly string[]): void {
  const missing = needed.filter((scope) => !caller.scopes.has(scope));
  if (missing.length === 0) return;
  const provided = [...caller.scopes].join(',');
  throw new SlackRefusal('missing_scope', { needed: missing.join(','), provided });
}

export function required({ params }: Call, name: string): string {
  const value = params.get(name);
  if (value !== undefined && value !== '') return value;
  const messages = [`[ERROR] missing required field: ${name}`];
  throw new SlackRefusal('invalid_arguments', { response_metadata: { messages } });
}

export const isSet = ({ params }: Call, name: string): boolean =>
  params.get(name) === 'true' || params.get(name) === '1';
