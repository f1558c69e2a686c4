import { LIVE_END, liveStart } from '../live.ts';
import { blockHtml, type Flow, type Mixed } from '../nodes.ts';
import type { MacroCall } from './macro.ts';
import { marker } from './marker.ts';

/** What the service showed for a macro, between its marks; undefined if that is not known or too large. */
export function liveContent({ name, id, reader }: MacroCall): Flow[] | undefined {
  const html = id === undefined ? undefined : reader.context.rendered?.(id);
  if (!html?.trim()) return undefined;
  const content = reader.borrow(() => reader.html(html));
  if (!content || content.length === 0) return undefined;
  return [blockHtml(liveStart(name)), ...content, blockHtml(LIVE_END)];
}

/** Live content, or where it is not known a marker that says what stood there. */
export function live(call: MacroCall, description: string): Mixed {
  const content = liveContent(call);
  if (content) return content;
  const body = call.body();
  if (body.length > 0) call.reader.degrade(`macro:${call.name}`, 'exists only rendered');
  else call.reader.lose(`macro:${call.name}`, 'exists only rendered');
  return [marker(description), ...body];
}
