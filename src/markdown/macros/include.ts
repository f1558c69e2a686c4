import { link, type Mixed, text } from '../nodes.ts';
import type { Macro } from './macro.ts';
import { marker } from './marker.ts';

/** `include` and `excerpt-include`: a link to the page whose content was shown here. */
export const includeMacro: Macro = ({ name, reference, reader }): Mixed => {
  const target = reference();
  reader.warn(`macro:${name}`);
  return target?.kind === 'link'
    ? [marker(name), text(' '), link(target.url, [text(target.name)])]
    : [marker(name)];
};
