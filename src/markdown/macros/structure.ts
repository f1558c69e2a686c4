import { html, paragraph, rule, strong, text } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroDefinition, proseOf } from './macro.ts';

/** Aids for finding one's way on a screen, and settings of it: nothing that the page says. */
export const silentMacro: MacroDefinition = {
  names: [
    'toc',
    'table-of-contents',
    'livesearch',
    'pagetreesearch',
    'search',
    'space-search',
    'create-from-template',
    'createpage',
    'create-page',
    'create-space-button',
    'favpages',
    'floatmenu',
    'navmap',
    'easy-heading-free',
    'easy-heading-macro',
    'display-footnotes',
    'viewtracker',
    'view-tracker',
    'page-views',
    'hideelements',
    'hide-elements',
    'hide-comments',
    'style',
    'css',
    'css-stylesheet',
    'stylesheet',
    'javascript',
    'noop',
    'loremipsum',
    'pagebreak',
    'scroll-pagebreak',
    'scroll-indexterm',
    'scroll-bookmark',
    'scroll-title',
    'expand-all',
    'clear',
  ],
  example: example('toc', { maxLevel: '3' }),
  render: () => [],
};

/** A frame or an arrangement around content that stands for itself. */
export const contentMacro: MacroDefinition = {
  names: [
    'section',
    'column',
    'toc-zone',
    'numberedheadings',
    'indent',
    'div',
    'span',
    'center',
    'align',
    'lozenge',
    'no-print',
    'noprint',
    'print-only',
    'scroll-ignore',
    'scroll-ignore-inline',
    'scroll-only',
    'scroll-only-inline',
    'scroll-portrait',
    'scroll-landscape',
    'scroll-content-block',
    'scroll-tablelayout',
    'scroll-office',
    'scroll-pdf',
    'scroll-html',
    'tabs-group',
    'tab-group',
    'tabs',
    'tabs-container',
    'ui-tabs',
    'auitabs',
    'deck',
    'localtabgroup',
    'aura-tab-group',
    'aura-tab-collection',
    'aura-background',
    'aura-background-content',
    'horizontal-nav-group',
    'accordion',
    'slides',
    'ui-children',
    'table-filter',
    'table-joiner',
    'table-excerpt',
    'table-plus',
    'pivot-table',
    'table-transformer',
    'table-chart',
    'chart-from-table',
    'advancedtables-table-plus',
    'highlight',
    'color',
    'composition-setup',
    'cloak',
    'toggle-cloak',
    'visibility',
    'show-if',
    'hide-if',
    'show-to',
    'hide-from',
    'bq',
    'rw-ui-expands-macro',
    'ui-expands',
    'html-inline',
    'page-tree-zone',
    'scroll-exportbutton',
  ],
  example: example('section', {}, { rich: example('column', {}, { rich: '<p>Content</p>' }) }),
  render: proseOf,
};

/** A chart is drawn from a table, which is what is kept of it. */
export const chartMacro: MacroDefinition = {
  names: ['chart', 'chart-macro'],
  example: example(
    'chart',
    { type: 'pie' },
    { rich: '<table><tbody><tr><th>Yes</th><th>No</th></tr><tr><td>7</td><td>2</td></tr></tbody></table>' },
  ),
  render(call) {
    call.reader.degrade(`macro:${call.name}`, 'its table');
    const title = firstParameter(call, 'title');
    return title === undefined ? call.body() : [paragraph([strong([text(title)])]), ...call.body()];
  },
};

/** A line across. */
export const dividerMacro: MacroDefinition = {
  names: ['aura-divider', 'divider', 'ui-divider'],
  example: example('aura-divider'),
  render: () => [rule()],
};

/** A place that links within the page lead to. */
export const anchorMacro: MacroDefinition = {
  names: ['anchor'],
  example: example('anchor', { '': 'here' }),
  render(call) {
    const name = (firstParameter(call, '', 'name') ?? '').replace(/[\s"<>&`\\]+/g, '-');
    return name ? [html(`<a id="${name}"></a>`)] : [];
  },
};
