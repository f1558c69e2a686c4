import { createServer, type IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';
import { answerOfFault } from './fault-answers.ts';
import type { FaultPlan } from './faults.ts';
import { sendAnswer } from './responses.ts';
import { closeServer, listen } from './sockets.ts';
import type { Workspace } from './workspace/model.ts';

export interface MediaServer {
  readonly url: string;
  readonly requests: readonly MediaRequest[];
  close(): Promise<void>;
}

export interface MediaRequest {
  readonly path: string;
  /** What a client must never send here. */
  readonly authorization: string | undefined;
  readonly status: number;
}

/**
 * Serves files from an origin of its own, by signed addresses. Like the real one it refuses requests that
 * carry an Authorization header: a client that forwards its credentials across origins shows here. Faults apply to
 * its paths, `/file/ID/binary`, too.
 */
export async function startMediaServer(workspace: Workspace, faults: FaultPlan): Promise<MediaServer> {
  const requests: MediaRequest[] = [];
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    const fault = faults.take(request.method ?? 'GET', target);
    if (fault?.kind === 'edit') fault.edit(workspace);
    const answer = (fault && answerOfFault(fault)) ?? answerTo(request, workspace);
    const { authorization } = request.headers;
    requests.push({ path: target, authorization, status: fault?.kind === 'reset' ? 0 : answer.status });
    sendAnswer(response, answer, '', fault);
  });
  const url = await listen(server, 0);
  return { url, requests, close: () => closeServer(server) };
}

function answerTo({ url = '/', headers }: IncomingMessage, workspace: Workspace): Answer {
  const target = new URL(url, 'http://localhost');
  const fileId = /^\/file\/([^/]+)\/binary$/.exec(target.pathname)?.[1] ?? '';
  const signature = Buffer.from(fileId).toString('base64url');
  if (headers.authorization !== undefined || target.searchParams.get('token') !== signature)
    return { status: 403, body: { error: { code: 'Forbidden' } } };
  const file = findFile(workspace, fileId);
  if (file === undefined) return { status: 404, body: { error: { code: 'NotFound' } } };
  return { status: 200, headers: { 'content-type': file.mediaType }, body: file.bytes() };
}

/** Pages' files are called by their media id, issues' by `issue-` and the attachment's id. */
function findFile(workspace: Workspace, fileId: string) {
  for (const file of workspace.attachments.values()) if (file.fileId === fileId) return file;
  for (const issue of workspace.issues.values()) {
    const file = issue.attachments.find((each) => `issue-${each.id}` === fileId);
    if (file !== undefined) return { mediaType: file.mimeType, bytes: file.bytes };
  }
  return undefined;
}
