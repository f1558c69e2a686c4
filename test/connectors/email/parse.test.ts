import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailDate } from '../../../src/connectors/email/dates.ts';
import { parseMail, readAttachment } from '../../../src/connectors/email/parse.ts';
import { anyCharacter } from '../../harness/any-character.ts';
import { raw } from './harness.ts';

const multipart = (kind: string, ...parts: string[]) =>
  ({
    body: `${parts.map((part) => `--B\n${part}`).join('\n')}\n--B--\n`,
    headers: { 'Content-Type': `multipart/${kind}; boundary=B` },
  }) as const;

const TEXT = 'Content-Type: text/plain\n\nHello\n';
const FILE =
  'Content-Type: image/png\nContent-Disposition: attachment; filename="../a b.png"\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n';

describe('a message', () => {
  test('has people, subject, ids, list and labels, decoded', async () => {
    const mail = await parseMail(
      raw('Hi', {
        From: '=?utf-8?q?J=C3=B6rg?= <Joerg@ACME.example>',
        To: 'Team: Ann <ann@acme.example>, bob@acme.example;',
        Cc: '"Lee, Ann" <ann.lee@acme.example>, ann.lee@acme.example',
        Subject: '=?iso-8859-1?Q?=DCber?= uns',
        'In-Reply-To': '<c@x>',
        References: '<a@x>\r\n <b@x> junk <a@x>',
        'List-Id': 'The Team <Team.acme.example>',
        'X-Gmail-Labels': 'Inbox,"Work",Inbox',
        'Auto-Submitted': 'auto-replied',
      }),
    );
    expect(mail).toMatchObject({
      id: 'a@acme.example',
      from: [{ name: 'Jörg', address: 'joerg@acme.example' }],
      to: [
        { name: 'Ann', address: 'ann@acme.example' },
        { name: '', address: 'bob@acme.example' },
      ],
      cc: [{ address: 'ann.lee@acme.example' }],
      subject: 'Über uns',
      references: ['a@x', 'b@x', 'c@x'],
      date: '2026-11-21T09:30:00.000Z',
      list: 'team.acme.example',
      labels: ['Inbox', 'Work'],
      flags: ['auto-submitted'],
      warnings: [],
    });
  });

  test('keeps its bytes as they are', async () => {
    const bytes = raw('a \nb', { 'Content-Type': 'text/plain; format=flowed; delsp=yes' });
    const before = Buffer.from(Uint8Array.from(bytes));
    expect((await parseMail(bytes)).text).toMatchObject({ flowed: true, delSp: true });
    expect(before.equals(bytes)).toBe(true);
  });

  test('without an id has one of its content, whatever transport adds', async () => {
    const headers = { 'Message-ID': undefined };
    const one = await parseMail(raw('Hi', headers));
    const moved = await parseMail(
      raw('Hi', { ...headers, Received: 'by x; Sat, 21 Nov 2026 09:30:05 +0000' }),
    );
    const other = await parseMail(raw('Ho', headers));
    expect(one.id).toMatch(/^[0-9a-f]{40}@no-id\.invalid$/);
    expect(moved.id).toBe(one.id);
    expect(other.id).not.toBe(one.id);
    expect(one.warnings).toEqual([{ construct: 'mail:no-message-id', fate: 'degraded' }]);
  });

  test('has headers in a national charset read as such', async () => {
    const bytes = Buffer.from('Subject: Gr\xfc\xdfe\r\nFrom: J\xf6rg <j@x.example>\r\n\r\nHi', 'latin1');
    const mail = await parseMail(bytes);
    expect([mail.subject, mail.from[0]?.name]).toEqual(['Grüße', 'Jörg']);
  });

  test.each([
    ['Sat, 21 Nov 2026 09:30:00 +0130', '2026-11-21T08:00:00.000Z'],
    ['21 Nov 26 09:30 EST (Eastern (US))', '2026-11-21T14:30:00.000Z'],
    ['Sat Nov 21 09:30:00 2026', '2026-11-21T09:30:00.000Z'],
    ['Sat, 21 Nov 2026 09:30:00', '2026-11-21T09:30:00.000Z'],
    ['Sat, 21 Nov 2026 09:30:00 -0030', '2026-11-21T10:00:00.000Z'],
    ['Sun, 30 Jun 3609 09:30:00 +0000', undefined],
    ['yesterday', undefined],
  ])('was written %s: %s', (value, date) => expect(mailDate(value)).toBe(date));

  test.each([
    ['nonsense', '2026-11-20T10:00:00.000Z'],
    [undefined, '2026-11-20T10:00:00.000Z'],
    ['Sat, 21 Nov 2048 09:30:00 +0000', '2026-11-20T10:00:00.000Z'],
    ['Fri, 20 Nov 2026 08:00:00 +0000', '2026-11-20T08:00:00.000Z'],
  ])('dated %s was received then', async (written, date) => {
    const received = 'from a by b; Fri, 20 Nov 2026 10:00:00 +0000';
    expect((await parseMail(raw('Hi', { Date: written, Received: received }))).date).toBe(date);
  });
});

describe('the files of a message', () => {
  test('are told by their content, which is found again', async () => {
    const { body, headers } = multipart('mixed', TEXT, FILE);
    const bytes = raw(body, headers);
    const { attachments, text } = await parseMail(bytes);
    expect(text?.value.trim()).toBe('Hello');
    expect(attachments).toEqual([
      {
        part: '1',
        name: 'a b.png',
        type: 'image/png',
        size: 5,
        sha256: createHash('sha256').update('hello').digest('hex'),
      },
    ]);
    expect(Buffer.from((await readAttachment(bytes, '1')) ?? []).toString()).toBe('hello');
    expect(await readAttachment(bytes, '2')).toBeUndefined();
    expect(await readAttachment(bytes, '1.1')).toBeUndefined();
  });

  test('of messages within it are found too', async () => {
    const { body, headers } = multipart('mixed', TEXT, FILE);
    const inner = Buffer.from(raw(body, headers))
      .toString()
      .replaceAll('--B', '--C')
      .replace('boundary=B', 'boundary=C');
    const outer = multipart('mixed', TEXT, `Content-Type: message/rfc822\n\n${inner}`);
    const bytes = raw(outer.body, outer.headers);
    const { messages } = await parseMail(bytes);
    expect(messages[0]?.attachments[0]?.part).toBe('1.1');
    expect(Buffer.from((await readAttachment(bytes, '1.1')) ?? []).toString()).toBe('hello');
  });
});

test('an invitation says what, when and where, once', async () => {
  const calendar = [
    'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE',
    'BEGIN:VEVENT\nDTSTART;TZID=Europe/Berlin:20261123T100000\nDTEND:20261123T100000Z\nSUMMARY:Plan\\, and',
    '  more\nLOCATION:Room 1\nORGANIZER;CN="Lee, Ann":mailto:ann@acme.example\nATTENDEE;CN=Bob:MAILTO:bob@acme.example\nEND:VEVENT\nEND:VCALENDAR',
  ].join('\n');
  const { body, headers } = multipart(
    'mixed',
    TEXT,
    `Content-Type: text/calendar; method=REQUEST\n\n${calendar}`,
    `Content-Type: application/ics; name=invite.ics\n\n${calendar}`,
  );
  const { invitations, attachments } = await parseMail(raw(body, headers));
  expect(invitations).toEqual([
    {
      method: 'REQUEST',
      summary: 'Plan, and more',
      start: '2026-11-23 10:00 Europe/Berlin',
      end: '2026-11-23 10:00 UTC',
      location: 'Room 1',
      organizer: 'Lee, Ann <ann@acme.example>',
      attendees: ['Bob <bob@acme.example>'],
    },
  ]);
  expect(attachments.map(({ name }) => name)).toEqual(['invite.ics']);
});

test('a delivery report says who did not get what', async () => {
  const status =
    'Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; eve@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such\n user\n';
  const { body, headers } = multipart(
    'report',
    TEXT,
    `Content-Type: message/delivery-status\n\n${status}`,
    'Content-Type: text/rfc822-headers\n\nSubject: Lost\nMessage-ID: <lost@x>\n',
  );
  const mail = await parseMail(raw(body, headers));
  expect(mail.flags).toContain('bounce');
  expect(mail.reports).toEqual([
    { recipient: 'eve@x.example', action: 'failed', status: '5.1.1', diagnostic: '550 no such user' },
  ]);
  expect(mail.messages[0]?.subject).toBe('Lost');
});

describe('bad input', () => {
  test('beyond the bounds of the parser, headers and text are read by hand', async () => {
    const nested = Array.from(
      { length: 300 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
    );
    const mail = await parseMail(
      Buffer.from(`Subject: Deep\nFrom: eve@x.example\n${nested.join('')}\nbottom`),
    );
    expect(mail.subject).toBe('Deep');
    expect(mail.text?.value).toContain('bottom');
    expect(mail.warnings[0]).toEqual({ construct: 'mail:malformed', fate: 'degraded' });
  });

  test('never fails', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '--B',
        '--B--',
        'Content-Type: multipart/mixed; boundary=B',
        'Content-Type: message/rfc822',
      ),
      fc.constantFrom(
        'Content-Type: text/plain; format=flowed; charset=nope',
        'Subject: =?utf-8?q?=FF?=',
        '> q ',
        'From: <<>@',
      ),
      fc.constantFrom(
        'Content-Type: text/calendar',
        'BEGIN:VEVENT',
        'END:VEVENT',
        'Date: 99 Foo',
        'References: <',
        '\0',
      ),
      fc.string({ unit: anyCharacter, maxLength: 20 }),
    );
    const message = fc.array(line, { maxLength: 20 }).map((lines) => Buffer.from(lines.join('\n'), 'latin1'));
    await fc.assert(
      fc.asyncProperty(message, async (bytes) => {
        const mail = await parseMail(bytes);
        expect(mail.id).not.toBe('');
        expect(await parseMail(bytes)).toEqual(mail);
      }),
      { numRuns: 200 },
    );
  });
});
