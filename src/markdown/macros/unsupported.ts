import { code, type Mixed, toFlow } from '../nodes.ts';
import { preview } from './diagrams.ts';
import { liveContent } from './live.ts';
import type { Macro } from './macro.ts';
import { marker } from './marker.ts';

/**
 * A macro that we do not know: a marker that can be seen and searched for, and what it held, or else what its
 * service showed for it or the picture that it keeps among the page's files.
 */
export const unsupported: Macro = (call): Mixed => {
  const { name, plain, reader } = call;
  const own = [...(plain?.trim() ? [code(plain)] : []), ...call.body()];
  const shown = () => liveContent(call) ?? preview(call, { certain: true });
  const content = own.length > 0 ? own : shown();
  if (content) reader.degrade(`macro:${name}`);
  else reader.lose(`macro:${name}`);
  return [marker(`unsupported macro: ${name}`), ...toFlow(content ?? [])];
};
