import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import { ctxError } from '../core/errors/index.ts';

export interface HttpOptions {
  /** 0 for one that is free. */
  readonly port: number;
  /** What each request has to bring as its bearer token, if anything. */
  readonly token?: string | undefined;
  readonly onError: (error: Error) => void;
}

export interface HttpServer extends AsyncDisposable {
  readonly address: string;
}

const HOST = '127.0.0.1';
const PATH = '/mcp';
type NodeRequest = Parameters<ReturnType<typeof toNodeHandler>>[0];

/** Of a request; the longest question is a small part of it. In bytes. */
const MAX_BODY = 1024 * 1024;

/**
 * Serves clients of this machine. Pages of a browser are refused, by whatever name they reach it: a request has to be for
 * this machine and from none but it. Fails with `mcp.address`.
 */
export async function serveOverHttp(create: () => McpServer, options: HttpOptions): Promise<HttpServer> {
  const { port, token, onError } = options;
  const handler = createMcpHandler(create, { onerror: onError, maxRequestBodySize: MAX_BODY });
  const answer = toNodeHandler(handler, { onerror: onError, maxRequestBodySize: MAX_BODY });
  const isForHere = localhostHostValidation();
  const isFromHere = localhostOriginValidation();
  const isAllowed = bearing(token);
  const server = createServer((request, response) => {
    if (!isForHere(request, response) || !isFromHere(request, response)) return;
    if (new URL(request.url ?? '/', `http://${HOST}`).pathname !== PATH) refuse(response, 404, 'Not found');
    else if (!isAllowed(request)) refuse(response, 401, 'Unauthorized', { 'WWW-Authenticate': 'Bearer' });
    // Its type leaves out that node's may have no method, which a server's request always has.
    else answer(request as NodeRequest, response).catch(onError);
  });
  const address = await listening(server, port);
  return {
    address: `http://${HOST}:${address.port}${PATH}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      await handler.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listening(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(ctxError('mcp.address', { port, reason: error.code ?? error.message }, error)),
    );
    server.listen(port, HOST, () => resolve(server.address() as AddressInfo));
  });
}

/** Compared by digests, in a time that tells nothing of the token. */
function bearing(token: string | undefined): (request: IncomingMessage) => boolean {
  if (token === undefined) return () => true;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(token);
  return ({ headers }) => {
    const [, given] = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '') ?? [];
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}
