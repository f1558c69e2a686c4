import { describe, expect, test } from 'vitest';
import { lastOf, reply } from './harness.ts';

const FIRST =
  'Shall we ship the new release on Friday this week?\n\nThe tests of all three teams are green since Monday.\n';
const ANSWER = 'Yes, but not before noon.';

describe('what an answer in plain text repeats is left out', () => {
  test.each([
    ['Thunderbird, Gmail', 'On 21/11/2026 09:30, Ann Lee wrote:'],
    ['over two lines', 'On Sat, Nov 21, 2026 at 9:30 AM Ann Lee\n<ann@acme.example> wrote:'],
    ['German', 'Am 21.11.26 um 09:30 schrieb Ann Lee:'],
    ['French', 'Le sam. 21 nov. 2026 à 09:30, Ann Lee <ann@acme.example> a écrit :'],
    ['Spanish', 'El sáb, 21 nov 2026 a las 9:30, Ann Lee (<ann@acme.example>) escribió:'],
    ['Italian', 'Il giorno sab 21 nov 2026 alle ore 09:30 Ann Lee ha scritto:'],
    ['Dutch', 'Op za 21 nov 2026 om 09:30 schreef Ann Lee <ann@acme.example>:'],
    ['Russian', 'сб, 21 нояб. 2026 г. в 09:30, Ann Lee <ann@acme.example>:'],
    ['Chinese', 'Ann Lee <ann@acme.example> 于2026年11月21日周六 09:30写道：'],
    ['Japanese', '2026年11月21日(土) 9:30 Ann Lee <ann@acme.example>:'],
  ])('%s', async (_, introduction) => {
    const quoted = FIRST.replace(/^/gm, '> ');
    expect(await lastOf(reply(1, FIRST), reply(2, `${ANSWER}\n\n${introduction}\n${quoted}`))).toBe(ANSWER);
  });

  test.each([
    [
      '-----Original Message-----\nFrom: Ann Lee\nSent: Saturday, November 21, 2026 9:30 AM\nTo: Bob\nSubject: Plan\n',
    ],
    [
      '________________________________\nFrom: Ann Lee <ann@acme.example>\nSent: Saturday\nTo: Bob\nSubject: Plan\n',
    ],
    ['-----Ursprüngliche Nachricht-----\nVon: Ann Lee\nGesendet: Samstag\nAn: Bob\nBetreff: Plan\n'],
    ['De : Ann Lee\nEnvoyé : samedi 21 novembre\nÀ : Bob\nObjet : Plan\n'],
    ['*From:* Ann Lee\n*Sent:* Saturday\n*To:* Bob\n*Subject:* Plan\n'],
    ['发件人: Ann Lee\n发送时间: 2026年11月21日\n收件人: Bob\n主题: Plan\n'],
  ])('below the head that Outlook writes: %s', async (head) => {
    expect(await lastOf(reply(1, FIRST), reply(2, `${ANSWER}\n\n${head}\n${FIRST}`))).toBe(ANSWER);
  });

  test('when the quote is broken into other lines, and quotes in turn', async () => {
    const second = `${ANSWER}\n\nOn 21/11/2026 Ann Lee wrote:\n${FIRST.replace(/^/gm, '> ')}`;
    const third = [
      'Noon it is, see you all there.',
      '',
      'On 21/11/2026 Bob wrote:',
      `> ${ANSWER}`,
      '>',
      '> On 21/11/2026 Ann Lee wrote:',
      '>> Shall we ship the new release',
      '>> on Friday this week?',
      '>>',
      '>> The tests of all three teams are green',
      '>> since Monday.',
    ].join('\n');
    expect(await lastOf(reply(1, FIRST), reply(2, second), reply(3, third))).toBe(
      'Noon it is, see you all there.',
    );
  });

  test('when the answer stands below all of what it answers', async () => {
    const body = `On 21/11/2026 Ann Lee wrote:\n${FIRST.replace(/^/gm, '> ')}\n\n${ANSWER}\n`;
    expect(await lastOf(reply(1, FIRST), reply(2, body))).toBe(ANSWER);
  });

  test('though a signature or a list adds its lines behind the quote', async () => {
    const end = '\n-- \nBob\n_______________________________________________\nteam mailing list\n';
    const body = `${ANSWER}\n\nOn 21/11/2026 Ann Lee wrote:\n${FIRST.replace(/^/gm, '> ')}${end}`;
    const shown = await lastOf(reply(1, FIRST), reply(2, body));
    expect(shown).not.toContain('Friday');
    expect(shown).toContain('Bob');
    expect(shown).toContain('team mailing list');
  });
});

describe('what is not repeated stays', () => {
  test('a quote of a message that is not there', async () => {
    const body = `${ANSWER}\n\nOn 21/11/2026 Eve wrote:\n> Nobody here has seen this message before.`;
    expect(await lastOf(reply(1, FIRST), reply(2, body))).toBe(
      `${ANSWER}\n\nOn 21/11/2026 Eve wrote:\n\n> Nobody here has seen this message before.`,
    );
  });

  test('a selection that is answered below it', async () => {
    const body = 'On 21/11/2026 Ann Lee wrote:\n> Shall we ship the new release on Friday this week?\n\nYes.';
    expect(await lastOf(reply(1, FIRST), reply(2, body))).toContain(
      '> Shall we ship the new release on Friday this week?\n\nYes.',
    );
  });

  test('what inline answers answer, but not what is behind the last of them', async () => {
    const body = [
      'On 21/11/2026 Ann Lee wrote:',
      '> Shall we ship the new release on Friday this week?',
      'Yes.',
      '',
      '> The tests of all three teams are green since Monday.',
    ].join('\n');
    const shown = await lastOf(reply(1, FIRST), reply(2, body));
    expect(shown).toContain('> Shall we ship the new release on Friday this week?\n\nYes.');
    expect(shown).not.toContain('green');
  });

  test('an answer that is written into an unmarked quote, with what it answers', async () => {
    const inline = FIRST.replace('\n\n', '\n\n[Bob] I would rather take Monday morning.\n\n');
    const body = `See below.\n\nFrom: Ann Lee\nSent: Saturday\nTo: Bob\nSubject: Plan\n\n${inline}`;
    const shown = await lastOf(reply(1, FIRST), reply(2, body));
    expect(shown).toMatch(/> Shall we ship .*\n>\n> \\?\[Bob\\?\] I would rather/);
    expect(shown).not.toContain('green');
  });

  test('a short word, which says something else each time', async () => {
    const body = 'On 21/11/2026 Ann Lee wrote:\n> the release';
    expect(await lastOf(reply(1, FIRST), reply(2, body))).toContain('> the release');
  });

  test('what a first message quotes, and what an author says again', async () => {
    expect(await lastOf(reply(1, `> ${FIRST}`))).toContain('Shall we ship');
    expect(await lastOf(reply(1, FIRST), reply(3, FIRST))).toContain('Shall we ship');
  });
});

test('a signature is shown once for each author', async () => {
  const signed = (text: string) => `${text}\n\n-- \nAnn Lee\nAcme, +49 30 1234567\n`;
  const messages = [reply(1, signed('First.')), reply(2, 'Second.'), reply(3, signed('Third.'))];
  expect(await lastOf(messages[0] as Uint8Array)).toContain('1234567');
  expect(await lastOf(...messages)).toBe('Third.');
  const moved = reply(3, 'Third.\n\n-- \nAnn Lee\nAcme, +49 30 7654321\n');
  expect(await lastOf(...messages.slice(0, 2), moved)).toContain('7654321');
});

describe('what an answer in HTML repeats is left out', () => {
  const words =
    '<p>Shall we ship the new release on Friday this week?</p><p>The tests of all three teams are green since Monday.</p>';
  const cases: Record<string, string> = {
    Gmail: `<div dir="ltr">${ANSWER}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Sat, Nov 21, 2026 at 9:30 AM Ann Lee &lt;<a href="mailto:ann@acme.example">ann@acme.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">${words}</blockquote></div>`,
    Thunderbird: `<body><p>${ANSWER}</p><div class="moz-cite-prefix">On 21/11/2026 09:30, Ann Lee wrote:<br></div><blockquote type="cite" cite="mid:m1@acme.example">${words}</blockquote></body>`,
    'Apple Mail': `<body>${ANSWER}<br><div><br><blockquote type="cite"><div>On 21. Nov 2026, at 09:30, Ann Lee &lt;ann@acme.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>${words}</div></blockquote></div></body>`,
    Proton: `<div>${ANSWER}</div><div class="protonmail_quote">On Saturday, 21 November 2026 at 09:30, Ann Lee &lt;ann@acme.example&gt; wrote:<br><br><blockquote class="protonmail_quote" type="cite">${words}</blockquote><br></div>`,
    Outlook: `<div class="WordSection1"><p class="MsoNormal">${ANSWER}</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> Ann Lee &lt;ann@acme.example&gt; <br><b>Sent:</b> Saturday, November 21, 2026 9:30 AM<br><b>To:</b> Bob<br><b>Subject:</b> Plan</p></div></div>${words}</div>`,
    'Outlook on the web': `<div>${ANSWER}</div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>Von:</b> Ann Lee<br><b>Gesendet:</b> Samstag<br><b>An:</b> Bob<br><b>Betreff:</b> Plan</font></div><div>${words}</div>`,
    'new Outlook': `<div>${ANSWER}</div><div id="mail-editor-reference-message-container"><hr><div id="divRplyFwdMsg"><b>From:</b> Ann<br><b>Sent:</b> now<br><b>To:</b> Bob<br><b>Subject:</b> Plan</div><div>${words}</div></div>`,
    Yahoo: `<div>${ANSWER}</div><div id="ydp1" class="yahoo_quoted"><div>On Saturday, November 21, 2026 at 09:30:00 AM, Ann Lee &lt;ann@acme.example&gt; wrote:</div><div>${words}</div></div>`,
  };

  test.each(Object.entries(cases))('%s', async (_, body) => {
    expect(await lastOf(reply(1, words, 'html'), reply(2, body, 'html'))).toBe(ANSWER);
    expect(await lastOf(reply(1, FIRST), reply(2, body, 'html'))).toBe(ANSWER);
  });

  test.each(Object.entries(cases))(
    '%s: but it stays where it is of no message that is there',
    async (_, body) => {
      const shown = await lastOf(reply(1, 'Something else.'), reply(2, body, 'html'));
      expect(shown).toMatch(new RegExp(`^${ANSWER}`));
      expect(shown).toMatch(/^> Shall we ship/m);
      expect(shown).toMatch(/^> The tests of/m);
    },
  );

  test('inline answers keep what they answer', async () => {
    const [one = '', two = ''] = words.split('</p>');
    const body = `<div class="gmail_quote"><div class="gmail_attr">On Saturday 21 Ann wrote:</div><blockquote>${one}</blockquote><div>Yes.</div><blockquote>${two}</blockquote></div>`;
    const shown = await lastOf(reply(1, words, 'html'), reply(2, body, 'html'));
    expect(shown).toMatch(/> Shall we ship .*\n\nYes\./);
    expect(shown).not.toContain('green');
  });

  test('a text that answers HTML, and the other way round', async () => {
    const body = `${ANSWER}\n\nOn 21/11/2026 Ann Lee wrote:\n${FIRST.replace(/^/gm, '> ')}`;
    expect(await lastOf(reply(1, words, 'html'), reply(2, body))).toBe(ANSWER);
  });

  test('pictures in a repeated quote are not shown again', async () => {
    const body = `<div>${ANSWER}</div><blockquote type="cite">${words}<img src="https://acme.example/logo.png" alt="Logo"></blockquote>`;
    expect(await lastOf(reply(1, words, 'html'), reply(2, body, 'html'))).toBe(ANSWER);
  });
});
