import { code, type Mixed, paragraph, strong, text } from '../nodes.ts';
import type { MacroDefinition } from './macro.ts';
import { unsupported } from './marker.ts';

/** Languages that Confluence calls otherwise than the rest of the world. */
const LANGUAGES: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  'html/xml': 'xml',
  'html and xml': 'xml',
  jscript: 'js',
  none: '',
  plain: '',
  plaintext: '',
  text: '',
};

/** A fenced block; its title is the bold line above. */
export const codeMacro: MacroDefinition = {
  names: ['code'],
  example:
    '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">python</ac:parameter><ac:parameter ac:name="title">hello.py</ac:parameter><ac:plain-text-body><![CDATA[print("hello")]]></ac:plain-text-body></ac:structured-macro>',
  render: ({ plain = '', parameter }) =>
    codeBlock(plain, parameter('language') ?? parameter(''), parameter('title')),
};

export const noformatMacro: MacroDefinition = {
  names: ['noformat'],
  example:
    '<ac:structured-macro ac:name="noformat"><ac:plain-text-body><![CDATA[as  it   is]]></ac:plain-text-body></ac:structured-macro>',
  render: ({ plain = '', parameter }) => codeBlock(plain, undefined, parameter('title')),
};

/** Diagrams that are written as text keep their source in a fence that GitHub may draw. */
export const mermaidMacro: MacroDefinition = {
  names: ['mermaid', 'mermaid-cloud', 'mermaid-macro'],
  example:
    '<ac:structured-macro ac:name="mermaid"><ac:plain-text-body><![CDATA[graph TD; A-->B]]></ac:plain-text-body></ac:structured-macro>',
  render: (call) =>
    call.plain?.trim() ? codeBlock(call.plain, 'mermaid', call.parameter('title')) : unsupported(call),
};

export const plantumlMacro: MacroDefinition = {
  names: ['plantuml'],
  example:
    '<ac:structured-macro ac:name="plantuml"><ac:plain-text-body><![CDATA[@startuml\nAlice -> Bob: hello\n@enduml]]></ac:plain-text-body></ac:structured-macro>',
  render: (call) =>
    call.plain?.trim() ? codeBlock(call.plain, 'plantuml', call.parameter('title')) : unsupported(call),
};

export function codeBlock(value: string, language?: string, title?: string): Mixed {
  const name = (language ?? '').trim().toLowerCase();
  const block = code(value, LANGUAGES[name] ?? name);
  return title?.trim() ? [paragraph([strong([text(title.trim())])]), block] : [block];
}
