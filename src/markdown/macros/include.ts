import { link, type Mixed, text } from '../nodes.ts';
import type { MacroCall, MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

/** A link to the page whose content was shown here. */
export const includeMacro: MacroDefinition = {
  names: ['include', 'excerpt-include'],
  example:
    '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Glossary" /></ac:link></ac:parameter></ac:structured-macro>',
  render: includePage,
};

function includePage({ name, reference, reader }: MacroCall): Mixed {
  const target = reference();
  reader.lose(`macro:${name}`);
  return target?.kind === 'link'
    ? [marker(name), text(' '), link(target.url, [text(target.name)])]
    : [marker(name)];
}
