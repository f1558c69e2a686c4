import { code, inlineCode, type Mixed } from '../nodes.ts';
import type { Macro } from './macro.ts';

/** A macro that we can not render: a marker that can be seen and searched for, and what it held. */
export const unsupported: Macro = ({ name, plain, body, reader }): Mixed => {
  const content = [...(plain?.trim() ? [code(plain)] : []), ...body()];
  if (content.length > 0) reader.degrade(`macro:${name}`);
  else reader.lose(`macro:${name}`);
  return [marker(`unsupported macro: ${name}`), ...content];
};

/** Visible text in place of content that only its service could show. */
export function marker(what: string): Mixed[number] {
  return inlineCode(`[${what}]`);
}
