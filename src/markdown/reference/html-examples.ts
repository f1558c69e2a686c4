import type { Example } from './example.ts';

/** HTML of unknown origin, such as mail and what services render. */
export const htmlExamples: readonly Example[] = [
  {
    construct: 'headings and marks',
    source: '<h2>Goals</h2><p><b>bold</b> <i>italic</i> <del>struck</del></p>',
  },
  { construct: 'markup as text', source: '<p>&lt;script&gt; and *stars*</p>' },
  { construct: 'lists', source: '<ol start="3"><li>three<ul><li>bullet</li></ul></li></ol>' },
  {
    construct: 'table',
    source: '<table><tr><th>Name</th><th>Age</th></tr><tr><td>Ann</td><td>7</td></tr></table>',
  },
  { construct: 'code', source: '<pre><code class="language-python">print("hello")</code></pre>' },
  { construct: 'preformatted text', source: '<pre>as  it   is</pre>' },
  { construct: 'quote', source: '<blockquote>To be.</blockquote>' },
  {
    construct: 'link and image',
    source:
      '<p><a href="https://www.example.org/">example</a> <img src="https://www.example.org/a.png" alt="A"></p>',
  },
  {
    construct: 'script, style, comment',
    source: '<style>p{}</style><script>run()</script><!-- note --><p>text</p>',
  },
  { construct: 'address that runs code', source: '<p><a href="javascript:run()">click</a></p>' },
  {
    construct: 'panel as Confluence shows it',
    source:
      '<div class="confluence-information-macro confluence-information-macro-note conf-macro" data-macro-name="note"><div class="confluence-information-macro-body"><p>Mind the gap.</p></div></div>',
  },
  {
    construct: 'status as Confluence shows it',
    source: '<p><span class="status-macro aui-lozenge aui-lozenge-success">DONE</span></p>',
  },
  {
    construct: 'code as Confluence shows it',
    source:
      '<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: python; gutter: false">print("hello")</pre>',
  },
];
