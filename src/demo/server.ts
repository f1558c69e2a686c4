import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Call, Refusal, type Settings } from './answer.ts';
import { type Credentials, isAuthorized, unauthorized } from './auth.ts';
import { answerOfFault, distortListing } from './fault-answers.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { type MediaRequest, startMediaServer } from './media.ts';
import { type Received, type RequestRecord, receive, recordOf } from './requests.ts';
import { sendAnswer } from './responses.ts';
import { noSuchPath, routes } from './routes.ts';
import { closeServer, listen } from './sockets.ts';
import { companyWorkspace } from './workspace/company.ts';
import type { Workspace } from './workspace/model.ts';

export type { RequestRecord } from './requests.ts';

export interface Simulator {
  /** The site's address: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly cloudId: string;
  readonly credentials: Credentials;
  readonly workspace: Workspace;
  readonly requests: readonly RequestRecord[];
  /** The address of another origin, which serves files. */
  readonly mediaUrl: string;
  /** What arrived there. */
  readonly mediaRequests: readonly MediaRequest[];
  readonly faults: FaultPlan;
  close(): Promise<void>;
}

export interface SimulatorOptions {
  readonly workspace?: Workspace;
  readonly port?: number;
  /** Refuses the plain site paths, as for a token with scopes, which only the gateway accepts. */
  readonly scopedToken?: boolean;
  /** Caps the size of pages, so that small workspaces have several. */
  readonly pageLimit?: number;
  /** How many comments an issue carries within itself; the newest stay. Default 20. */
  readonly embeddedComments?: number;
  /** Accepts edits and faults by `POST /__control`. */
  readonly control?: boolean;
  /** How long each answer of the site is on its way, in milliseconds, whatever else is. Default 0. */
  readonly latencyMs?: number;
}

const CLOUD_ID = '3f9b6d1e-52c8-4a07-8e6f-1d2c7a90b4e5';

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const workspace = options.workspace ?? companyWorkspace();
  const email = workspace.people.get(workspace.accountId)?.email ?? 'nobody@localhost';
  const credentials = { username: email, token: 'demo-token-for-the-simulator' };
  const faults = createFaultPlan();
  const requests: RequestRecord[] = [];
  const media = await startMediaServer(workspace, faults);
  const server = createServer();
  const url = await listen(server, options.port ?? 0);
  const settings: Settings = {
    site: url,
    mediaSite: media.url,
    cloudId: CLOUD_ID,
    pageLimit: options.pageLimit ?? Number.POSITIVE_INFINITY,
    embeddedComments: options.embeddedComments ?? 20,
  };
  const router = routes({ control: options.control ?? false });

  const answerTo = (received: Received): Answer => {
    const { method, address, target, body } = received;
    const match = router(method, address.path);
    if (match === undefined) return noSuchPath(address);
    const { handle, params } = match;
    const call: Call = {
      workspace,
      faults,
      settings,
      method,
      path: address.path,
      params,
      query: target.searchParams,
      body,
    };
    try {
      return handle(call);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(request, url, CLOUD_ID);
    const { address } = received;
    const isOpen = address.product === 'edge';
    const scopeFits = !(options.scopedToken ?? false) || address.gateway;
    const authorized = isAuthorized(request.headers.authorization, credentials) && scopeFits;
    const fault = isOpen ? undefined : faults.take(received.method, received.urlOnSite, received.body);
    if (fault?.kind === 'edit') fault.edit(workspace);
    let answer = fault && answerOfFault(fault);
    answer ??= isOpen || authorized ? answerTo(received) : unauthorized(address);
    if (fault !== undefined) answer = distortListing(fault, answer, received.urlOnSite);
    requests.push(recordOf(received, { at: requests.length + 1, authorized, status: answer.status, fault }));
    if (options.latencyMs !== undefined) await delay(options.latencyMs);
    sendAnswer(response, answer, settings.site, fault);
  };

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(`the simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
    });
  });

  return {
    url,
    cloudId: CLOUD_ID,
    credentials,
    workspace,
    requests,
    mediaUrl: media.url,
    mediaRequests: media.requests,
    faults,
    close: async () => {
      await Promise.all([closeServer(server), media.close()]);
    },
  };
}
