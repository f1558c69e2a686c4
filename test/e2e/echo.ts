import { expect } from 'vitest';
import { type Handler, json, raw, reset, serve } from '../http/server.ts';
import { configuration } from './configuration.ts';
import { expectHidden, formsOf, machineFor } from './secrets.ts';

const BOTH = configuration({ edits: { 'spaces: [ENG, INFRA, PRODUCT]': 'spaces: all' } });

const quoted = ({ headers }: { headers: Record<string, unknown> }) =>
  `refused ${String(headers.authorization)}`;
const inJson =
  (status: number): Handler =>
  (response, request, count) => {
    const said = quoted(request);
    return json({ errorMessages: [said], errors: { token: said }, message: said }, status)(
      response,
      request,
      count,
    );
  };
/** How a service can fail and quote what it was sent. */
export const kinds = {
  'status 400': inJson(400),
  'status 401': inJson(401),
  'status 403': inJson(403),
  'status 404': inJson(404),
  'status 410': inJson(410),
  'status 418': inJson(418),
  'status 503': inJson(503),
  'an answer of another shape': inJson(200),
  'a login page': (response, request, count) =>
    raw(`<html><body>${quoted(request)}</body></html>`, 200, { 'content-type': 'text/html' })(
      response,
      request,
      count,
    ),
  'broken JSON': (response, request, count) =>
    raw(`{"message": "${quoted(request)}`)(response, request, count),
  'a redirect': (response, request) => {
    const { authorization = '' } = request.headers;
    response.writeHead(302, { location: `/login?as=${encodeURIComponent(authorization)}` }).end();
  },
  'its headers': (response, request) => {
    response
      .writeHead(401, { 'www-authenticate': quoted(request), 'x-said': quoted(request) })
      .end(quoted(request));
  },
  'a lost connection': reset,
} as const satisfies Readonly<Record<string, Handler>>;

/** A build that meets such a service fails and tells nothing of what it sent. */
export async function expectNoEcho(names: readonly (keyof typeof kinds)[]): Promise<void> {
  const credentials = { username: 'ann@example.test', token: ['ech0', 'ech0', 'ech0', '/+='].join('-') };
  const runs = names.map(async (name) => {
    await using server = await serve(kinds[name]);
    const machine = await machineFor({ url: server.origin, credentials }, BOTH);
    const ran = await machine.ctxHere(['build', '--json'], { env: { CTX_DEBUG: '1' } });
    expect(ran.code, name).not.toBe(0);
    expect(ran.stderr, name).toMatch(/^error: /m);
    expect(server.received.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
    expectHidden(ran.stdout + ran.stderr, formsOf(credentials.token, credentials.username));
    expect(Object.keys(JSON.parse(ran.stdout))).toContain('sources');
  });
  await Promise.all(runs);
}
