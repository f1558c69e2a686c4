import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, dovecotVersion, startDovecot } from '../../harness/dovecot.ts';
import { raw, reply } from './harness.ts';
import { startImap } from './imap-context.ts';

const lunch = raw('Something else', { Subject: 'Lunch', 'Message-ID': '<lunch@acme.example>' });

describe.skipIf(dovecotVersion === undefined)('a mailbox on a server', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('is read without a trace; a second run opens the folder and asks for nothing', async () => {
    await using context = await startImap(server);
    const { owner } = context;
    for (const n of [1, 2]) await owner.put(reply(n, `Words ${n}`));
    await owner.put(lunch);
    const { errors, report } = await context.build();
    expect(errors).toEqual([]);
    expect(report.sources[0]).toMatchObject({ status: 'ok', added: 2 });
    expect(context.threads().get('m1@acme.example')?.path).toMatch(
      new RegExp(`^email/${context.username}/2026/11/[0-9a-f]{10}-plan\\.md$`),
    );
    const sent = context.proxy.sent();
    expect(sent.filter((line) => / EXAMINE /.test(line)).length).toBeGreaterThan(0);
    expect(sent.filter((line) => / (?:SELECT|STORE|EXPUNGE|APPEND|MOVE|COPY) /.test(line))).toEqual([]);
    expect(sent.filter((line) => /\bBODY\[|\bRFC822(?!\.SIZE)/.test(line))).toEqual([]);

    const again = await context.build();
    expect(again.report.commit).toBeNull();
    expect(again.report.sources[0]).toMatchObject({ unchanged: 2, modified: 0 });
    const commands = context.commands();
    expect(commands).toContain('EXAMINE');
    expect(commands.filter((command) => /SEARCH|FETCH/.test(command))).toEqual([]);
  });

  test('tells of an answer by its thread alone, and of a deletion by what is left', async () => {
    await using context = await startImap(server);
    const { owner } = context;
    await owner.put(reply(1, 'Shall we?'));
    await owner.put(lunch);
    await context.build();
    context.proxy.sent();
    await owner.put(reply(2, 'Yes, let us.'));
    const { changes } = await context.build();
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      expect.stringMatching(/^modified .*-plan\.md$/),
    ]);
    expect(context.proxy.sent().filter((line) => /BODY\.PEEK\[\]/.test(line))).toEqual([
      expect.stringMatching(/UID FETCH (?:1,3|1:3) /),
    ]);
    await owner.remove('m1@acme.example');
    await owner.remove('lunch@acme.example');
    const { errors } = await context.build();
    expect(errors).toEqual([]);
    expect([...context.threads().keys()]).toEqual(['m1@acme.example']);
    expect(context.threads().get('m1@acme.example')?.facts.fields).toMatchObject({
      messages: 1,
      first_message: 'missing',
    });
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('refuses a wrong password as such, and nothing changes', async () => {
    await using context = await startImap(server);
    await context.owner.put(lunch);
    await context.build();
    const before = context.documents();
    const auth = { username: context.username, token: 'not-the-one', kind: 'password' as const };
    const { errors, report } = await context.build({ config: { auth } });
    expect(report.sources[0]?.status).toBe('failed');
    expect(errors.map(({ kind, code }) => [kind, code])).toEqual([['credentials', 'email.refused']]);
    expect(context.lines.join('\n') + errors.join('\n')).not.toContain('not-the-one');
    expect(context.documents()).toEqual(before);
  });
});
