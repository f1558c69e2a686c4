import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, dovecotVersion, startDovecot } from '../../harness/dovecot.ts';
import { raw } from './harness.ts';
import { type ImapContext, startImap } from './imap-context.ts';
import type { EmailBuild } from './local-context.ts';

const WORDS = 'Words that are long enough to come one by one. '.repeat(60);
const message = (n: number, words = WORDS) =>
  raw(`${words} ${n}`, { 'Message-ID': `<t${n}@acme.example>`, Subject: `Subject ${n}` });
const ALL = Array.from({ length: 120 }, (_, n) => n);

describe.skipIf(dovecotVersion === undefined)('a run of mail that is interrupted', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  /** Builds, and interrupts that when so many texts were asked for. */
  async function interrupted(context: ImapContext, choices: EmailBuild = {}): Promise<void> {
    const controller = new AbortController();
    context.proxy.sent();
    let asked = 0;
    const timer = setInterval(() => {
      asked += context.proxy.sent().filter((line) => line.includes('BODY.PEEK[]')).length;
      if (asked >= 2) controller.abort(new Error('interrupted by the test'));
    }, 1);
    try {
      await expect(context.build({ ...choices, isHasty: true, signal: controller.signal })).rejects.toThrow();
    } finally {
      clearInterval(timer);
    }
  }

  /** How many messages were asked for since the last question. */
  const askedFor = (context: ImapContext) =>
    context.proxy
      .sent()
      .filter((line) => line.includes('BODY.PEEK[]'))
      .flatMap((line) => /UID FETCH (\S+)/.exec(line)?.[1]?.split(',') ?? [])
      .reduce((sum, range) => {
        const [first = 0, last = first] = range.split(':').map(Number);
        return sum + last - first + 1;
      }, 0);

  test('is gone on with, and makes what a fresh one makes', async () => {
    await using context = await startImap(server);
    for (const n of ALL) await context.owner.put(message(n));
    await interrupted(context);
    context.proxy.sent();
    // A message that was read already is another now, as long as it was, under the same id.
    await context.owner.remove('t0@acme.example');
    await context.owner.put(message(0, WORDS.replaceAll('long', 'tall')));
    expect((await context.build()).errors).toEqual([]);
    expect(askedFor(context)).toBeLessThan(ALL.length - 20);
    expect(context.threads().get('t0@acme.example')?.body).toContain('tall');
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('in full goes on in full', async () => {
    await using context = await startImap(server);
    for (const n of ALL) await context.owner.put(message(n));
    await context.build();
    await interrupted(context, { full: true });
    context.proxy.sent();
    const { report } = await context.build({ full: true });
    expect(report.commit).toBeNull();
    const asked = askedFor(context);
    expect(asked).toBeLessThan(ALL.length);
    expect(asked).toBeGreaterThan(20);
  });
});
