import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailModel } from '../../../src/connectors/email/model.ts';
import { parseMail } from '../../../src/connectors/email/parse.ts';
import { renderThread } from '../../../src/connectors/email/render.ts';
import { threadMails } from '../../../src/connectors/email/threads.ts';
import { withoutTracking } from '../../../src/connectors/email/trackers.ts';
import { layOut } from '../../../src/pipeline/layout.ts';
import { documentsOf, lastOf, markdownOf, raw, reply } from './harness.ts';

test('a thread is one document: facts, and messages in order', async () => {
  const file = 'Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nsame\n';
  const carrying = (n: number) =>
    reply(n, `--B\n\nMessage ${n}\n\n--B\n${file}\n--B--`, 'text', {
      'Content-Type': 'multipart/mixed; boundary=B',
    });
  const [document, ...others] = await documentsOf([
    reply(3, 'Third', 'text', { References: '<m1@acme.example>', 'X-Gmail-Labels': 'Work' }),
    carrying(1),
    carrying(2),
  ]);
  expect(others).toEqual([]);
  if (!document) throw new Error('no document');
  expect(document.facts).toEqual({
    id: 'm1@acme.example',
    source: 'email',
    type: 'thread',
    title: 'Plan',
    url: 'mid:m1@acme.example',
    created: '2026-11-21T09:30:00.000Z',
    updated: '2026-11-21T11:30:00.000Z',
    author: 'Ann Lee',
    editor: 'Ann Lee',
    labels: ['Work'],
    space: 'ann',
    aliases: ['m1@acme.example', 'm2@acme.example', 'm3@acme.example'],
    people: { 'ann@acme.example': 'Ann Lee', 'bob@acme.example': 'Bob' },
    attachments: [expect.objectContaining({ name: 'a.txt', size: 6 })],
    fields: { messages: 3, participants: ['Ann Lee', 'Bob'] },
  });
  expect(document.attachments).toEqual([
    expect.objectContaining({ url: 'mid:m1@acme.example/1', referenced: false }),
  ]);
  const link = '[a.txt](mid:m1@acme.example/1) · 6 B · text/plain';
  expect(markdownOf(document)).toBe(
    [
      `## Ann Lee · 2026-11-21 09:30 UTC\n\n- To: Bob\n\nMessage 1\n\nAttachments:\n\n- ${link}`,
      `## Bob · 2026-11-21 10:30 UTC\n\n- To: Ann Lee\n\nMessage 2\n\nAttachments:\n\n- ${link}`,
      '## Ann Lee · 2026-11-21 11:30 UTC\n\n- To: Bob\n- In reply to: Ann Lee · 2026-11-21 09:30 UTC\n\nThird\n',
    ].join('\n\n'),
  );
});

describe('plain text', () => {
  test('is text, whatever it looks like', async () => {
    const body = '# no heading\n\n<b>no tag</b> *no mark* [no](link)\n\n- no list\n- no item';
    expect(await lastOf(reply(1, body))).toBe(
      '\\# no heading\n\n\\<b>no tag\\</b> \\*no mark* [no\\](link)\n\n\\- no list\\\n\\- no item',
    );
  });

  test('goes on where a line was full, and ends where its author ended it', async () => {
    const body =
      'This line was broken because it had become too long for the\nwindow.\n\nAnn Lee\nAcme\n+49 30';
    expect(await lastOf(reply(1, body))).toBe(
      'This line was broken because it had become too long for the window.\n\nAnn Lee\\\nAcme\\\n+49 30',
    );
  });

  test('that flows is joined within its quote and nowhere else', async () => {
    const flowed = { 'Content-Type': 'text/plain; charset=utf-8; format=flowed' };
    const body = '> one \n> line\n>> deeper \nNot \nquoted \n\n From stuffed\n-- \nsignature ';
    expect(await lastOf(reply(1, body, 'text', flowed))).toBe(
      '> one line\n>\n> > deeper\n\nNot quoted\n\nFrom stuffed\n\n--\\\nsignature',
    );
    const delSp = { 'Content-Type': 'text/plain; charset=utf-8; format=flowed; delsp=yes' };
    expect(await lastOf(reply(1, '日本 \n語', 'text', delSp))).toBe('日本語');
  });

  test('has its addresses linked, without what only tracks and what ends the sentence', async () => {
    const body =
      'See https://acme.example/a_(b)?utm_source=mail&id=1, <https://x.example/?fbclid=2> (http://y.example).';
    const shown = await lastOf(reply(1, body));
    expect(shown).toContain('(https://acme.example/a_%28b%29?id=1),');
    expect(shown).toContain('(https://x.example/)');
    expect(shown).toContain('(http://y.example)).');
  });

  test('keeps columns and patches as they are', async () => {
    const table = 'name     size    when\na          10    now\nbb          2    then';
    expect(await lastOf(reply(1, table))).toBe(`\`\`\`\n${table}\n\`\`\``);
    const patch = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old\n+new\n\n*kept*';
    expect(await lastOf(reply(1, `Fix.\n\n${patch}\n-- \n2.39`))).toContain(`\`\`\`diff\n${patch}\n\`\`\``);
  });
});

describe('HTML', () => {
  test('shows the pictures that came with it, and none that track', async () => {
    const html = [
      '<p>Look: <img src="cid:logo@x" alt="Logo">',
      '<img src="https://mail.example/open.gif?u=1"><a href="https://t.example"><img src="https://t.example/track/open?x=1"></a>',
      '<img src="https://pic.example/cat.png" width="1" height="1"><img src="https://pic.example/dog.png">',
      '<a href="https://acme.example/?utm_campaign=x&amp;page=2#top">more</a> <a href="page.html">relative</a></p>',
    ].join('');
    const body = `--B\nContent-Type: text/html\n\n${html}\n--B\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline; filename=logo.png\n\nPNG\n--B--`;
    const [document] = await documentsOf([raw(body, { 'Content-Type': 'multipart/related; boundary=B' })]);
    if (!document) throw new Error('no document');
    const markdown = markdownOf(document);
    expect(markdown).toContain('![Logo](mid:a@acme.example/1)');
    expect(markdown).toContain('dog.png');
    expect(markdown).toContain('[more](https://acme.example/?page=2#top) relative');
    expect(markdown).not.toMatch(/open\.gif|t\.example|cat\.png|Attachments|nowhere/);
    expect(document.attachments).toEqual([expect.objectContaining({ name: 'logo.png', referenced: true })]);
  });

  test('has its headings below that of the message', async () => {
    expect(await lastOf(reply(1, '<h1>One</h1><p>x</p>', 'html'))).toBe('### One\n\nx');
  });

  test.each([
    ['https://a.example/?utm_source=x', 'https://a.example/'],
    ['https://a.example/?a=1&mc_eid=2&b=%20#c', 'https://a.example/?a=1&b=%20#c'],
    ['https://a.example/?q=utm_source', 'https://a.example/?q=utm_source'],
    ['mailto:a@x.example?subject=utm_a', 'mailto:a@x.example?subject=utm_a'],
  ])('%s leads to %s', (address, plain) => expect(withoutTracking(address)).toBe(plain));
});

test('what a message carries is shown below its words', async () => {
  const inner = 'From: eve@x.example\nSubject: Inner\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n\nInner words';
  const calendar = 'BEGIN:VEVENT\nSUMMARY:Meet\nDTSTART:20261123T100000Z\nLOCATION:Room *1*\nEND:VEVENT';
  const body = `--B\n\nOuter\n--B\nContent-Type: text/calendar\n\n${calendar}\n--B\nContent-Type: message/rfc822\n\n${inner}\n--B--`;
  const shown = await lastOf(raw(body, { 'Content-Type': 'multipart/mixed; boundary=B' }));
  expect(shown).toBe(
    [
      'Outer',
      '**Invitation: Meet**',
      '- When: 2026-11-23 10:00 UTC\n- Where: Room \\*1*',
      '> * From: eve@x.example\n> * Date: 2026-11-20 10:00 UTC\n> * Subject: Inner\n>\n> Inner words',
    ].join('\n\n'),
  );
});

test('a message that is too large is told by its beginning', async () => {
  const mail = await parseMail(raw(''), { tooLarge: true });
  const [thread] = threadMails([mail]);
  const document = thread && renderThread(thread, { source: 'email', account: 'ann' });
  expect(document && markdownOf(document)).toContain('too large to be read whole');
  expect(document?.warnings).toContainEqual({ construct: 'mail:too-large', fate: 'lost' });
  expect(document?.fidelity.lost).toBe(1);
});

describe('the place of a thread', () => {
  const model = emailModel('email');
  const facts = {
    id: 'm1@acme.example',
    source: 'email',
    type: 'thread',
    title: 'Re-plan: *x*',
    url: 'mid:m1@acme.example',
  };

  test('is the month of its first message', () => {
    const dated = { ...facts, space: 'ann@acme.example', created: '2026-11-21T09:30:00.000Z' };
    const hash = createHash('sha256').update(facts.id).digest('hex').slice(0, 10);
    const paths = layOut('email', [{ id: facts.id, placement: model.placement(dated) }], []);
    expect(paths.get(facts.id)).toBe(`email/ann-acme-example/2026/11/${hash}-re-plan-x.md`);
    expect(model.placement(facts).folder).toEqual(['undated']);
  });

  test('is found by any of its messages', () => {
    const names = model.names({ ...facts, aliases: ['m1@acme.example', 'odd/%id@x'] });
    for (const name of names) expect(model.resolve(new URL(name))).toEqual({ name, url: name });
    expect(names).toHaveLength(2);
    expect(model.resolve(new URL(`${names[1]}/2`))?.name).toBe(names[1]);
    expect(model.resolve(new URL('https://acme.example/m1@acme.example'))).toBeUndefined();
  });
});

test('renders any texts, and bounds what becomes of them', async () => {
  const line = fc.constantFrom(
    '',
    '> a',
    '>>> b',
    'On 1.2.2026 Ann wrote:',
    'From: Ann',
    'Sent: now',
    'To: Bob',
    '-- ',
    '    x',
    'a  \t b',
  );
  const tag = fc.constantFrom(
    '<div>',
    '</div>',
    '<blockquote>',
    '</blockquote>',
    '<p>',
    'words and more words',
    '<hr>',
    '<img src="cid:x">',
    '<b>From:</b>',
    'Sent: x<br>To: y<br>',
    '<div class="gmail_quote">',
    '<div id="divRplyFwdMsg">',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.array(tag, { maxLength: 30 }),
      async (lines, tags) => {
        const messages = [
          reply(1, lines.join('\n')),
          reply(2, tags.join(''), 'html'),
          reply(3, lines.join('\n')),
        ];
        const [document] = await documentsOf(messages);
        const markdown = document ? markdownOf(document) : '';
        expect(markdown.match(/^## /gm)).toHaveLength(3);
        expect(markdown.length).toBeLessThan(10 * Buffer.concat(messages).length + 65_536);
      },
    ),
    { numRuns: 60 },
  );
});
