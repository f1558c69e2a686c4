import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MboxEntry, type MboxOptions, readMbox } from '../../../src/connectors/email/mbox.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/email');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);

const POSTMARK = 'From ann@acme.example Sat Nov 21 09:30:00 2026';

async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.slice(at, at + size);
    at += size;
  }
}

async function split(file: string | Uint8Array, options?: MboxOptions, sizes = [7]): Promise<MboxEntry[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'latin1') : file;
  return Array.fromAsync(readMbox(inChunks(bytes, sizes), options));
}

const texts = (entries: readonly MboxEntry[]) =>
  entries.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));

/** As mboxrd writes it: each line that could be a postmark gets one more `>`. */
function quoted(message: string): string {
  return message.replace(/^>*From /gm, '>$&');
}

function mboxOf(messages: readonly string[]): string {
  return messages
    .map((message) => `${POSTMARK}\n${quoted(message)}${message.endsWith('\n') ? '' : '\n'}\n`)
    .join('');
}

describe('an mbox file', () => {
  test('is split at postmarks behind empty lines, and quoted lines are unquoted', async () => {
    const file = [
      POSTMARK,
      'Subject: one',
      '',
      '>From the start',
      '>>From deeper',
      '> From a quote',
      'From Monday on we are closed.',
      '',
      'From here it is a sentence, behind an empty line.',
      '',
      'From - Mon Nov 23 10:00:00 2026',
      'Subject: two',
      '',
      `${POSTMARK} in text without an empty line is a body's`,
      '',
    ].join('\n');
    const entries = await split(file.replace('Subject: two\n\n', 'Subject: two\nX: y\n'));
    expect(texts(entries)).toEqual([
      'Subject: one\n\nFrom the start\n>From deeper\n> From a quote\nFrom Monday on we are closed.\n\n' +
        'From here it is a sentence, behind an empty line.\n',
      `Subject: two\nX: y\n${POSTMARK} in text without an empty line is a body's\n`,
    ]);
    expect(entries.map(({ postmark }) => postmark)).toEqual([POSTMARK, 'From - Mon Nov 23 10:00:00 2026']);
  });

  test.each([
    'From - Tue Apr 16 09:27:14 2013',
    'From 1791000000000000000@xxx Mon Nov 23 10:00:00 +0000 2026',
    'From MAILER-DAEMON Fri Jul  8 12:08:34 2011',
    'From "odd sender"@acme.example Fri Jul  8 12:08:34 CET 2011',
    'From ann@acme.example Fri, 8 Jul 2011 12:08:34 +0200',
    'From ann Fri Jul  8 12:08 2011 remote from host',
  ])('knows the postmark %j', async (postmark) => {
    expect(await split(`${POSTMARK}\nA: 1\n\nx\n\n${postmark}\nB: 2\n\ny\n`)).toHaveLength(2);
  });

  test('may have CRLF and no final newline', async () => {
    const file = `${POSTMARK}\r\nA: 1\r\n\r\nx\r\n\r\n${POSTMARK}\r\nB: 2\r\n\r\ny`;
    expect(texts(await split(file))).toEqual(['A: 1\r\n\r\nx\r\n', 'B: 2\r\n\r\ny']);
  });

  test('may begin with empty lines and text, which is a message without a postmark', async () => {
    expect(texts(await split(`\n\n${POSTMARK}\nA: 1\n\nx\n`))).toEqual(['A: 1\n\nx\n']);
    const [lost, first] = await split(`\nLost: 0\n\nbody\n\n${POSTMARK}\nA: 1\n\nx\n`);
    expect(Buffer.from(lost?.bytes ?? []).toString()).toBe('Lost: 0\n\nbody\n');
    expect(lost).toMatchObject({ offset: 1, length: 14 });
    expect(lost?.postmark).toBeUndefined();
    expect(first?.postmark).toBe(POSTMARK);
    expect(await split('')).toEqual([]);
    expect(await split('\n\n')).toEqual([]);
  });

  test('may have NULs before a postmark and in texts', async () => {
    const file = `${POSTMARK}\nA: 1\n\nx\0y\n\0\0\n\0\0\0${POSTMARK}\nB: 2\n\nz\n`;
    expect(texts(await split(file))).toEqual(['A: 1\n\nx\0y\n', 'B: 2\n\nz\n']);
  });

  test('gives the beginning of a message that is too large, and goes on', async () => {
    const large = `A: 1\n\n${'x'.repeat(200_000)}\n`;
    const file = mboxOf(['Z: 0\n\nsmall\n', large, 'B: 2\n\ny\n']);
    const entries = await split(file, { maxMessageBytes: 1000 }, [8192]);
    expect(texts(entries)).toEqual(['Z: 0\n\nsmall\n', large.slice(0, 1000), 'B: 2\n\ny\n']);
    expect(entries.map(({ tooLarge }) => tooLarge)).toEqual([false, true, false]);
    expect(entries[1]?.length).toBe(large.length);
  });

  test('says where each message is', async () => {
    const file = mboxOf(['A: 1\n\nx\n', 'B: 2\n\nFrom y\n']);
    for (const { offset, length, bytes } of await split(file))
      expect(file.slice(offset, offset + length)).toBe(quoted(Buffer.from(bytes).toString()));
  });

  test('does not change a message by what is added behind it', async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, async (one, two) => {
        const alone = texts(await split(mboxOf([one])));
        const both = texts(await split(mboxOf([one, two])));
        expect(both[0]).toBe(alone[0]);
      }),
    );
  });
});

const lines = fc
  .array(fc.constantFrom('', 'From ', '>From x', POSTMARK, 'text', 'a: b', '\r', '\0'), { maxLength: 8 })
  .map((all) => `Subject: x\n${all.join('\n')}\n`);

test('what is joined as mboxrd is split into the same bytes, in chunks of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(lines, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
      async (messages, sizes) => {
        expect(texts(await split(mboxOf(messages), undefined, sizes))).toEqual(messages);
      },
    ),
  );
});

describe.skipIf(!present)('the corpus as one file', () => {
  test('is split into the messages it was joined from, in chunks of any size', async () => {
    const messages = globSync('**/*.eml', { cwd: CORPUS })
      .sort()
      .map((file) => readFileSync(join(CORPUS, file), 'latin1'));
    expect(messages.length).toBeGreaterThan(100);
    const file = Buffer.from(mboxOf(messages), 'latin1');
    const complete = messages.map((message) => (message.endsWith('\n') ? message : `${message}\n`));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 50, max: 100_000 }), { minLength: 1, maxLength: 5 }),
        async (sizes) => {
          expect(texts(await split(file, undefined, sizes))).toEqual(complete);
        },
      ),
      { numRuns: 8 },
    );
  });
});
