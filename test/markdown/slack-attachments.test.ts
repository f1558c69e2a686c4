import { describe, expect, it } from 'vitest';
import { fromSlack } from '../../src/markdown/index.ts';
import { marked, plain, read, richText, section, slack, words, workspace } from './slack-message.ts';

const URL = 'https://a.example/b';
const attached = (attachment: unknown, text = 't') => slack({ text, attachments: [attachment] });

describe('attachments of a message', () => {
  it.each([
    ['text', { text: '*a*\n<@U1>' }, '**a**\\\n@Ann Lee\n'],
    ['text without marks', { text: '*a* <@U1>', mrkdwn_in: ['pretext'] }, '\\*a* @Ann Lee\n'],
    ['what comes before', { pretext: '_a_', text: 'b' }, '_a_\n\nb\n'],
    ['an author', { author_name: 'A &amp; B', author_link: URL, author_subname: 'c' }, `[A & B](${URL}) c\n`],
    ['a title', { title: '*a*', title_link: URL }, `**[\\*a*](${URL})**\n`],
    ['a title without a link', { title: 'a' }, '**a**\n'],
    ['a title whose address is none', { title: 'a', title_link: 'b@c.example' }, '**a**\n'],
    [
      'fields',
      {
        fields: [
          { title: 'a', value: '*b*', short: true },
          { title: 'c', value: 'd\n\ne' },
          { value: 'f' },
          7,
        ],
      },
      '- **a**: **b**\n- **c**: d\n\n  e\n- f\n',
    ],
    [
      'pictures as links',
      { text: 'a', image_url: URL, thumb_url: `${URL}2` },
      `a\n\n[image](${URL})\n\n[thumbnail](${URL}2)\n`,
    ],
    [
      'a footer',
      { text: 'a', footer: 'b &amp; *c*', ts: '1392734382.5' },
      'a\n\nb & \\*c* · 2014-02-18 14:39 UTC\n',
    ],
    ['a time alone', { text: 'a', ts: 1392734382 }, 'a\n\n2014-02-18 14:39 UTC\n'],
    ['blocks', { fallback: 'x', blocks: [{ type: 'section', text: marked('*a*') }] }, '**a**\n'],
    [
      'actions',
      {
        text: 'a',
        actions: [
          { type: 'button', text: 'b', url: URL },
          { type: 'button', text: 'c' },
        ],
      },
      `a\n\n[b](${URL}) \`c\`\n`,
    ],
    ['what stands for it elsewhere', { fallback: 'a &lt; *b*', color: '#f00' }, 'a < \\*b*\n'],
    ['nothing', { id: 1, color: '#f00' }, '`[empty attachment]`\n'],
  ])('are read: %s', (_, attachment, markdown) => {
    expect(attached(attachment)).toBe(`t\n\n${markdown}`);
  });

  it('are counted', () => {
    const attachments = [{ text: 'a' }, { id: 1 }, 'x', null];
    expect(read({ attachments }).fidelity).toEqual({ kept: 1, degraded: 0, lost: 1 });
  });

  it('are there without text', () => {
    expect(slack({ text: '', attachments: [{ text: 'a' }] })).toBe('a\n');
  });
});

describe('previews', () => {
  it.each([
    [
      'in short where the message has the link',
      {
        from_url: URL,
        service_name: 's',
        title: 'a',
        title_link: URL,
        text: '*b*',
        image_url: `${URL}.png`,
        footer: 'f',
      },
      `> **[a](${URL})**\n>\n> **b**\n`,
    ],
    ['by their blocks', { from_url: URL, blocks: [{ type: 'header', text: plain('a') }] }, '> # a\n'],
    ['by their picture', { from_url: URL, image_url: `${URL}.png` }, `> [image](${URL}.png)\n`],
  ])('are quoted %s', (_, attachment, markdown) => {
    expect(attached(attachment, `see <${URL}>`)).toBe(`see [${URL}](${URL})\n\n${markdown}`);
  });

  it('say that they are short where an app told more', () => {
    const attachment = { from_url: URL, title: 'a', fields: [{ title: 'b', value: 'c' }] };
    expect(read({ text: `<${URL}>`, attachments: [attachment] }).warnings).toEqual([
      { construct: 'slack:attachment', fate: 'degraded', detail: 'shown in short' },
    ]);
  });

  it('are not made of what a program says itself', () => {
    const attachment = { title: 'a', title_link: URL, fields: [{ title: 'b', value: 'c' }] };
    expect(attached(attachment, `<${URL}|d>`)).toBe(`[d](${URL})\n\n**[a](${URL})**\n\n- **b**: c\n`);
  });

  it('are left out where they show nothing but the link', () => {
    expect(attached({ from_url: URL, image_url: URL }, `see <${URL}>`)).toBe(`see [${URL}](${URL})\n`);
  });

  it('are whole where the message does not have the link', () => {
    expect(attached({ from_url: URL, title: 'a', text: 'b', footer: 'f' })).toBe(
      `t\n\n> **[a](${URL})**\n>\n> b\n>\n> f\n`,
    );
  });
});

describe('quoted messages', () => {
  const LINK = 'https://acme.slack.com/archives/C1/p1392734382000000';
  const message = {
    is_msg_unfurl: true,
    from_url: LINK,
    author_id: 'U1',
    author_name: 'ann',
    footer: 'Posted in #general',
    ts: '1392734382.000000',
    text: 'told *again*',
  };
  const source = `[Posted in #general](${LINK}) · 2014-02-18 14:39 UTC\n`;

  it('say who wrote them and where they are', () => {
    const message_blocks = [{ team: 'T1', message: { blocks: [richText(section(words('a *b*')))] } }];
    expect(attached({ ...message, message_blocks })).toBe(`t\n\n> **Ann Lee**\n>\n> a \\*b*\n>\n> ${source}`);
    expect(attached(message, `<${LINK}>`)).toContain(`> told **again**\n>\n> ${source}`);
  });

  it('have the name that Slack gives for who is not known', () => {
    expect(attached({ ...message, author_id: 'U2' })).toContain('> **ann**\n');
    expect(attached({ ...message, author_id: 'U2', author_name: undefined })).toContain('> **U2**\n');
  });

  it('tell of their authors', () => {
    const met: string[] = [];
    fromSlack({ attachments: [message] }, { ...workspace, onPerson: (id) => met.push(id) });
    expect(met).toEqual(['U1']);
  });

  it('name their files', () => {
    const files = [{ title: 'a.pdf', permalink: URL }, { name: 'b' }, 7];
    expect(attached({ ...message, text: '', files })).toContain(`> [a.pdf](${URL})\n>\n> ${source}`);
  });
});
