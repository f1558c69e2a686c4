import { describe, expect, it } from 'vitest';
import { fromStorage } from '../../src/markdown/index.ts';
import { context, storage } from './render.ts';
import { macro } from './storage-format.ts';

const constructs = (xml: string) => fromStorage(xml, context).warnings.map((warning) => warning.construct);

describe('links and images', () => {
  const site = 'https://acme.atlassian.net';
  it.each([
    [
      '<ac:link><ri:page ri:content-title="My (first) Page"/></ac:link>',
      `[My (first) Page](${site}/wiki/display/ENG/My%20%28first%29%20Page)`,
    ],
    [
      '<ac:link ac:anchor="Some-Heading"><ri:page ri:space-key="OPS" ri:content-title="R&amp;D"/><ac:link-body>see <b>it</b></ac:link-body></ac:link>',
      `[see **it**](${site}/wiki/display/OPS/R%26D#some-heading)`,
    ],
    [
      '<ac:link><ri:content-entity ri:content-id="77"/><ac:plain-text-link-body><![CDATA[a_b_]]></ac:plain-text-link-body></ac:link>',
      `[a_b_](${site}/wiki/pages/viewpage.action?pageId=77)`,
    ],
    ['<ac:link><ri:space ri:space-key="OPS"/></ac:link>', `[OPS](${site}/wiki/spaces/OPS)`],
    ['<ac:link><ri:attachment ri:filename="a.pdf"/></ac:link>', `[a.pdf](${site}/files/a.pdf)`],
    [
      '<ac:link><ri:blog-post ri:content-title="News" ri:posting-day="2024/05/06"/></ac:link>',
      `[News](${site}/wiki/display/ENG/2024/05/06/News)`,
    ],
    ['<a href="/wiki/x">rel</a>', `[rel](${site}/wiki/x)`],
    [
      `<a href="${site}/browse/OPS-14" data-card-appearance="inline">${site}/browse/OPS-14</a>`,
      `[OPS-14](${site}/browse/OPS-14)`,
    ],
    [
      `<a href="${site}/wiki/spaces/E/pages/7/Go+home" data-card-appearance="inline">${site}/wiki/spaces/E/pages/7/Go+home</a>`,
      `[Go home](${site}/wiki/spaces/E/pages/7/Go+home)`,
    ],
    ['<a href="https://x.example/">https://x.example/</a>', '[https://x.example/](https://x.example/)'],
    ['<a href="https://x.example/a?b=1&amp;copy;=2">x</a>', '[x](https://x.example/a?b=1&amp;copy;=2)'],
    ['Look!<a href="https://x.example">x</a>', 'Look\\![x](https://x.example)'],
    ['<a href="https://x.example">a ] b</a>', '[a \\] b](https://x.example)'],
    ['<a href="https://x.example">[ENG-1] t</a>', '[[ENG-1] t](https://x.example)'],
    ['<ac:image ac:alt="A"><ri:attachment ri:filename="p.png"/></ac:image>', `![A](${site}/files/p.png)`],
    [
      '<ac:image><ri:attachment ri:filename="p.png"/><ac:caption><p>The <b>p</b></p></ac:caption></ac:image>',
      `![p.png](${site}/files/p.png)\\\n_The **p**_`,
    ],
    [
      '<ac:image><ri:url ri:value="https://h.example/a(1).png"/></ac:image>',
      '![](https://h.example/a%281%29.png)',
    ],
  ])('writes %s', (xml, markdown) => {
    expect(storage(`<p>${xml}</p>`)).toBe(`${markdown}\n`);
  });

  it.each(['javascript:alert(1)', 'java&#10;script:alert(1)', ' DATA:text/html,x', 'vbscript:x'])(
    'drops the address %s',
    (href) => {
      const xml = `<p><a href="${href}">text</a></p>`;
      expect(storage(xml)).toBe('text\n');
      expect(constructs(xml)).toEqual(['link']);
    },
  );

  it('leads links within the page to the heading’s GitHub slug', () => {
    const link = (anchor: string) =>
      `<p><ac:link ac:anchor="${anchor}"><ac:link-body>x</ac:link-body></ac:link></p>`;
    expect(
      storage(
        `${link('Some Heading!')}${link('SomeHeading!')}<p><a href="#Some-Heading!">x</a></p><h2>Some Heading!</h2>`,
      ),
    ).toBe('[x](#some-heading)\n\n[x](#some-heading)\n\n[x](#some-heading)\n\n## Some Heading!\n');
  });

  it('leads to each of several headings of one text', () => {
    const xml =
      '<p><a href="#FAQ">x</a><a href="#T-FAQ.1">y</a><a href="#v1.1">z</a></p><h2>FAQ</h2><h2>FAQ</h2><h2>v1</h2><h2>v1</h2><h2>v1.1</h2>';
    expect(storage(xml)).toMatch(/^\[x\]\(#faq\)\[y\]\(#faq-1\)\[z\]\(#v11\)\n/);
  });

  it.each([
    [
      'of the page by id',
      '<ac:link ac:anchor="Some Heading"><ri:content-entity ri:content-id="42"/></ac:link>',
      '(#some-heading)',
    ],
    ['with the page’s title before it', '<a href="#MyPage-SomeHeading">x</a>', '(#some-heading)'],
    [
      'of the page by its address',
      `<a href="${site}/wiki/spaces/ENG/pages/42/T#Some-Heading">x</a>`,
      '(#some-heading)',
    ],
    [
      'of another page by its address',
      `<a href="${site}/wiki/spaces/ENG/pages/43/T#Some-Heading%3F">x</a>`,
      `(${site}/wiki/spaces/ENG/pages/43/T#some-heading)`,
    ],
    [
      'of another page by its address, with hyphens around what a slug leaves out',
      `<a href="${site}/wiki/spaces/ENG/pages/43/T#1.-Q-%26-A---%E1%84%92">x</a>`,
      `(${site}/wiki/spaces/ENG/pages/43/T#1-q--a---ᄒ)`,
    ],
    [
      'of another page with its title before it',
      '<ac:link ac:anchor="MyPage-SomeHeading"><ri:page ri:content-title="My Page"/></ac:link>',
      `(${site}/wiki/display/ENG/My%20Page#someheading)`,
    ],
    [
      'of the anchor macro',
      `<ac:link ac:anchor="my place"><ac:link-body>x</ac:link-body></ac:link>${macro('anchor', { '': 'my place' })}`,
      '(#my-place)',
    ],
    ['elsewhere', '<a href="https://x.example/#Some-Heading">x</a>', '(https://x.example/#Some-Heading)'],
  ])('leads to an anchor %s', (_, xml, destination) => {
    expect(storage(`<h2>Some Heading</h2><p>${xml}</p>`)).toContain(destination);
  });

  it.each([
    [
      'another page’s file',
      '<ac:link><ri:attachment ri:filename="a.pdf"><ri:page ri:content-title="P"/></ri:attachment></ac:link>',
      `[a.pdf](${site}/files/a.pdf)\n`,
    ],
    [
      'a space’s home',
      '<ac:link><ri:page ri:space-key="OPS"/></ac:link>',
      `[OPS](${site}/wiki/spaces/OPS)\n`,
    ],
    ['a mention by key', '<ac:link><ri:user ri:userkey="8a7f"/></ac:link>', '@8a7f\n'],
    [
      'a mention with a name',
      '<ac:link><ri:user ri:account-id="acc-9"/><ac:link-body>Bo</ac:link-body></ac:link>',
      '@Bo\n',
    ],
    ['a shortcut', '<ac:link><ri:shortcut ri:key="jira" ri:parameter="A-1"/></ac:link>', 'A-1@jira\n'],
    ['mail', '<a href="mailto:a@x.example">a</a>', '[a](mailto:a@x.example)\n'],
    ['an empty link', '<ac:link/>', '`[link without a target]`\n'],
    ['a link to nothing with a text', '<ac:link><ac:link-body>x</ac:link-body></ac:link>', 'x\n'],
    ['a link without text', '<a href="https://x.example"></a>', '[https://x.example](https://x.example)\n'],
    [
      'an image that is a link',
      '<ac:link><ri:page ri:content-title="P"/><ac:link-body><ac:image><ri:attachment ri:filename="p.png"/></ac:image></ac:link-body></ac:link>',
      `[![p.png](${site}/files/p.png)](${site}/wiki/display/ENG/P)\n`,
    ],
    [
      'an image with a link',
      '<ac:image ac:href="/x" ac:thumbnail="true" ac:width="9"><ri:url ri:value="https://h.example/a.svg"/></ac:image>',
      `[![](https://h.example/a.svg)](${site}/x)\n`,
    ],
    [
      'an image with a title',
      '<ac:image ac:title="T"><ri:attachment ri:filename="p.png"/></ac:image>',
      `![p.png](${site}/files/p.png "T")\n`,
    ],
    ['an image by its address', '<ac:image ac:src="/a.png"/>', `![](${site}/a.png)\n`],
    [
      'an image of another page',
      '<ac:image><ri:attachment ri:filename="p.png"><ri:content-entity ri:content-id="7"/></ri:attachment></ac:image>',
      `![p.png](${site}/files/p.png)\n`,
    ],
    ['an image that is nowhere', '<ac:image ac:alt="A"/>', '`[image: A]`\n'],
    [
      'a list of issues',
      `<a href="${site}/issues/?jql=x" data-card-appearance="block" data-datasource='{"parameters":{"jql":"project = \\"X\\""}}'>${site}/issues/?jql=x</a>`,
      `[Jira issues: project = "X"](${site}/issues/?jql=x)\n`,
    ],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(`<p>${xml}</p>`)).toBe(markdown);
  });

  it('writes no anchor that GitHub makes of the heading itself', () => {
    const heading = (anchor: string) => `<h2>${macro('anchor', { '': anchor })}Goals</h2>`;
    expect(storage(heading('goals'))).toBe('## Goals\n');
    expect(storage(heading('other'))).toBe('## <a id="other"></a>Goals\n');
  });

  it('asks for a file of another page by that page', () => {
    const asked: unknown[] = [];
    fromStorage(
      '<ac:image><ri:attachment ri:filename="p.png"><ri:page ri:content-title="P"/></ri:attachment></ac:image>',
      {
        ...context,
        attachment: (reference) => {
          asked.push(reference);
          return undefined;
        },
      },
    );
    expect(asked).toEqual([{ name: 'p.png', page: { space: 'ENG', title: 'P' } }]);
  });
});
