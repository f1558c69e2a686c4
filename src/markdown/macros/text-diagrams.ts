import { inflateRawSync } from 'node:zlib';
import { type Mixed, toFlow } from '../nodes.ts';
import { codeBlock } from './code.ts';
import { preview } from './diagrams.ts';
import { example } from './example.ts';
import { liveContent } from './live.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

/** Diagrams that are written as text keep their source in a fence, which GitHub draws if it can. */
export const textDiagramMacros: readonly MacroDefinition[] = [
  textDiagram('mermaid', ['mermaid', 'mermaid-cloud', 'mermaid-macro', 'mermaid-diagram'], 'graph TD; A-->B'),
  textDiagram(
    'plantuml',
    ['plantuml', 'plantumlrender', 'plantumlcloud', 'plantuml-macro', 'puml'],
    '@startuml\nAlice -> Bob: hello\n@enduml',
  ),
  textDiagram('dot', ['graphviz', 'dot', 'digraph', 'graphviz-macro'], 'digraph { a -> b }'),
  textDiagram('d2', ['d2', 'd2-macro'], 'a -> b'),
];

function textDiagram(
  language: string,
  names: readonly [string, ...string[]],
  source: string,
): MacroDefinition {
  return {
    names,
    example: example(names[0], {}, { plain: source }),
    render: (call) => diagram(call, language),
  };
}

function diagram(call: MacroCall, language: string): Mixed {
  const { reader, name } = call;
  const source = call.plain?.trim() ? call.plain : firstParameter(call, 'source', 'code', 'diagramCode');
  if (source !== undefined) return codeBlock(source, language, call.parameter('title'));
  const packed = unpack(call);
  const content =
    packed === undefined
      ? undefined
      : reader.borrow(() => toFlow(codeBlock(packed, language, call.parameter('title'))));
  if (content) return content;
  const shown = preview(call) ?? liveContent(call);
  if (shown) return shown;
  const body = call.body();
  if (body.length > 0) return body;
  reader.lose(`macro:${name}`, 'no source');
  return [marker(`${language} diagram: ${firstParameter(call, 'filename', 'name', 'title') ?? 'unnamed'}`)];
}

/** Far more than anyone has drawn. */
const MAX_SOURCE = 512 * 1024;

/** PlantUML Diagrams for Confluence keeps a source percent-encoded, and compressed by raw deflate in base64. */
function unpack({ parameter }: MacroCall): string | undefined {
  const data = parameter('data')?.trim();
  if (!data) return undefined;
  try {
    if (parameter('compressed')?.trim() !== 'true') return decodeURIComponent(data);
    const inflated = inflateRawSync(Buffer.from(data, 'base64'), { maxOutputLength: MAX_SOURCE });
    return decodeURIComponent(inflated.toString('utf8')) || undefined;
  } catch (error) {
    // Not packed as we know it, or larger than the bound: its preview is shown instead.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
