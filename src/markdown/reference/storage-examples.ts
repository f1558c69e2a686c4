import type { Example } from './example.ts';

/** Storage format but for macros, whose definitions bring their own examples. */
export const storageExamples: readonly Example[] = [
  { construct: 'headings', source: '<h2>Goals</h2><h3>Next year</h3>' },
  {
    construct: 'text marks',
    source:
      '<p><strong>bold</strong> <em>italic</em> <u>underlined</u> <s>struck</s> <code>code</code> H<sub>2</sub>O x<sup>2</sup></p>',
  },
  { construct: 'colours', source: '<p><span style="color: rgb(255,0,0);">red</span> text</p>' },
  { construct: 'line break and rule', source: '<p>one<br />two</p><hr />' },
  {
    construct: 'lists',
    source: '<ul><li>apples<ol start="3"><li>green</li><li>red</li></ol></li><li>pears</li></ul>',
  },
  { construct: 'definition list', source: '<dl><dt>Page</dt><dd>A document.</dd></dl>' },
  { construct: 'quote', source: '<blockquote><p>To be.</p></blockquote>' },
  { construct: 'preformatted text', source: '<pre>as  it   is</pre>' },
  {
    construct: 'table',
    source:
      '<table><tbody><tr><th>Name</th><th>Age</th></tr><tr><td>Ann</td><td>7 | 8</td></tr></tbody></table>',
  },
  {
    construct: 'table with a header column',
    source:
      '<table><tbody><tr><th>Owner</th><td>Ann</td></tr><tr><th>State</th><td>done</td></tr></tbody></table>',
  },
  {
    construct: 'table with merged cells',
    source:
      '<table><tbody><tr><th>A</th><th>B</th></tr><tr><td rowspan="2">both rows</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>',
  },
  {
    construct: 'table with a list in a cell',
    source:
      '<table><tbody><tr><th>Do</th></tr><tr><td><ul><li>one</li><li>two</li></ul></td></tr></tbody></table>',
  },
  {
    construct: 'table with blocks in a cell',
    source:
      '<table><tbody><tr><th>Quote</th></tr><tr><td><blockquote><p>To be.</p></blockquote></td></tr></tbody></table>',
  },
  {
    construct: 'layout',
    source:
      '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>left</p></ac:layout-cell><ac:layout-cell><p>right</p></ac:layout-cell></ac:layout-section></ac:layout>',
  },
  {
    construct: 'task list',
    source:
      '<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>write</ac:task-body></ac:task><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>read</ac:task-body></ac:task></ac:task-list>',
  },
  {
    construct: 'decision list',
    source:
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>Use Postgres</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>',
  },
  {
    construct: 'panel of the editor',
    source:
      '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>Remember.</p></ac:adf-content></ac:adf-node></ac:adf-extension>',
  },
  {
    construct: 'link to a page',
    source: '<p><ac:link><ri:page ri:content-title="Glossary" ri:space-key="ENG" /></ac:link></p>',
  },
  {
    construct: 'link to a heading',
    source:
      '<h2>How it works</h2><p><ac:link ac:anchor="How it works"><ac:plain-text-link-body><![CDATA[see above]]></ac:plain-text-link-body></ac:link></p>',
  },
  {
    construct: 'link to a blog post',
    source:
      '<p><ac:link><ri:blog-post ri:content-title="We shipped" ri:posting-day="2025/03/01" ri:space-key="ENG" /></ac:link></p>',
  },
  { construct: 'link to a space', source: '<p><ac:link><ri:space ri:space-key="ENG" /></ac:link></p>' },
  {
    construct: 'link to an attachment',
    source: '<p><ac:link><ri:attachment ri:filename="plan.pdf" /></ac:link></p>',
  },
  { construct: 'link to an address', source: '<p><a href="https://www.example.org/a(b)">example</a></p>' },
  {
    construct: 'smart link',
    source:
      '<p><a href="https://acme.atlassian.net/browse/ACME-7" data-card-appearance="inline">https://acme.atlassian.net/browse/ACME-7</a></p>',
  },
  {
    construct: 'image with a caption',
    source:
      '<ac:image ac:alt="The plan"><ri:attachment ri:filename="plan.png" /><ac:caption><p>Our <em>plan</em></p></ac:caption></ac:image>',
  },
  {
    construct: 'image with a link',
    source:
      '<ac:image ac:href="https://www.example.org/"><ri:url ri:value="https://www.example.org/a.png" /></ac:image>',
  },
  { construct: 'mention', source: '<p><ac:link><ri:user ri:account-id="ann" /></ac:link></p>' },
  { construct: 'date', source: '<p>due <time datetime="2025-03-01" /></p>' },
  {
    construct: 'emoji and emoticon',
    source:
      '<p><ac:emoticon ac:name="tick" /> <ac:emoticon ac:emoji-shortname=":rocket:" ac:emoji-fallback="🚀" /></p>',
  },
  {
    construct: 'inline comment',
    source: '<p>a <ac:inline-comment-marker ac:ref="1">marked</ac:inline-comment-marker> word</p>',
  },
  {
    construct: 'placeholder of a template',
    source: '<p>Owner: <ac:placeholder>type a name</ac:placeholder></p>',
  },
  {
    construct: 'unknown macro',
    source:
      '<ac:structured-macro ac:name="no-such-macro"><ac:rich-text-body><p>Its content.</p></ac:rich-text-body></ac:structured-macro>',
  },
];
