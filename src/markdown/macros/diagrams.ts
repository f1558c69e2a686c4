import { image, link, type Mixed, text } from '../nodes.ts';
import { absoluteUrl } from '../urls.ts';
import { example } from './example.ts';
import { liveContent } from './live.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

/** Diagrams of drawing tools, which keep a picture of each among the page's files. */
export const drawingMacro: MacroDefinition = {
  names: [
    'drawio',
    'inc-drawio',
    'drawio-sketch',
    'drawio-board',
    'gliffy',
    'excalidraw',
    'balsamiq',
    'mockup',
    'lucidchart',
    'lucidchart-cloud',
    'lucid-chart-macro',
    'zenuml-sequence-macro',
    'zenuml-graph-macro',
    'zenuml-embed-macro',
    'yworks-diagram',
    'creately',
    'visio',
    'miro-macro-resizing',
    'miro',
    'figma',
    'figma-for-confluence',
    'invision',
    'whiteboard',
    'structurizr',
  ],
  example: example('drawio', { diagramName: 'overview', revision: '3' }),
  render: drawing,
};

function drawing(call: MacroCall): Mixed {
  const { name, reader } = call;
  const shown = preview(call);
  if (shown) return shown;
  const title = diagramName(call);
  const address = firstParameter(call, 'url', 'link', 'src', 'documentUrl') ?? referenceUrl(call);
  const url = address === undefined ? undefined : absoluteUrl(address, reader.context);
  if (url !== undefined) return [link(url, [text(title ?? url)])];
  const live = liveContent(call);
  if (live) return live;
  reader.lose(`macro:${name}`, 'no preview');
  return [marker(title === undefined ? name : `${name}: ${title}`)];
}

/**
 * The picture that is attached for a diagram, and a link to what it was drawn from; undefined if there is none.
 * With `certain`, only files of which the page's list is known count: any name may be a macro's.
 */
export function preview(call: MacroCall, { certain = false } = {}): Mixed | undefined {
  const name = firstParameter(call, ...NAMES);
  if (name === undefined) return undefined;
  const picture = (PICTURE.test(name) ? [name] : PREVIEWS.map((end) => name + end))
    .map((file) => attached(file, call, certain))
    .find((found) => found !== undefined);
  if (!picture) return undefined;
  const title = diagramName(call) ?? name;
  const source = PICTURE.test(name) ? undefined : attached(name, call, true);
  return source === undefined
    ? [image(picture, title)]
    : [image(picture, title), text(' '), link(source, [text(`Source of ${title}`)])];
}

const NAMES = ['diagramName', 'filename', 'fileName', 'attachmentName', 'name', 'diagram', 'file', 'Name'];
const PREVIEWS = ['.png', '.svg'];
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp)$/i;

function diagramName(call: MacroCall): string | undefined {
  return firstParameter(call, 'diagramDisplayName', 'displayName', 'title', ...NAMES, '');
}

function attached(name: string, { parameter, reader }: MacroCall, certain: boolean): string | undefined {
  const { attachment, attachments, pageId } = reader.context;
  // A diagram may be that of another page.
  const page = parameter('pageId')?.trim();
  if (page && page !== pageId) return attachment?.({ name, page: { id: page } })?.url;
  const listed = attachments?.();
  if (listed) return listed.find((file) => file.name === name)?.url;
  return certain ? undefined : attachment?.({ name })?.url;
}

function referenceUrl({ reference }: MacroCall): string | undefined {
  const target = reference();
  return target?.kind === 'link' ? target.url : undefined;
}
