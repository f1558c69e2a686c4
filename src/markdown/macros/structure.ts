import { html } from '../nodes.ts';
import type { Macro } from './macro.ts';

/** Lists that are derived from the page or the page tree, which readers have anyway. */
export const derivedMacro: Macro = () => [];

/** A frame or an arrangement around content that stands for itself. */
export const contentMacro: Macro = ({ body }) => body();

/** `anchor`: a place that links within the page lead to. */
export const anchorMacro: Macro = ({ parameter }) => {
  const name = (parameter('') ?? parameter('name') ?? '').trim().replace(/[\s"<>&`\\]+/g, '-');
  return name ? [html(`<a id="${name}"></a>`)] : [];
};
