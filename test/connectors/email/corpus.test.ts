import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MailAttachment } from '../../../src/connectors/email/mail.ts';
import { parseMail, readAttachment } from '../../../src/connectors/email/parse.ts';
import { renderThread } from '../../../src/connectors/email/render.ts';
import { threadMails } from '../../../src/connectors/email/threads.ts';
import { markdownOf } from './harness.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/email');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);
const files = present ? globSync('**/*.eml', { cwd: CORPUS }).sort() : [];
const read = (file: string) => new Uint8Array(readFileSync(join(CORPUS, file)));

describe.skipIf(!present)('the corpus of mail', () => {
  test.each(files)('%s is parsed and rendered', async (file) => {
    const bytes = read(file);
    const mail = await parseMail(bytes);
    expect(await parseMail(bytes)).toEqual(mail);
    expect(mail.id).toMatch(/^\S+$/);
    expect(mail.date ?? '2000-01-01T00:00:00.000Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect(mail.warnings.map(({ construct }) => construct)).not.toContain('mail:malformed');
    const [thread] = threadMails([mail]);
    if (!thread) throw new Error('no thread');
    const document = renderThread(thread, { source: 'email', account: 'ann' });
    const markdown = markdownOf(document);
    expect(markdown.length).toBeLessThan(10 * bytes.length + 65_536);
    // What its headers say of who, and the first words of its text.
    if (mail.from[0]) expect(document.facts.people).toHaveProperty([mail.from[0].address]);
    const words = mail.html === undefined ? (mail.text?.value.match(/[a-z]{4,}/gi) ?? []).slice(0, 20) : [];
    expect(words.filter((word) => !markdown.includes(word))).toEqual([]);
    const versions = new Set(document.attachments.map(({ version }) => version));
    expect(mail.attachments.filter(({ sha256 }) => !versions.has(sha256))).toEqual([]);
  });

  test('all files of all messages are found again by their parts', async () => {
    let count = 0;
    for (const file of files) {
      const bytes = read(file);
      const mail = await parseMail(bytes);
      const own = (one: typeof mail): readonly MailAttachment[] => [
        ...one.attachments,
        ...one.messages.flatMap(own),
      ];
      for (const attachment of own(mail)) {
        const content = await readAttachment(bytes, attachment.part);
        expect(content?.length).toBe(attachment.size);
        count++;
      }
    }
    expect(count).toBeGreaterThan(20);
  });

  test('no message loses its subject, author or date without a reason', async () => {
    const mails = await Promise.all(files.map(async (file) => ({ file, mail: await parseMail(read(file)) })));
    const without = (missing: (mail: (typeof mails)[number]['mail']) => boolean) =>
      mails.filter(({ mail }) => missing(mail)).map(({ file }) => file);
    expect(without(({ date }) => date === undefined)).toMatchInlineSnapshot(`
      [
        "mail/error_emails/bad_encoded_subject.eml",
        "mail/error_emails/invalid_subject_characters.eml",
        "mail/error_emails/multiple_content_types.eml",
        "mail/error_emails/multiple_invalid_content_dispositions.eml",
        "mail/error_emails/multiple_references_with_one_invalid.eml",
        "mail/multi_charset/japanese.eml",
        "mail/multi_charset/japanese_iso_2022.eml",
        "mail/rfc6532/utf8_headers.eml",
        "mailparser/base64encodedroot.eml",
        "mailparser/mixed.eml",
        "mailparser/nested.eml",
      ]
    `);
    expect(without(({ from }) => from.length === 0)).toMatchInlineSnapshot(`
      [
        "mail/error_emails/bad_encoded_subject.eml",
        "mailparser/mixed.eml",
      ]
    `);
    expect(without(({ subject }) => subject.includes('\uFFFD'))).toMatchInlineSnapshot(`
      [
        "mail/error_emails/must_supply_encoding.eml",
      ]
    `);
  });
});
