import { describe, expect, it } from 'vitest';
import { fromHtml } from '../../src/markdown/index.ts';
import { context, html } from './render.ts';

const site = 'https://acme.atlassian.net';

describe("fromHtml on Confluence's and Jira's views", () => {
  it.each([
    [
      'information panels',
      '<div class="confluence-information-macro confluence-information-macro-warning"><p class="title">Mind</p><span class="aui-icon">icon</span><div class="confluence-information-macro-body"><p>x</p></div></div>',
      '> [!CAUTION]\n> **Mind**\n>\n> x\n',
    ],
    [
      'panels by their colour',
      '<div class="panel conf-macro"><div class="panelHeader"><b>Head</b></div><div class="panelContent" style="background-color: rgb(227, 252, 239);"><p>c</p></div></div>',
      '> [!TIP]\n> **Head**\n>\n> c\n',
    ],
    [
      'code with its title and language',
      '<div class="code panel"><div class="codeHeader panelHeader"><b>hello.py</b></div><div class="codeContent panelContent"><pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: py; gutter: false">x = 1\n  y &lt; 2\n</pre></div></div>',
      '**hello.py**\n\n```py\nx = 1\n  y < 2\n```\n',
    ],
    [
      'code whose author gave no language',
      '<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: java; gutter: false">ls</pre>',
      '```\nls\n```\n',
    ],
    ['status', '<p>a <span class="status-macro aui-lozenge conf-macro">DONE</span></p>', 'a `DONE`\n'],
    [
      'what a click unfolds',
      '<div class="expand-container"><div class="expand-control"><span class="expand-control-icon icon"> </span><span class="expand-control-text">Why</span></div><div class="expand-content expand-hidden" style="display:none"><p>a</p></div></div>',
      '<details>\n<summary>Why</summary>\n\na\n\n</details>\n',
    ],
    [
      'tasks',
      '<ul class="inline-task-list"><li class="checked" data-inline-task-id="1"><span>a</span></li><li data-inline-task-id="2">b<ul class="inline-task-list"><li data-inline-task-id="3">c</li></ul></li></ul>',
      '- [x] a\n- [ ] b\n  - [ ] c\n',
    ],
    [
      'decisions',
      '<ul class="decision-list"><li data-decision-state="DECIDED">go</li><li data-decision-state="UNDECIDED">when</li></ul>',
      '- Decision: go\n- Undecided: when\n',
    ],
    [
      'people, dates and emoji',
      '<p><a class="confluence-userlink user-mention" data-account-id="acc-1" href="/wiki/people/acc-1">A. L.</a> <a class="user-hover" data-account-id="acc-9" href="/x">Bob</a> <time datetime="2024-03-01" class="date-past">01 Mar 2024</time> <img class="emoticon" data-emoji-shortname=":check_mark:" data-emoji-fallback=":check_mark:" alt="(tick)"> <img class="emoticon" data-emoticon-name="smile" alt=":)"></p>',
      '@Ann Lee @Bob 2024-03-01 ✅ 🙂\n',
    ],
    [
      'attached images',
      '<span class="confluence-embedded-file-wrapper"><img class="confluence-embedded-image" src="/wiki/download/thumbnails/42/plan.png?width=9" data-image-src="/wiki/download/attachments/42/plan.png?version=1" data-linked-resource-default-alias="plan.png" data-linked-resource-container-id="42"></span>',
      `![plan.png](${site}/files/plan.png)\n`,
    ],
    [
      'files',
      '<p class="media-group"><span class="confluence-embedded-file-wrapper"><a class="confluence-embedded-file" href="/wiki/download/attachments/42/a.pdf?v=1" data-linked-resource-default-alias="a.pdf"><img src="/thumb.png"></a></span><a class="confluence-embedded-file" href="/b.txt">b</a></p>',
      `[a.pdf](${site}/files/a.pdf)\n\n[${site}/b.txt](${site}/b.txt)\n`,
    ],
    [
      'a ticket',
      '<span class="jira-issue conf-macro" data-jira-key="ACME-1"><a href="https://acme.atlassian.net/browse/ACME-1" class="jira-issue-key"><img class="icon" src="x.png" alt="Bug">ACME-1</a> - <span class="summary">Login fails</span> <span class="aui-lozenge">DONE</span></span>',
      `[ACME-1](${site}/browse/ACME-1): Login fails \`DONE\`\n`,
    ],
    [
      'a ticket that was not loaded',
      '<span class="jira-issue" data-jira-key="ACME-1"><a href="https://acme.atlassian.net/browse/ACME-1">ACME-1</a> - <span class="summary">Getting issue details...</span> <span class="aui-lozenge">STATUS</span></span>',
      `[ACME-1](${site}/browse/ACME-1)\n`,
    ],
    [
      'a table of tickets',
      '<div class="refresh-module-id"><table class="aui"><thead><tr><th>Key</th><th>T</th></tr></thead><tbody><tr><td><a href="/browse/A-1">A-1</a></td><td><img src="/images/icons/issuetypes/bug.png" alt="Bug"></td></tr></tbody></table><div class="refresh-issues-bottom">1 issue</div></div>',
      `| Key | T |\n| --- | --- |\n| [A-1](${site}/browse/A-1) | Bug |\n`,
    ],
    [
      'columns in order',
      '<div class="columnLayout two-equal"><div class="cell"><div class="innerCell"><p>l</p></div></div><div class="cell"><div class="innerCell"><p>r</p></div></div></div>',
      'l\n\nr\n',
    ],
    [
      'no table of contents, comment marks or icons',
      '<div class="toc-macro" data-macro-name="toc"><ul><li>x</li></ul></div><p>a <span class="inline-comment-marker" data-ref="1">b</span></p>',
      'a b\n',
    ],
    [
      'links to headings by the page title and the heading',
      '<p><a href="#id-My-Page-The%20Plan">go</a></p><h2 id="id-My-Page-The Plan">The - Plan</h2>',
      '[go](#the---plan)\n\n## The - Plan\n',
    ],
    [
      'links to pages',
      '<a href="/wiki/spaces/ENG/pages/7/Home" data-linked-resource-id="7">Home</a> <a data-card-appearance="inline" href="https://acme.atlassian.net/browse/A-2">https://acme.atlassian.net/browse/A-2</a>',
      `[Home](${site}/wiki/spaces/ENG/pages/7/Home) [A-2](${site}/browse/A-2)\n`,
    ],
  ])('reads %s', (_, source, markdown) => {
    expect(html(source)).toBe(markdown);
  });

  it('asks for a file of another page by that page', () => {
    const asked: unknown[] = [];
    const attachment = (reference: object) => {
      asked.push(reference);
      return undefined;
    };
    fromHtml(
      '<img class="confluence-embedded-image" src="/x.png" data-linked-resource-default-alias="x.png" data-linked-resource-container-id="7" data-media-id="m-1">',
      { ...context, attachment },
    );
    expect(asked).toEqual([{ name: 'x.png', mediaId: 'm-1', page: { id: '7' } }]);
  });

  it('counts people it names', () => {
    const people: string[] = [];
    fromHtml('<a class="confluence-userlink" data-account-id="acc-1" href="/x">A</a>', {
      ...context,
      onPerson: (accountId) => people.push(accountId),
    });
    expect(people).toEqual(['acc-1']);
  });
});
