import { html } from '../nodes.ts';
import type { MacroDefinition } from './macro.ts';

/** Lists that are derived from the page or the page tree, which readers have anyway. */
export const derivedMacro: MacroDefinition = {
  names: ['toc', 'children', 'pagetree', 'pagetreesearch'],
  example: '<ac:structured-macro ac:name="toc" />',
  render: () => [],
};

/** A frame or an arrangement around content that stands for itself. */
export const contentMacro: MacroDefinition = {
  names: ['section', 'column', 'details', 'excerpt', 'toc-zone'],
  example:
    '<ac:structured-macro ac:name="section"><ac:rich-text-body><p>Content</p></ac:rich-text-body></ac:structured-macro>',
  render: ({ body }) => body(),
};

/** A place that links within the page lead to. */
export const anchorMacro: MacroDefinition = {
  names: ['anchor'],
  example:
    '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">here</ac:parameter></ac:structured-macro>',
  render({ parameter }) {
    const name = (parameter('') ?? parameter('name') ?? '').trim().replace(/[\s"<>&`\\]+/g, '-');
    return name ? [html(`<a id="${name}"></a>`)] : [];
  },
};
