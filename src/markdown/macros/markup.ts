import { readMarkdown } from '../gfm/read.ts';
import { code, type Flow, type Mixed } from '../nodes.ts';
import { example } from './example.ts';
import type { MacroDefinition } from './macro.ts';
import { unsupported } from './unsupported.ts';

/** HTML that the author wrote. */
export const htmlMacro: MacroDefinition = {
  names: ['html', 'html-bobswift', 'html-macro', 'html-wrap', 'xhtml', 'html-cloud'],
  example: example('html', {}, { plain: '<p>From <b>HTML</b></p>' }),
  render: (call) => (call.plain?.trim() ? call.reader.html(call.plain) : unsupported(call)),
};

/** Wiki markup of old pages, which the change to storage format could not read. */
export const wikiMarkupMacro: MacroDefinition = {
  names: ['unmigrated-wiki-markup', 'unmigrated-inline-wiki-markup'],
  example: example('unmigrated-wiki-markup', {}, { plain: 'From *wiki markup*:\n\n* one\n* two' }),
  render: (call) => (call.plain?.trim() ? inLine(call.reader.wiki(call.plain)) : unsupported(call)),
};

/** One paragraph may stand in a line. */
function inLine(content: Flow[]): Mixed {
  const [only, ...others] = content;
  return only?.type === 'paragraph' && others.length === 0 ? only.children : content;
}

/** Markdown that the author wrote. */
export const markdownMacro: MacroDefinition = {
  names: ['markdown', 'markdown-macro', 'md', 'markdown-block', 'markdown-cloud', 'markdown-bobswift'],
  example: example('markdown', {}, { plain: 'From *markdown*:\n\n- one\n- two' }),
  render(call) {
    const { plain, reader } = call;
    if (!plain?.trim()) return unsupported(call);
    const content = readMarkdown(plain, reader);
    if (content) return content;
    reader.degrade('depth');
    return [code(plain, 'markdown')];
  },
};
