import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, ok } from '../answer.ts';
import { createFaultPlan, type Fault, type FaultPlan } from '../faults.ts';
import { sendAnswer } from '../responses.ts';
import { closeServer, listen } from '../sockets.ts';
import { budgetHeaders, createBudget, type Limits, type Resource, USUAL_LIMITS } from './budget.ts';
import { companyGithub } from './company.ts';
import { answerOfFault, distortListing, exhausted, gaveUp } from './fault-answers.ts';
import type { Context } from './graphql/context.ts';
import { type GraphqlRequest, prepare, run } from './graphql/run.ts';
import { type GithubRequest, type Received, receive, recordOf } from './requests.ts';
import { restError } from './rest/call.ts';
import { answerRest } from './rest/routes.ts';
import { type GithubWorkspace, isoOf } from './workspace.ts';

export type { GithubRequest } from './requests.ts';

export interface GithubSimulator {
  /** The REST API, as an enterprise server has it: `http://127.0.0.1:PORT/api/v3`. It answers at the root as well. */
  readonly url: string;
  /** `http://127.0.0.1:PORT/api/graphql`; `/graphql` answers as well. */
  readonly graphqlUrl: string;
  /** Where people see things; no server answers there. */
  readonly webUrl: string;
  readonly token: string;
  readonly workspace: GithubWorkspace;
  readonly requests: readonly GithubRequest[];
  readonly faults: FaultPlan<GithubWorkspace>;
  close(): Promise<void>;
}

export interface GithubSimulatorOptions {
  readonly workspace?: GithubWorkspace;
  readonly port?: number;
  readonly token?: string;
  /** Caps the size of pages, so that small repositories have several. */
  readonly pageLimit?: number;
  /** How many pull requests a query may ask more of than their own fields, before it takes too long: 502. Default: any number. */
  readonly detailLimit?: number;
  /** Points of the primary rate limit. Default: those of a person's token. */
  readonly limits?: Partial<Limits>;
  /** For the rate limits, in milliseconds. */
  readonly clock?: () => number;
  /** Default: `https://github.fernhollow.example`. */
  readonly webUrl?: string;
  /** The address that `@@SITE@@` stands for in texts: that of the company's Jira and Confluence. */
  readonly atlassianSite?: string;
}

const TOKEN = 'demo-github-token-for-the-simulator';

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const API_VERSIONS = ['2022-11-28', '2026-03-10'];

export async function startGithubSimulator(options: GithubSimulatorOptions = {}): Promise<GithubSimulator> {
  const workspace = options.workspace ?? companyGithub();
  const token = options.token ?? TOKEN;
  const web = options.webUrl ?? 'https://github.fernhollow.example';
  const pageLimit = options.pageLimit ?? Number.POSITIVE_INFINITY;
  const atlassianSite = options.atlassianSite ?? 'https://fernhollow.example';
  const faults = createFaultPlan<GithubWorkspace>();
  const clock = options.clock ?? Date.now;
  const budget = createBudget({ ...USUAL_LIMITS, ...options.limits }, clock);
  const requests: GithubRequest[] = [];
  const server = createServer();
  const origin = await listen(server, options.port ?? 0);

  /** Takes from the budget, or says that there is nothing left. */
  const paid = (resource: Resource, points: number, answer: () => Answer): Answer => {
    const isPaid = budget.take(resource, points);
    const given = isPaid ? answer() : exhausted(resource === 'graphql', 0);
    return { ...given, headers: { ...given.headers, ...budgetHeaders(budget, resource) } };
  };

  const answerGraphql = (request: GraphqlRequest, fault: Fault<GithubWorkspace> | undefined): Outcome => {
    const prepared = prepare(request);
    if ('refused' in prepared) return { answer: paid('graphql', 1, () => prepared.refused), points: 1 };
    const { nodeCount, points } = prepared.cost;
    const context: Context = {
      ...{ workspace, faults, web, pageLimit, fault, detailed: new Set<string>() },
      rateLimit() {
        const { reset, ...standing } = budget.standing('graphql');
        return { ...standing, cost: points, nodeCount, resetAt: isoOf(reset * 1000) };
      },
    };
    const answer = paid('graphql', points, () => {
      const complete = run(prepared, request, context);
      return context.detailed.size > (options.detailLimit ?? Number.POSITIVE_INFINITY) ? gaveUp : complete;
    });
    return { answer, points };
  };

  const answerRestCall = (received: Received): Answer => {
    const { path, query, api, accept, ifNoneMatch } = received;
    if (path === '/rate_limit') return ok(limitsView());
    const resource = path.startsWith('/search/') ? 'search' : 'core';
    const place = { web, api, atlassianSite, path, params: {}, query };
    const call = { workspace, faults, ...place, accept, pageLimit };
    const answer = withEtag(answerRest(call));
    // What has not changed is free: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
    const etag = answer.headers?.etag;
    if (etag !== undefined && ifNoneMatch?.split(/\s*,\s*/).includes(etag))
      return { status: 304, headers: { etag, ...budgetHeaders(budget, resource) }, body: undefined };
    return paid(resource, 1, () => answer);
  };

  const limitsView = () => {
    const [core, search, graphql] = (['core', 'search', 'graphql'] as const).map((each) => ({
      ...budget.standing(each),
      resource: each,
    }));
    return { resources: { core, search, graphql }, rate: core };
  };

  const answerTo = (received: Received, fault: Fault<GithubWorkspace> | undefined): Outcome => {
    const refused = refusalOf(received, token);
    if (refused !== undefined) return { answer: refused };
    const { graphql } = received;
    if (graphql === 'unreadable')
      return { answer: restError(400, 'Problems parsing JSON, or no query in it') };
    if (graphql !== 'absent') return answerGraphql(graphql, fault);
    return { answer: answerRestCall(received) };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(request, origin);
    const fault = faults.take(received.httpMethod, received.url);
    if (fault?.kind === 'edit') fault.edit(workspace);
    const injected = fault && answerOfFault(fault, received);
    const outcome: Outcome = injected === undefined ? answerTo(received, fault) : { answer: injected };
    const answer = withHeaders(
      fault === undefined ? outcome.answer : distortListing(fault, outcome.answer, received),
      received,
      requests.length + 1,
    );
    const authorized = received.token === token;
    const { points } = outcome;
    requests.push(
      recordOf(received, { at: requests.length + 1, status: answer.status, authorized, points, fault }),
    );
    sendAnswer(response, answer, atlassianSite, fault);
  };

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(`the simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
    });
  });

  return {
    url: `${origin}/api/v3`,
    graphqlUrl: `${origin}/api/graphql`,
    webUrl: web,
    token,
    workspace,
    requests,
    faults,
    close: () => closeServer(server),
  };
}

interface Outcome {
  readonly answer: Answer;
  /** Of GraphQL. */
  readonly points?: number;
}

/** What is wrong with a request before anything is looked up. */
function refusalOf(received: Received, token: string): Answer | undefined {
  const { userAgent, apiVersion, graphql, httpMethod } = received;
  if (!userAgent)
    return restError(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  if (received.token === undefined) return restError(401, 'Requires authentication');
  if (received.token !== token) return restError(401, 'Bad credentials');
  if (apiVersion !== undefined && !API_VERSIONS.includes(apiVersion))
    return restError(400, `"${apiVersion}" is not a supported version of the REST API`);
  return httpMethod === (graphql === 'absent' ? 'GET' : 'POST') ? undefined : restError(404, 'Not Found');
}

function withEtag(answer: Answer): Answer {
  if (answer.status !== 200) return answer;
  const { body, headers = {} } = answer;
  const text = body instanceof Uint8Array ? body : JSON.stringify([body, headers.link]);
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  return { ...answer, headers: { ...headers, etag } };
}

function withHeaders(answer: Answer, received: Received, at: number): Answer {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `FH00:${at}`,
    ...(received.graphql === 'absent'
      ? { 'x-github-api-version-selected': received.apiVersion ?? '2022-11-28' }
      : {}),
    ...(received.isEnterprise ? { 'x-github-enterprise-version': 'enterprise-server@3.19.0' } : {}),
    ...answer.headers,
  };
  return { ...answer, headers };
}
