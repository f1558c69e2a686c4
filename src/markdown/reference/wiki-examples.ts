import type { Example } from './example.ts';

/** Jira's wiki markup: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all */
export const wikiExamples: readonly Example[] = [
  { construct: 'headings', source: 'h2. Goals\n\nh3. Next year' },
  {
    construct: 'text marks',
    source: '*bold* _italic_ -struck- +underlined+ ^super^ ~sub~ ??cited?? {{code}}',
  },
  { construct: 'colour', source: '{color:red}red{color} text' },
  { construct: 'paragraphs and breaks', source: 'one line\nthe next\\\\and one more\n\na paragraph' },
  { construct: 'rule and dashes', source: 'one -- two --- three\n\n----' },
  { construct: 'bullets', source: '* apples\n** green\n* pears' },
  { construct: 'numbers', source: '# first\n## second\n# third' },
  { construct: 'mixed lists', source: '# first\n#* a bullet\n# second' },
  { construct: 'table', source: '||Name||Age||\n|Ann|7|' },
  { construct: 'table with a header column', source: '||Owner|Ann|\n||State|done|' },
  { construct: 'code', source: '{code:python|title=hello.py}\nprint("hello")\n{code}' },
  { construct: 'noformat', source: '{noformat}\nas  it   is\n{noformat}' },
  { construct: 'quote', source: '{quote}\nTo be.\n{quote}\n\nbq. Or not.' },
  { construct: 'panel', source: '{panel:title=Mind}\nThe gap.\n{panel}' },
  { construct: 'info, note, tip, warning', source: '{note}\nMind the gap.\n{note}' },
  {
    construct: 'links',
    source: '[example|https://www.example.org/] https://www.example.org/ [mailto:a@example.org]',
  },
  { construct: 'smart link', source: '[https://www.example.org/|https://www.example.org/|smart-link]' },
  { construct: 'issue key', source: 'see ACME-7' },
  { construct: 'mention', source: '[~accountid:ann] and [~jdoe]' },
  { construct: 'attachment', source: '[^plan.pdf]' },
  { construct: 'image', source: '!plan.png|thumbnail! !https://www.example.org/a.png|alt=The plan!' },
  { construct: 'anchor', source: '{anchor:here}A place, and [a link to it|#here]' },
  { construct: 'emoticons', source: ':) (/) (x) (!) (i)' },
  { construct: 'escapes', source: '\\*not bold\\* and \\{not a macro}' },
  { construct: 'unclosed macro', source: '{code}\nnever closed' },
  { construct: 'unknown macro', source: '{no-such-macro}\nIts content.\n{no-such-macro}' },
];
