import { createServer } from 'node:http';
import { closeServer, listen } from './sockets.ts';
import type { Workspace } from './workspace/model.ts';

export interface MediaServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves files from an origin of its own, by signed addresses. Like the real one it refuses requests that
 * carry an Authorization header: a client that forwards its credentials across origins shows here.
 */
export async function startMediaServer(workspace: Workspace): Promise<MediaServer> {
  const server = createServer((request, response) => {
    const target = new URL(request.url ?? '/', 'http://localhost');
    const fileId = /^\/file\/([^/]+)\/binary$/.exec(target.pathname)?.[1] ?? '';
    const signature = Buffer.from(fileId).toString('base64url');
    if (request.headers.authorization !== undefined || target.searchParams.get('token') !== signature) {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"Forbidden"}}');
      return;
    }
    const file = findFile(workspace, fileId);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': file?.mediaType ?? 'application/json',
    });
    response.end(file === undefined ? '{"error":{"code":"NotFound"}}' : file.bytes());
  });
  const url = await listen(server, 0);
  return { url, close: () => closeServer(server) };
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
