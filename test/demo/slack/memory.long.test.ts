import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Loose } from '../client.ts';
import { pagesOf } from './client.ts';

const MB = 1024;

test('200,000 messages that are all read and searched take less than 400 MB', async () => {
  const program = fork(new URL('serve-scale.ts', import.meta.url).pathname);
  try {
    const [served]: Loose[] = await once(program, 'message');
    const callWith =
      (token: string) =>
      async (method: string, args: object = {}): Promise<Loose> => {
        const body = new URLSearchParams();
        for (const [name, value] of Object.entries(args)) body.set(name, String(value));
        const headers = { authorization: `Bearer ${token}` };
        return (await fetch(`${served.url}${method}`, { method: 'POST', headers, body })).json();
      };
    let read = 0;
    for (const channel of served.channels) {
      const args = { list: 'messages', channel, limit: 999 };
      const pages = await pagesOf(callWith(served.token), 'conversations.history', args);
      for (const { reply_count: replies = 0 } of pages.flat()) read += 1 + replies;
    }
    expect(read).toBe(200_000);
    const found = await callWith(served.userToken)('search.messages', { query: 'basket' });
    expect(found.messages.total).toBeGreaterThan(10_000);
    program.send('memory');
    const [{ maxRSS }]: Loose[] = await once(program, 'message');
    expect(maxRSS / MB).toBeLessThan(400);
  } finally {
    program.kill();
  }
});
