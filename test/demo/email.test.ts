import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { companyMail } from '../../src/demo/email/company.ts';

const SITE = 'https://fernhollow.example';

const messagesIn = (mbox: string): string[] =>
  mbox.split(/^From \S+ \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\n/m).slice(1);

test('the company’s mail is the same each time, and more of it comes in the morning', () => {
  const before = companyMail({ site: SITE });
  const after = companyMail({ site: SITE, isMorningOver: true });
  expect(companyMail({ site: SITE })).toBe(before);
  expect(after.startsWith(before)).toBe(true);
  expect(messagesIn(after).length).toBe(messagesIn(before).length + 3);
});

test('each message is one as mail programs send them, and names nothing that is not there', async () => {
  const messages = messagesIn(companyMail({ site: SITE, isMorningOver: true }));
  const parsed = await Promise.all(messages.map((message) => PostalMime.parse(message)));
  const ids = parsed.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(messages.length);
  for (const { messageId, from, to, date, subject, text, references } of parsed) {
    expect([from?.address, to?.[0]?.address, date, subject, text], messageId).not.toContain(undefined);
    for (const id of references?.split(/\s+/) ?? []) expect(ids, messageId).toContain(id);
  }
  const types = new Set(parsed.flatMap(({ attachments }) => attachments.map(({ mimeType }) => mimeType)));
  expect([...types].sort()).toEqual(
    expect.arrayContaining(['image/png', 'message/delivery-status', 'text/calendar', 'text/csv']),
  );
  const all = messages.join('');
  expect(all).not.toMatch(/@@|\{\{/);
  expect(all).toContain(`${SITE}/browse/SHOP-12`);
});
