import { describe, expect, it } from 'vitest';
import { fromSlack } from '../../src/markdown/index.ts';
import { mrkdwn, read, slack, workspace } from './slack-message.ts';

describe('marks of mrkdwn', () => {
  it.each([
    ['bold', '*a b*', '**a b**\n'],
    ['italic', '_a_', '_a_\n'],
    ['struck', '~a~', '~~a~~\n'],
    ['marks in marks', '*a _b ~c~_*', '**a _b ~~c~~_**\n'],
    ['punctuation around', '(*a*), "_b_".', '(**a**), "_b_".\n'],
    ['code', '`a *b* _c_`', '`a *b* _c_`\n'],
    ['escapes in code', '`a &lt; b &amp;&amp; c`', '`a < b && c`\n'],
    ['addresses in code', '`<http://a.example|a.example>`', '`a.example`\n'],
  ])('reads %s', (_, text, markdown) => {
    expect(mrkdwn(text)).toBe(markdown);
  });

  it.each([
    ['signs in words', 'snake_case_name, a*b*c, x~y~z'],
    ['letters after the end', '*a*b'],
    ['letters before the beginning', 'a*b*'],
    ['letters of any script', '한*글*'],
    ['spaces inside', '* a * and _ b _'],
    ['products', '2 * 3 * 4'],
    ['repeated signs', '**a** __b__ ~~c~~'],
    ['empty marks', '** __ ~~ ``'],
    ['unclosed marks', '*a _b `c'],
    ['headings of markdown', '# a'],
    ['links of markdown', '[a](b.example)'],
    ['HTML', '<b>a</b>'],
  ])('leaves %s as they are', (_, text) => {
    expect(read({ text }).root.children).toEqual([
      { type: 'paragraph', children: [{ type: 'text', value: text }] },
    ]);
  });

  it('ends at the end of a line', () => {
    expect(mrkdwn('*a\nb*')).toBe('\\*a\\\nb*\n');
  });
});

describe('blocks of mrkdwn', () => {
  it.each([
    ['lines', 'a\nb', 'a\\\nb\n'],
    ['paragraphs', 'a\n\n\nb', 'a\n\nb\n'],
    ['Windows line ends', 'a\r\nb\r\n\r\nc', 'a\\\nb\n\nc\n'],
    ['code', '```a *b*\n  c```', '```\na *b*\n  c\n```\n'],
    ['code on lines of its own', 'x\n```\na\n```\ny', 'x\n\n```\na\n```\n\ny\n'],
    ['code within a line', 'x ```a``` y', 'x\n\n```\na\n```\n\ny\n'],
    ['addresses in code', '```see <http://a.example> &amp;lt;```', '```\nsee http://a.example &lt;\n```\n'],
    ['fences that are not closed', '```a', '\\`\\`\\`a\n'],
    ['quotes', '&gt; a *b*\n&gt;c\nd', '> a **b**\\\n> c\n\nd\n'],
    ['quotes with bare brackets', '> a', '> a\n'],
    ['quotes after text', 'a\n&gt; b', 'a\n\n> b\n'],
    ['quotes to the end', 'a\n&gt;&gt;&gt; b\n\nc', 'a\n\n> b\n>\n> c\n'],
    ['code in quotes', '&gt; ```a\nb```', '> ```\n> a\n> b\n> ```\n'],
    ['brackets within a line', '1 &gt; 2', '1 > 2\n'],
    ['bullets', '• a\n• *b*', '- a\n- **b**\n'],
    ['bullets in bullets', '• a\n    ◦ b\n        ▪︎ c\n• d', '- a\n  - b\n    - c\n- d\n'],
    ['bullets after text', 'a:\n• b\nc', 'a:\n\n- b\n\nc\n'],
    ['bullets of two lines', '• a\n   b\n• c', '- a\\\n  b\n- c\n'],
    ['bullets in quotes', '&gt; • a\n&gt; • b', '> - a\n> - b\n'],
  ])('reads %s', (_, text, markdown) => {
    expect(mrkdwn(text)).toBe(markdown);
  });
});

describe('references of mrkdwn', () => {
  it.each([
    ['an address', '<https://a.example/b>', '[https://a.example/b](https://a.example/b)\n'],
    ['an address with words', '<https://a.example|a *b*>', '[a \\*b*](https://a.example)\n'],
    ['escapes in an address', '<https://a.example/?b&amp;c|d &amp; e>', '[d & e](https://a.example/?b&c)\n'],
    ['a mail address', '<mailto:a@b.example>', '[a@b.example](mailto:a@b.example)\n'],
    ['a bold link', '*<https://a.example|b>*', '**[b](https://a.example)**\n'],
    ['a bare address', 'see https://a.example/b.', 'see [https://a.example/b](https://a.example/b).\n'],
    ['a bare address in brackets', '&lt;https://a.example&gt;', '<[https://a.example](https://a.example)>\n'],
    ['an address that runs code', '<javascript:a()|b>', 'b\n'],
    ['a known person', '<@U1> <@U1|ann>', '@Ann Lee @Ann Lee\n'],
    ['a person by the written name', '<@U2|bob>', '@bob\n'],
    ['a person by the id', '<@U2> <@U2|>', '@U2 @U2\n'],
    ['a known group', '<!subteam^S1|@old>', '@backend-team\n'],
    ['a group by the written name', '<!subteam^S2|@ops>', '@ops\n'],
    ['a group by the id', '<!subteam^S2>', '@S2\n'],
    ['a known channel', '<#C1|old>', '[#general](https://acme.slack.com/archives/C1)\n'],
    ['a channel by the written name', '<#C2|ops>', '#ops\n'],
    ['a channel by the id', '<#C2> <#C2|>', '#C2 #C2\n'],
    ['everyone', '<!here> <!channel|channel> <!everyone>', '@here @channel @everyone\n'],
    ['a date by its fallback', '<!date^1392734382^{date_short}|Feb 18>', 'Feb 18\n'],
    ['a date without', '<!date^1392734382^On {date} at {time_secs}>', 'On 2014-02-18 at 14:39:42 UTC\n'],
    ['a date with a link', '<!date^1392734382^{date}^https://a.example|x>', '[x](https://a.example)\n'],
    ['a date beyond all calendars', '<!date^999999999999999^{date}>', 'date\n'],
    ['an unknown command', '<!frob|words>', 'words\n'],
    ['brackets that nobody escaped', '<div> a < b', '\\<div> a < b\n'],
    ['emoji', ':tada: :a_b_c::skin-tone-3:', ':tada: :a_b_c::skin-tone-3:\n'],
    ['the three escapes', '&amp; &lt; &gt; &amp;amp; &copy;', '& < > \\&amp; \\&copy;\n'],
  ])('reads %s', (_, text, markdown) => {
    expect(mrkdwn(text)).toBe(markdown);
  });

  it('tells of each person, known or not', () => {
    const met: string[] = [];
    const text = '<@U1> <@U2|bob> `<@U3>`';
    fromSlack({ text }, { ...workspace, onPerson: (id) => met.push(id) });
    expect(met).toEqual(['U1', 'U2', 'U3']);
  });

  it('asks for no more than a person of a context', () => {
    const place = { siteUrl: 'https://acme.slack.com', person: () => undefined };
    expect(fromSlack({ text: '<#C1|general> <!subteam^S1>' }, place).root.children).toMatchObject([
      { children: [{ value: '#general @S1' }] },
    ]);
  });

  it('R13 leaves out names and addresses that would multiply the text', () => {
    const text = '<#C1> <@U1> '.repeat(10_000);
    const context = {
      ...workspace,
      person: () => 'x'.repeat(1000),
      channel: () => ({ name: 'y'.repeat(80), url: `https://acme.slack.com/${'z'.repeat(500)}` }),
    };
    const { root, warnings } = fromSlack({ text }, context);
    expect(JSON.stringify(root).length).toBeLessThan(20 * text.length);
    expect(warnings).toEqual([{ construct: 'size', fate: 'degraded', detail: 'addresses left out' }]);
  });
});

describe('what mrkdwn is read as', () => {
  it('counts what is more than words', () => {
    expect(read({ text: 'words\n\nand more, 2 * 3' }).fidelity).toEqual({ kept: 0, degraded: 0, lost: 0 });
    expect(read({ text: '*a* <@U1> `b`\n&gt; c\n• d\n```e```' }).fidelity).toEqual({
      kept: 6,
      degraded: 0,
      lost: 0,
    });
    expect(read({ text: '<javascript:a|b>' }).fidelity).toEqual({ kept: 0, degraded: 1, lost: 0 });
  });

  it('has no marks where the message says so', () => {
    expect(slack({ text: '*a* `b` <https://a.example|c>\n&gt; d', mrkdwn: false })).toBe(
      '\\*a* \\`b` [c](https://a.example)\\\n\\> d\n',
    );
  });
});
