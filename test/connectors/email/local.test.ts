import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { email } from '../../../src/connectors/email/index.ts';
import { expectContract } from '../../contract/events.ts';
import { type RecordedRun, recordRun } from '../../harness/events.ts';
import { raw, reply } from './harness.ts';
import { EMAIL_DEFAULTS, type EmailContext, startEmail } from './local-context.ts';

const postmark = 'From ann@acme.example Sat Nov 21 09:30:00 2026\n';
const inMbox = (message: Uint8Array) =>
  `${postmark}${Buffer.from(message)
    .toString()
    .replaceAll('\r\n', '\n')
    .replace(/^(>*From )/gm, '>$1')}\n\n`;
const mboxOf = (...messages: readonly Uint8Array[]) => messages.map(inMbox).join('');

const other = raw('Something else', { Subject: 'Lunch', 'Message-ID': '<lunch@acme.example>' });

const kinds = ({ changes }: Awaited<ReturnType<EmailContext['build']>>) =>
  changes.map(({ kind, path }) => `${kind} ${path}`);

describe('an mbox file', () => {
  const inFile = (mail: string) => ({ path: join(mail, 'archive.mbox') });
  const write = (context: EmailContext, text: string) => writeFile(join(context.mail, 'archive.mbox'), text);

  test('has a document for each thread, in the month in which it began', async () => {
    await using context = await startEmail(inFile);
    await write(context, mboxOf(reply(1, 'Shall we?'), reply(2, 'Yes.\n\n> Shall we?'), other));
    const { errors, report } = await context.build();
    expect(errors).toEqual([]);
    expect(report.sources[0]).toMatchObject({ status: 'ok', added: 2 });
    const [plan] = [...context.threads().values()].filter(({ facts }) => facts.title === 'Plan');
    expect(plan?.path).toMatch(/^email\/archive\/2026\/11\/[0-9a-f]{10}-plan\.md$/);
    expect(plan?.facts).toMatchObject({ id: 'm1@acme.example', fields: { messages: 2 } });
    expect(plan?.body).toMatch(/Shall we\?[\s\S]*Yes\./);
  });

  test('that did not change makes no commit; a message behind it changes its thread alone', async () => {
    await using context = await startEmail(inFile);
    await write(context, mboxOf(reply(1, 'Shall we?'), other));
    await context.build();
    const again = await context.build();
    expect(again.report.commit).toBeNull();
    expect(again.report.sources[0]).toMatchObject({ unchanged: 2, added: 0, modified: 0 });
    await appendFile(join(context.mail, 'archive.mbox'), mboxOf(reply(2, 'Yes.')));
    expect(kinds(await context.build())).toEqual([expect.stringMatching(/^modified .*-plan\.md$/)]);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('without a message it had loses it, and its document with the last of a thread', async () => {
    await using context = await startEmail(inFile);
    await write(context, mboxOf(reply(1, 'Shall we?'), reply(2, 'Yes.'), other));
    await context.build();
    await write(context, mboxOf(reply(1, 'Shall we?')));
    expect(kinds(await context.build()).sort()).toEqual([
      expect.stringMatching(/^deleted .*-lunch\.md$/),
      expect.stringMatching(/^modified .*-plan\.md$/),
    ]);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('with another text of the same length under the same id is told by the new one', async () => {
    await using context = await startEmail(inFile);
    await write(context, mboxOf(reply(1, 'Shall we?')));
    await context.build();
    await new Promise((done) => setTimeout(done, 5));
    await write(context, mboxOf(reply(1, 'Shall he?')));
    await context.build();
    expect(context.threads().get('m1@acme.example')?.body).toContain('Shall he?');
  });

  test('with a broken boundary keeps its document, with a warning, and goes on', async () => {
    await using context = await startEmail(inFile);
    const broken = mboxOf(reply(1, 'Shall we?'), other).replace(
      `\n\n${postmark}`,
      '\n\nFrom ann@acme.example yesterday\n',
    );
    await write(
      context,
      `Subject: before the first\n\nLost and found\n\n${broken}${mboxOf(raw('Last', { 'Message-ID': '<last@x>', Subject: 'Last' }))}`,
    );
    const { errors, warnings } = await context.build();
    expect(errors).toEqual([]);
    expect(warnings.flatMap(({ constructs }) => constructs)).toEqual(
      expect.arrayContaining(['mbox:broken-boundary', 'mbox:no-postmark']),
    );
    expect([...context.threads().values()].map(({ facts }) => facts.title).sort()).toEqual([
      'Last',
      'Plan',
      'before the first',
    ]);
    expect(context.threads().get('m1@acme.example')?.body).toContain('Something else');
  });

  test('that is gone is a failure, and what is in the repository stays', async () => {
    await using context = await startEmail(inFile);
    await write(context, mboxOf(other));
    await context.build();
    const before = context.documents();
    await rm(join(context.mail, 'archive.mbox'));
    const { errors, report } = await context.build();
    expect(report.sources[0]?.status).toBe('failed');
    expect(errors[0]?.message).toContain('archive.mbox');
    expect(context.documents()).toEqual(before);
  });
});

describe('threads', () => {
  test('that a later message joins are one document, and none is left over', async () => {
    await using context = await startEmail();
    const put = (name: string, message: Uint8Array) => writeFile(join(context.mail, `${name}.eml`), message);
    // Neither of them says what it answers but by an id that is not there.
    const answering = (n: number, references: string) =>
      raw(`Answer ${n}`, {
        'Message-ID': `<a${n}@acme.example>`,
        Subject: `Part ${n}`,
        References: references,
        Date: `Sat, 21 Nov 2026 1${n}:30:00 +0000`,
      });
    await put('one', answering(1, '<lost-1@acme.example>'));
    await put('two', answering(2, '<lost-2@acme.example>'));
    await context.build();
    expect([...context.threads().keys()].sort()).toEqual(['lost-1@acme.example', 'lost-2@acme.example']);
    await put('three', answering(3, '<lost-1@acme.example> <lost-2@acme.example>'));
    const { errors } = await context.build();
    expect(errors).toEqual([]);
    expect([...context.threads().keys()]).toEqual(['lost-1@acme.example']);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('that are excluded are not read, and come when they no longer are', async () => {
    await using context = await startEmail();
    for (const n of [1, 2]) await writeFile(join(context.mail, `${n}.eml`), reply(n, `Words ${n}`));
    await writeFile(join(context.mail, 'lunch.eml'), other);
    await context.build();
    const all = context.documents();
    await context.build({ config: { exclude: ['m2@acme.example'] } });
    expect([...context.threads().keys()]).toEqual(['lunch@acme.example']);
    await context.build();
    expect(context.documents()).toEqual(all);
  });
});

test('events obey the contract in a first, an unchanged and a changed run', async () => {
  await using context = await startEmail();
  const put = (name: string, message: Uint8Array) => writeFile(join(context.mail, `${name}.eml`), message);
  const run = (before?: RecordedRun) => recordRun(email, { ...EMAIL_DEFAULTS, path: context.mail }, before);
  await put('1', reply(1, 'Shall we?'));
  await put('lunch', other);
  const first = await run();
  expectContract(email.model('email'), first);
  const second = await run(first);
  expectContract(email.model('email'), second, first);
  expect(second.events.map(({ type }) => type)).toEqual(['present', 'present']);
  await put('2', reply(2, 'Yes.'));
  await rm(join(context.mail, 'lunch.eml'));
  const third = await run(second);
  expectContract(email.model('email'), third, second);
  expect([...third.documents.keys()]).toEqual(['m1@acme.example']);
  const model = email.model('email');
  for (const facts of third.documents.values())
    expect(model.names(facts)).toContain(model.resolve(new URL(facts.url))?.name);
});

describe('a Maildir', () => {
  const maildir = async (context: EmailContext) => {
    for (const folder of ['cur', 'new', 'tmp', '.Archive.2026/cur', '.Trash/cur'])
      await mkdir(join(context.mail, folder), { recursive: true });
    await writeFile(join(context.mail, 'dovecot-uidlist'), '3 V1 N1\n');
    await writeFile(join(context.mail, 'cur/1.M1.host:2,'), reply(1, 'Shall we?'));
    await writeFile(join(context.mail, 'tmp/9.M9.host'), raw('half', { 'Message-ID': '<half@x>' }));
    await writeFile(join(context.mail, '.Archive.2026/cur/2.M2.host:2,S'), reply(2, 'Yes.'));
    await writeFile(join(context.mail, '.Trash/cur/3.M3.host:2,S'), other);
  };

  test('is read with its folders, but for those of no use', async () => {
    await using context = await startEmail();
    await maildir(context);
    await context.build();
    expect([...context.threads().keys()]).toEqual(['m1@acme.example']);
    expect(context.threads().get('m1@acme.example')?.facts.labels).toEqual(['Archive/2026']);
  });

  test('whose messages are only looked at makes no commit', async () => {
    await using context = await startEmail();
    await maildir(context);
    await writeFile(join(context.mail, 'new/4.M4.host'), other);
    await context.build();
    await rename(join(context.mail, 'cur/1.M1.host:2,'), join(context.mail, 'cur/1.M1.host:2,RS'));
    await rename(join(context.mail, 'new/4.M4.host'), join(context.mail, 'cur/4.M4.host:2,S'));
    const { report } = await context.build();
    expect(report.commit).toBeNull();
    expect(report.sources[0]).toMatchObject({ unchanged: 2, modified: 0 });
  });

  test('tells of a message in two folders once, under both, and under one when the other has it no more', async () => {
    await using context = await startEmail();
    await maildir(context);
    const message = await readFile(join(context.mail, 'cur/1.M1.host:2,'));
    await mkdir(join(context.mail, '.Plans/cur'), { recursive: true });
    await writeFile(join(context.mail, '.Plans/cur/5.M5.host:2,'), message);
    await context.build();
    expect(context.threads().get('m1@acme.example')?.facts).toMatchObject({
      labels: ['Archive/2026', 'Plans'],
      fields: { messages: 2 },
    });
    await rm(join(context.mail, '.Plans/cur/5.M5.host:2,'));
    await context.build();
    expect(context.threads().get('m1@acme.example')?.facts.labels).toEqual(['Archive/2026']);
    expect(context.documents()).toEqual(await context.fresh());
  });
});

test('files of messages are kept if they are asked for, once, and go with their message', async () => {
  await using context = await startEmail((mail) => ({ path: mail, attachments: 'all' }));
  const withFile = (n: number) =>
    reply(
      n,
      [
        '--b',
        'Content-Type: text/plain',
        '',
        `See the table, ${n}`,
        '--b',
        'Content-Type: text/csv; name="table.csv"',
        'Content-Disposition: attachment; filename="table.csv"',
        '',
        'a,b',
        '1,2',
        '--b--',
      ].join('\n'),
      'text',
      { 'Content-Type': 'multipart/mixed; boundary=b', 'Content-Transfer-Encoding': undefined },
    );
  for (const n of [1, 2]) await writeFile(join(context.mail, `${n}.eml`), withFile(n));
  const { errors } = await context.build();
  expect(errors).toEqual([]);
  const files = () => [...context.documents().keys()].filter((path) => path.startsWith('attachments/'));
  expect(files()).toEqual([expect.stringMatching(/^attachments\/email\/.*\.csv$/)]);
  const [file = ''] = files();
  expect(context.documents().get(file)).toBe('a,b\n1,2\n');
  expect(context.threads().get('m1@acme.example')?.body).toContain(
    '[table.csv](../../../../attachments/email/',
  );
  await rm(join(context.mail, '1.eml'));
  await rm(join(context.mail, '2.eml'));
  await writeFile(join(context.mail, '3.eml'), other);
  await context.buildConfirming();
  expect(files()).toEqual([]);
});

test('R6 losing much at once is held back until it is confirmed, and nothing is forgotten meanwhile', async () => {
  await using context = await startEmail();
  for (const n of [1, 2]) {
    const message = raw(`Words ${n}`, { 'Message-ID': `<w${n}@acme.example>`, Subject: `Subject ${n}` });
    await writeFile(join(context.mail, `${n}.eml`), message);
  }
  await context.build();
  const before = context.documents();
  for (const n of [1, 2]) await rm(join(context.mail, `${n}.eml`));
  const held = async () => (await context.build()).errors.map(({ code }) => code);
  expect(await held()).toEqual(['build.mass-deletion']);
  expect(await held()).toEqual(['build.mass-deletion']);
  expect(context.documents()).toEqual(before);
  await context.buildConfirming();
  expect(context.threads().size).toBe(0);
});
