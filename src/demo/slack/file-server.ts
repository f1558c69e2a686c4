import { createServer, type IncomingMessage } from 'node:http';
import { type Answer, redirect } from '../answer.ts';
import type { FaultPlan } from '../faults.ts';
import { sendAnswer } from '../responses.ts';
import { closeServer, listen } from '../sockets.ts';
import { answerOfFault } from './fault-answers.ts';
import type { Caller } from './method.ts';
import { bearer } from './requests.ts';
import type { SlackWorkspace } from './workspace.ts';

export interface FileRequest {
  readonly path: string;
  /** Whether it bore a token that may read files. */
  readonly authorized: boolean;
  readonly status: number;
}

export interface FileServer {
  readonly url: string;
  readonly requests: readonly FileRequest[];
  close(): Promise<void>;
}

export interface FileServerOptions {
  readonly workspace: SlackWorkspace;
  readonly faults: FaultPlan<SlackWorkspace>;
  readonly callerOf: (token: string | undefined) => Caller | undefined;
  /** Where a browser would log in. */
  readonly loginUrl: string;
}

/**
 * Serves files from an origin of its own, to those with a token that may read them. All others are sent to a page where
 * people log in. Faults apply to its paths, `/files-pri/TEAM-FILE/NAME`, too.
 */
export async function startFileServer(options: FileServerOptions): Promise<FileServer> {
  const { workspace, faults } = options;
  const requests: FileRequest[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const fault = faults.take(request.method ?? 'GET', path);
    if (fault?.kind === 'edit') fault.edit(workspace);
    const authorized = mayRead(request, options);
    const login = redirect(`${options.loginUrl}/?redir=${encodeURIComponent(path)}`);
    const answer = (fault && answerOfFault(fault)) ?? (authorized ? fileAt(path, options) : login);
    requests.push({ path, authorized, status: fault?.kind === 'reset' ? 0 : answer.status });
    sendAnswer(response, answer, '', fault);
  });
  const url = await listen(server, 0);
  return { url, requests, close: () => closeServer(server) };
}

function mayRead({ headers }: IncomingMessage, { callerOf }: FileServerOptions): boolean {
  return callerOf(bearer(headers.authorization))?.scopes.has('files:read') ?? false;
}

function fileAt(path: string, { workspace, faults }: FileServerOptions): Answer {
  const [, team, id = ''] = /^\/files-pri\/(\w+)-(\w+)\/(?:download\/)?[^/]+$/.exec(path) ?? [];
  const file = team === workspace.team.id ? workspace.files.get(id) : undefined;
  if (file === undefined || file.deleted || faults.forbidden.has(id))
    return { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, body: 'File not found' };
  return { status: 200, headers: { 'content-type': file.mimetype }, body: file.bytes() };
}
