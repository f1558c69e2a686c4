import { code, type Mixed, paragraph, strong, text } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';

/** Languages that Confluence calls otherwise than the rest of the world. */
const LANGUAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    actionscript3: 'actionscript',
    'c#': 'csharp',
    'c++': 'cpp',
    coldfusion: 'cfm',
    'html/xml': 'xml',
    'html and xml': 'xml',
    'java fx': 'javafx',
    'javascript (jsx)': 'jsx',
    jscript: 'js',
    none: '',
    'objective-c': 'objectivec',
    plain: '',
    'plain text': '',
    plaintext: '',
    shell: 'sh',
    text: '',
    'visual basic': 'vb',
  }),
);

/** A fenced block; its title is the bold line above. */
export const codeMacro: MacroDefinition = {
  names: ['code', 'code-block', 'codeblock', 'code-macro', 'newcode'],
  example: example('code', { language: 'python', title: 'hello.py' }, { plain: 'print("hello")' }),
  render: (call) =>
    fenced(call, call.plain ?? call.parameter('code'), firstParameter(call, 'language', 'lang', '')),
};

export const noformatMacro: MacroDefinition = {
  names: ['noformat', 'preformatted'],
  example: example('noformat', {}, { plain: 'as  it   is' }),
  render: (call) => fenced(call, call.plain),
};

/** Code, or the rich text that some programs write in its place. */
function fenced(call: MacroCall, source: string | undefined, language?: string): Mixed {
  const rich = source === undefined ? call.body() : [];
  if (rich.length === 0) return codeBlock(source ?? '', language, call.parameter('title'));
  call.reader.degrade(`macro:${call.name}`, 'rich text');
  return rich;
}

export function codeBlock(value: string, language?: string, title?: string): Mixed {
  const name = (language ?? '').trim().toLowerCase();
  const block = code(value, LANGUAGES.get(name) ?? name);
  return title?.trim() ? [paragraph([strong([text(title.trim())])]), block] : [block];
}
