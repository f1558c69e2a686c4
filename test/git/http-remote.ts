import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface RemoteOptions {
  /** Whom it lets in, as `name:password`; everyone without it. */
  readonly access?: string;
  /** Called with each request; the address that it answers is redirected to. */
  readonly redirect?: (request: IncomingMessage) => string | undefined;
}

/** Serves the bare repositories of a folder by git's own CGI program, for reading and pushing. */
export async function serveRepositories(
  root: string,
  { access, redirect = () => undefined }: RemoteOptions = {},
): Promise<string> {
  const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const server = createServer((request, response) => {
    const location = redirect(request);
    if (location !== undefined) {
      response.writeHead(302, { location }).end();
      return;
    }
    const basic = access && `Basic ${Buffer.from(access).toString('base64')}`;
    if (basic !== undefined && request.headers.authorization !== basic) {
      // Some proxies quote what they refuse.
      const said = `refused: ${request.headers.authorization ?? 'nobody'}`;
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="git"', 'content-type': 'text/plain' })
        .end(said);
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    const cgi = spawn(backend, {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: 'test',
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(cgi.stdin);
    const chunks: Buffer[] = [];
    cgi.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    cgi.on('close', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      let status = 200;
      for (const line of answer.toString('latin1', 0, end).split('\r\n')) {
        const [name = '', value = ''] = line.split(/:\s*/, 2);
        if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.writeHead(status).end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
