import { code, type Mixed, paragraph, strong, text } from '../nodes.ts';
import type { Macro } from './macro.ts';
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

/** `code`: a fenced block; its title is the bold line above. */
export const codeMacro: Macro = ({ plain = '', parameter }) => {
  return codeBlock(plain, parameter('language') ?? parameter(''), parameter('title'));
};

/** `noformat`: a fenced block without a language. */
export const noformatMacro: Macro = ({ plain = '', parameter }) =>
  codeBlock(plain, undefined, parameter('title'));

/** Diagrams that are written as text keep their source in a fence that GitHub may draw. */
export const diagramMacro =
  (language: string): Macro =>
  (call) =>
    call.plain?.trim() ? codeBlock(call.plain, language, call.parameter('title')) : unsupported(call);

export function codeBlock(value: string, language?: string, title?: string): Mixed {
  const name = (language ?? '').trim().toLowerCase();
  const block = code(value, LANGUAGES[name] ?? name);
  return title?.trim() ? [paragraph([strong([text(title.trim())])]), block] : [block];
}
