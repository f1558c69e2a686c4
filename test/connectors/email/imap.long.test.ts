import { chmodSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EmailSource } from '../../../src/config/sources/email.ts';
import { type Dovecot, dovecotVersion, startDovecot } from '../../harness/dovecot.ts';
import { replayed } from '../../harness/replay.ts';
import { raw, reply } from './harness.ts';
import { startImap } from './imap-context.ts';
import { bytesOf, happenings, RandomMail, wordsOf } from './random-mail.ts';

vi.setConfig({ testTimeout: 600_000 });

const lunch = raw('Something else', { Subject: 'Lunch', 'Message-ID': '<lunch@acme.example>' });

describe.skipIf(dovecotVersion === undefined)('a mailbox on a server', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('whose messages are only looked at is not listed; in full it is read and makes the same', async () => {
    await using context = await startImap(server);
    await context.owner.put(reply(1, 'Words'));
    await context.build();
    context.commands();
    await context.owner.look('m1@acme.example');
    expect((await context.build()).report.commit).toBeNull();
    expect(context.commands()).not.toContain('UID FETCH');
    expect((await context.build({ full: true })).report.commit).toBeNull();
    expect(context.commands()).toContain('UID FETCH');
  });

  test('with another message of the same id and length has the new one', async () => {
    await using context = await startImap(server);
    await context.owner.put(reply(1, 'Shall we?'));
    await context.build();
    await context.owner.remove('m1@acme.example');
    await context.owner.put(reply(1, 'Shall he?'));
    await context.build();
    expect(context.threads().get('m1@acme.example')?.body).toContain('Shall he?');
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('R3 of which a folder was made anew, and has other numbers, makes the same documents', async () => {
    await using context = await startImap(server, { folders: ['INBOX', 'Work'] });
    const { owner } = context;
    await owner.createFolder('Work');
    for (const n of [1, 2, 3]) await owner.put(reply(n, `Words ${n}`), n === 2 ? 'INBOX' : 'Work');
    await context.build();
    const before = context.documents();
    const validity = await owner.uidValidity('Work');
    await owner.deleteFolder('Work');
    await owner.createFolder('Work');
    expect(await owner.uidValidity('Work')).not.toBe(validity);
    for (const n of [3, 1]) await owner.put(reply(n, `Words ${n}`), 'Work');
    const { report } = await context.build();
    expect(report.commit).toBeNull();
    expect(context.documents()).toEqual(before);
  });

  test('of which a folder is lost fails for it, goes on with the rest and takes nothing away', async () => {
    await using context = await startImap(server, { folders: ['INBOX', 'Work'] });
    const { owner } = context;
    await owner.createFolder('Work');
    await owner.put(reply(1, 'At work'), 'Work');
    await owner.put(raw('Only there', { Subject: 'Work', 'Message-ID': '<w@acme.example>' }), 'Work');
    await owner.put(lunch);
    await context.build();
    await owner.renameFolder('Work', 'Elsewhere');
    await owner.put(reply(2, 'At home'));
    await owner.put(raw('New', { Subject: 'New', 'Message-ID': '<n@acme.example>' }));
    const { errors, report } = await context.build();
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ['email.folder', "email: folder Work can't be read (there is none)."],
    ]);
    expect(report.sources[0]).toMatchObject({ status: 'partial', added: 1, deleted: 0, modified: 0 });
    expect(context.threads().get('m1@acme.example')?.body).toContain('At work');
    await owner.renameFolder('Elsewhere', 'Work');
    const { errors: none } = await context.build();
    expect(none).toEqual([]);
    expect(context.threads().get('m1@acme.example')?.body).toMatch(/At work[\s\S]*At home/);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('tells of a message in two folders once; drafts and trash are read only when asked for', async () => {
    await using context = await startImap(server, { folders: 'all' });
    const { owner } = context;
    await owner.createFolder('Work');
    await owner.put(reply(1, 'Words'));
    await owner.put(reply(1, 'Words'), 'Work');
    await owner.put(raw('Not sent', { 'Message-ID': '<d@acme.example>' }), 'Drafts');
    await owner.put(raw('Not sent either', { 'Message-ID': '<e@acme.example>' }), 'INBOX', {
      flags: ['\\Draft'],
    });
    await owner.put(raw('Thrown away', { 'Message-ID': '<t@acme.example>' }), 'Trash');
    await context.build();
    expect([...context.threads().keys()]).toEqual(['m1@acme.example']);
    expect(context.threads().get('m1@acme.example')?.facts).toMatchObject({
      labels: ['Work'],
      fields: { messages: 1 },
    });
    await owner.move('m1@acme.example', 'Trash', 'Work');
    await context.build();
    expect(context.threads().get('m1@acme.example')?.facts.labels).toBeUndefined();
    await context.build({ config: { folders: ['\\Trash'] }, confirmDeletes: [] });
    expect([...context.threads().keys()]).toContain('t@acme.example');
  });

  test('is read from the day on which the first run began to, and from an earlier one when that is asked for', async () => {
    await using context = await startImap(server, { days: 30 });
    const { owner } = context;
    const old = (n: number) => raw(`Old ${n}`, { 'Message-ID': `<o${n}@acme.example>`, Subject: `Old ${n}` });
    await owner.put(old(1), 'INBOX', { date: '2026-09-01T10:00:00Z' });
    await owner.put(old(2), 'INBOX', { date: '2026-11-01T10:00:00Z' });
    await context.build();
    expect([...context.threads().keys()]).toEqual(['o2@acme.example']);
    await owner.put(old(3), 'INBOX', { date: '2026-11-20T10:00:00Z' });
    await context.build({ config: { days: 3 } });
    expect([...context.threads().keys()].sort()).toEqual(['o2@acme.example', 'o3@acme.example']);
    await context.build({ config: { days: 'all' } });
    expect(context.threads().size).toBe(3);
    await context.build({ full: true });
    expect(context.threads().size).toBe(3);
  });

  test('whose connection breaks now and then is read all the same', async () => {
    await using context = await startImap(server);
    for (const n of [1, 2, 3, 4, 5, 6]) await context.owner.put(reply(n, `Words ${n} `.repeat(400)));
    context.proxy.breakAfter(9000, 3);
    const { errors } = await context.build();
    expect(errors).toEqual([]);
    expect(context.commands().filter((command) => /LOGIN|AUTHENTICATE/.test(command)).length).toBe(4);
    context.proxy.breakAfter(undefined);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test.each([
    [
      'text',
      ['new/*', 'cur/*'],
      'email: document m1@acme.example could not be read: the server ends the connection over it',
    ],
    [
      'header',
      ['new/*', 'cur/*', 'dovecot.index.cache'],
      "email: folder INBOX: the server can't give 1 of its messages.",
    ],
  ])(
    'with a message whose %s the server ends the connection over has all others, and that one later',
    async (_, files, message) => {
      await using context = await startImap(server);
      const { owner, username } = context;
      for (const n of [1, 2, 3])
        await owner.put(raw(`Words ${n}`, { 'Message-ID': `<b${n}@acme.example>`, Subject: `S${n}` }));
      await context.build();
      await owner.put(reply(1, 'Unreadable'));
      await owner.put(lunch);
      const folder = server.maildir(username);
      const lost = globSync(files, { cwd: folder })
        .map((name) => join(folder, name))
        .filter((name) => name.endsWith('cache') || readFileSync(name, 'utf8').includes('Unreadable'));
      for (const file of lost) file.endsWith('cache') ? rmSync(file) : chmodSync(file, 0);
      const { errors, report } = await context.build();
      expect(errors.map((error) => error.message)).toEqual([message]);
      expect(report.sources[0]).toMatchObject({ status: 'partial', added: 1, deleted: 0 });
      for (const file of lost) if (!file.endsWith('cache')) chmodSync(file, 0o644);
      expect((await context.build()).errors).toEqual([]);
      expect(context.threads().size).toBe(5);
      expect(context.documents()).toEqual(await context.fresh());
    },
  );

  test('whose connection breaks each time fails, and the next run makes what a fresh one makes', async () => {
    await using context = await startImap(server);
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8])
      await context.owner.put(
        raw(`Words ${n} `.repeat(900), { 'Message-ID': `<x${n}@acme.example>`, Subject: `S${n}` }),
      );
    context.proxy.breakAfter(6000);
    const { errors } = await context.build({ isHasty: true });
    expect(errors.map(({ code }) => code)).toContain('email.connection-lost');
    expect(() => context.documents()).toThrow();
    context.proxy.breakAfter(undefined);
    expect((await context.build()).errors).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test.each<[string, EmailSource['days'], (text: string) => string, string]>([
    ['is empty', 'all', (text) => text.replace(/^\* SEARCH[ \d]*/m, '* SEARCH'), 'email.folder'],
    ['is cut', 'all', (text) => text.replace(/^(\* SEARCH(?: \d+)+) \d+/m, '$1'), 'email.folder'],
    ['is empty, of a window', 30, (text) => text.replace(/^\* SEARCH[ \d]*/m, '* SEARCH'), 'email.folder'],
    ['is refused', 30, (text) => text.replace(/^(\S+) OK Search/m, '$1 NO Search'), 'email.folder'],
  ])('R6 whose listing %s loses nothing', async (_, days, change, code) => {
    await using context = await startImap(server, { days });
    const { owner, proxy } = context;
    for (const n of [1, 2, 3])
      await owner.put(raw(`Words ${n}`, { 'Message-ID': `<b${n}@acme.example>`, Subject: `S${n}` }));
    await context.build();
    const before = context.documents();
    await owner.put(lunch);
    proxy.rewrite(change);
    const { errors } = await context.build();
    expect(errors.map((error) => error.code)).toEqual([code]);
    for (const [path, text] of before)
      if (!path.endsWith('INDEX.md')) expect(context.documents().get(path)).toBe(text);
    proxy.rewrite();
    expect((await context.build()).errors).toEqual([]);
    expect(context.threads().size).toBe(4);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('with a message that is too large has its words', async () => {
    await using context = await startImap(server);
    const large = `Large is what follows\n\n${'x'.repeat(70)}\n${`${'y'.repeat(70)}\n`.repeat(400_000)}`;
    await context.owner.put(raw(large, { 'Message-ID': '<large@acme.example>', Subject: 'Large' }));
    const { errors, warnings } = await context.build();
    expect(errors).toEqual([]);
    expect(warnings.flatMap(({ constructs }) => constructs)).toContain('mail:too-large');
    expect(context.threads().get('large@acme.example')?.body).toContain('Large is what follows');
    expect((await context.build()).report.commit).toBeNull();
  });

  test.each([
    ['with what it offers', undefined],
    ['without CONDSTORE', 'IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE SPECIAL-USE'],
  ])('R3 any sequence of runs makes what one run makes, %s', async (_, capability) => {
    await using own = await startDovecot(capability === undefined ? {} : { capability });
    await fc.assert(
      fc.asyncProperty(happenings, async (all) => {
        await using context = await startImap(own, { folders: ['one', 'two'] });
        const { owner } = context;
        for (const folder of ['one', 'two']) await owner.createFolder(folder);
        const mail = new RandomMail({
          put: (folder, message) => owner.put(bytesOf(message), folder),
          remove: (folder, message) => owner.remove(wordsOf(message), folder),
        });
        for (const happening of [...all, { what: 'build', nth: 0 } as const])
          if (happening.what === 'build') expect((await context.buildConfirming()).errors).toEqual([]);
          else await mail.happen(happening);
        expect(context.documents()).toEqual(await context.fresh());
      }),
      replayed({ runs: 10 }),
    );
  });
});

test.skipIf(dovecotVersion === undefined)('a certificate that nobody vouches for is refused', async () => {
  await using server = await startDovecot({ tls: true });
  const { startEmail } = await import('./local-context.ts');
  await using context = await startEmail(() => ({
    imap: { host: 'localhost', port: server.port, tls: 'implicit' },
    auth: { username: 'ann', token: server.password, kind: 'password' },
  }));
  const { errors } = await context.build();
  expect(errors.map(({ code }) => code)).toEqual(['email.unreachable']);
  expect(errors[0]?.message).toMatch(/SELF_SIGNED|self-signed/);
});
