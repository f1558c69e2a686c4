import { expect, test } from 'vitest';
import { googleRefusals } from '../../src/http/rate-limits.ts';
import { client, failureOf, server } from './client-fixture.ts';
import { json, script } from './server.ts';

const refusal = (reason: string) =>
  json({ error: { code: 403, message: 'Not now.', errors: [{ domain: 'usageLimits', reason }] } }, 403);

test.each(['userRateLimitExceeded', 'rateLimitExceeded'])('403 for %s is waited for', async (reason) => {
  const { origin, received } = await server(script(refusal(reason), json({ id: 1 })));
  const { http } = client(origin, { refusals: googleRefusals });
  expect(await http.json({ url: origin })).toEqual({ id: 1 });
  expect(received).toHaveLength(2);
});

test.each([
  ['an older answer', { errors: [{ reason: 'storageQuotaExceeded' }], status: 'X' }, 'storageQuotaExceeded'],
  [
    'a newer one',
    { status: 'PERMISSION_DENIED', details: [{ reason: 'SERVICE_DISABLED' }] },
    'SERVICE_DISABLED',
  ],
  ['one with a status alone', { status: 'PERMISSION_DENIED' }, 'PERMISSION_DENIED'],
  ['one whose reason is no word', { errors: [{ reason: 'a text of theirs' }] }, undefined],
])('403 is told with the word of %s', async (_, error, word) => {
  const { origin, received } = await server(json({ error }, 403));
  const { http } = client(origin, { refusals: googleRefusals });
  const failure = await failureOf(http.json({ url: origin }));
  expect(failure).toMatchObject({ code: 'http.forbidden', params: { status: 403 } });
  expect((failure.params as { word?: string }).word).toBe(word);
  expect(received).toHaveLength(1);
});

test('a body that is no JSON is sent as it is', async () => {
  const { origin, received } = await server(json({}));
  const body = { type: 'multipart/related; boundary=b', bytes: Buffer.from('--b\r\n\r\nabc\r\n--b--') };
  await client(origin).http.json({ method: 'POST', url: origin, body });
  expect(received).toMatchObject([
    { body: '--b\r\n\r\nabc\r\n--b--', headers: { 'content-type': 'multipart/related; boundary=b' } },
  ]);
});
