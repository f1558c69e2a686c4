import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import { createFaultPlan, type Fault, type FaultPlan } from '../faults.ts';
import { sendAnswer } from '../responses.ts';
import { closeServer, listen } from '../sockets.ts';
import { companySlack } from './company.ts';
import { answerOfFault, distortListing, loginPage, rateLimited, refusal } from './fault-answers.ts';
import { type FileRequest, startFileServer } from './file-server.ts';
import { type Caller, type Settings, SlackRefusal } from './method.ts';
import { callMethod, isMethod } from './methods.ts';
import { createRateLimiter } from './rate-limits.ts';
import { type Received, receive, type SlackRequest } from './requests.ts';
import type { Json, SlackWorkspace, Team } from './workspace.ts';

export type { SlackRequest } from './requests.ts';

export interface SlackSimulator {
  /** Stands before the name of a method: `http://127.0.0.1:PORT/api/`. */
  readonly url: string;
  /** The bot's. */
  readonly token: string;
  /** A person's, who reads all public channels and may search. */
  readonly userToken: string;
  readonly team: Team;
  readonly workspace: SlackWorkspace;
  readonly requests: readonly SlackRequest[];
  /** The address of another origin, which serves files. */
  readonly filesUrl: string;
  /** What arrived there. */
  readonly fileRequests: readonly FileRequest[];
  readonly faults: FaultPlan<SlackWorkspace>;
  close(): Promise<void>;
}

export interface SlackSimulatorOptions {
  readonly workspace?: SlackWorkspace;
  readonly port?: number;
  /** Caps `limit`: 15 for apps that are sold outside of the Marketplace. */
  readonly pageLimit?: number;
  /** Calls per minute by the name of the method; others are not limited. */
  readonly rateLimits?: Readonly<Record<string, number>>;
  /** Of both tokens. Default: all that the methods here ask for. */
  readonly scopes?: readonly string[];
  /** For the rate limits, in milliseconds. */
  readonly clock?: () => number;
  /** The address that `@@SITE@@` stands for in messages: that of the company's Jira and Confluence. */
  readonly atlassianSite?: string;
}

const TOKEN = 'demo-bot-token-for-the-simulator';
const USER_TOKEN = 'demo-user-token-for-the-simulator';

const READING = ['channels', 'groups', 'im', 'mpim'].flatMap((kind) => [`${kind}:read`, `${kind}:history`]);

const ALL_SCOPES: readonly string[] = [
  ...READING,
  ...['team:read', 'users:read', 'users:read.email', 'usergroups:read', 'emoji:read', 'files:read'],
];

export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const workspace = options.workspace ?? companySlack();
  const callers: ReadonlyMap<string, Caller> = new Map([
    [TOKEN, { kind: 'bot', userId: workspace.botUserId, scopes: new Set(options.scopes ?? ALL_SCOPES) }],
    [
      USER_TOKEN,
      {
        kind: 'user',
        userId: workspace.userId,
        scopes: new Set(options.scopes ?? [...ALL_SCOPES, 'search:read']),
      },
    ],
  ]);
  const callerOf = (token: string | undefined) => (token === undefined ? undefined : callers.get(token));
  const faults = createFaultPlan<SlackWorkspace>();
  const limiter = createRateLimiter(options.rateLimits ?? {}, options.clock ?? Date.now);
  const requests: SlackRequest[] = [];
  const server = createServer();
  const origin = await listen(server, options.port ?? 0);
  const files = await startFileServer({ workspace, faults, callerOf, loginUrl: origin });
  const settings: Settings = {
    pageLimit: options.pageLimit ?? Number.POSITIVE_INFINITY,
    filesUrl: files.url,
  };

  const answerTo = (received: Received, fault: Fault<SlackWorkspace> | undefined): Answer => {
    const method = methodOf(received);
    const { token, params } = received;
    const caller = callerOf(token);
    if (!isMethod(method))
      return { status: 200, body: { ok: false, error: 'unknown_method', req_method: method } };
    if (params instanceof SlackRefusal) return { status: 200, body: params.body };
    if (caller === undefined) return refusal(token === undefined ? 'not_authed' : 'invalid_auth');
    const headers = { 'x-oauth-scopes': [...caller.scopes].join(',') };
    const wait = limiter(token ?? '', method);
    if (wait !== undefined) return rateLimited({ ...headers, 'retry-after': String(wait) });
    const body = callMethod(method, { workspace, caller, params, faults, settings });
    const shown = fault === undefined ? body : distortListing(fault, body, params.get('cursor'));
    return { status: 200, headers, body: shown };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(request);
    if (!received.path.startsWith('/api/')) {
      sendAnswer(response, loginPage, '', undefined);
      return;
    }
    const fault = faults.take(received.httpMethod, received.url);
    if (fault?.kind === 'edit') fault.edit(workspace);
    const answer = (fault && answerOfFault(fault)) ?? answerTo(received, fault);
    const authorized = callerOf(received.token) !== undefined;
    requests.push(
      recordOf(received, answer, fault, {
        at: requests.length + 1,
        authorized,
        userAgent: request.headers['user-agent'],
      }),
    );
    sendAnswer(response, answer, options.atlassianSite ?? 'https://fernhollow.example', fault);
  };

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(`the simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
    });
  });

  return {
    url: `${origin}/api/`,
    token: TOKEN,
    userToken: USER_TOKEN,
    team: workspace.team,
    workspace,
    requests,
    filesUrl: files.url,
    fileRequests: files.requests,
    faults,
    close: async () => {
      await Promise.all([closeServer(server), files.close()]);
    },
  };
}

const methodOf = ({ path }: Received): string => path.slice('/api/'.length);

interface Circumstances {
  readonly at: number;
  readonly authorized: boolean;
  readonly userAgent: string | undefined;
}

function recordOf(
  received: Received,
  answer: Answer,
  fault: Fault<SlackWorkspace> | undefined,
  { at, authorized, userAgent }: Circumstances,
): SlackRequest {
  const { httpMethod, params, atMs } = received;
  const known = params instanceof SlackRefusal ? [] : [...params];
  const { error } = (answer.body ?? {}) as Json;
  return {
    at,
    atMs,
    httpMethod,
    method: methodOf(received),
    params: Object.fromEntries(known.filter(([name]) => name !== 'token')),
    status: fault?.kind === 'reset' ? 0 : answer.status,
    ...(typeof error === 'string' ? { error } : {}),
    authorized,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(fault === undefined ? {} : { fault: fault.kind }),
  };
}
