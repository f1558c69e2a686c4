import { renderAdf } from '../adf/render.ts';
import { codeBlock } from '../macros/code.ts';
import type { MacroCall } from '../macros/macro.ts';
import { renderMacro } from '../macros/registry.ts';
import { blockquote, type Mixed } from '../nodes.ts';
import { blocks } from './blocks.ts';
import { ISSUE_KEY } from './links.ts';
import type { MacroSpan } from './macros.ts';
import type { Source } from './source.ts';
import { readParameters } from './tags.ts';

/** True if a macro's one parameter without a name means the named one: `{expand:Why}`, `{jira:ACME-1}`. */
function means(name: string, unnamed = ''): boolean {
  return name === 'title' || (name === 'key' && ISSUE_KEY.test(unnamed));
}

/** A macro by the definition that all grammars share; `depth` is the number of levels around it. */
export function wikiMacro(source: Source, span: MacroSpan, depth: number): Mixed {
  source.reader.construct();
  const { name, body } = span;
  const parameters = readParameters(span.parameters);
  if (name === 'code') return codeMacro(source, span, parameters);
  if (name === 'adf') return adfMacro(source, span, depth);
  const content = () => (body && !span.raw ? blocks(source, body.start, body.end, depth + 1) : []);
  if (name === 'quote') {
    const quoted = content();
    return quoted.length > 0 ? [blockquote(quoted)] : [];
  }
  const call: MacroCall = {
    name,
    id: undefined,
    reader: source.reader,
    parameter: (wanted) =>
      parameters.get(wanted) ?? (means(wanted, parameters.get('')) ? parameters.get('') : undefined),
    reference: () => undefined,
    plain: span.raw ? plainBody(source, span) : undefined,
    body: content,
  };
  return renderMacro(call);
}

/** `{code:java|title=…}`; a parameter that can not be a language's name is the title. */
function codeMacro(source: Source, span: MacroSpan, parameters: ReadonlyMap<string, string>): Mixed {
  const unnamed = parameters.get('') ?? '';
  const isLanguage = /^[\w+#/-]*$/.test(unnamed);
  const language = parameters.get('language') ?? parameters.get('lang') ?? (isLanguage ? unnamed : '');
  const title = parameters.get('title') ?? (isLanguage ? undefined : unnamed);
  return codeBlock(plainBody(source, span), language, title);
}

/** What Jira Cloud has no markup for, such as task lists: a node of Atlassian Document Format as JSON. */
function adfMacro(source: Source, span: MacroSpan, depth: number): Mixed {
  const json = plainBody(source, span);
  try {
    return renderAdf([JSON.parse(json)], source.reader, depth);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    source.reader.degrade('macro:adf', 'no JSON');
    return codeBlock(json, 'json');
  }
}

/** The body as it is, without the one line break next to each tag. */
function plainBody({ text }: Source, { body = { start: 0, end: 0 } }: MacroSpan): string {
  const { start, end } = body;
  const from = text[start] === '\n' ? start + 1 : start;
  const to = end > from && text[end - 1] === '\n' ? end - 1 : end;
  return text.slice(from, Math.max(from, to));
}
