import { type Alert, alert } from '../alerts.ts';
import { type EmojiNames, emoji } from '../emoji.ts';
import { type Flow, paragraph, text } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroDefinition, proseOf } from './macro.ts';

/** A panel of storage format; its macro names are older than the editor's and differ from them. */
function panelMacro(type: Alert, ...names: readonly [string, ...string[]]): MacroDefinition {
  return {
    names,
    example: example(names[0], { title: 'Mind' }, { rich: '<p>The gap.</p>' }),
    render(call) {
      const title = call.parameter('title')?.trim();
      return alert(type, proseOf(call), title ? [text(title)] : []);
    },
  };
}

/** A panel whose colour and icon its author chose. */
const customPanelMacro: MacroDefinition = {
  names: ['panel', 'panelbox', 'ui-text-box', 'bgcolor', 'aura-panel', 'info-panel', 'alert', 'callout'],
  example: example(
    'panel',
    { panelIconText: '🚀', bgColor: '#E3FCEF', title: 'Launch' },
    { rich: '<p>All engines run.</p>' },
  ),
  render(call) {
    const { parameter } = call;
    const title = parameter('title')?.trim();
    const names = {
      text: parameter('panelIconText')?.trim(),
      shortName: parameter('panelIcon')?.trim(),
      id: parameter('panelIconId')?.trim(),
    };
    const kind = firstParameter(call, 'type') ?? '';
    const type = EDITOR_PANELS[kind] ?? meaningOf(firstParameter(call, 'bgColor', 'color', 'titleBGColor'));
    const icon = title ? emoji(names) : '';
    return alert(
      type,
      title ? proseOf(call) : iconed(names, proseOf(call)),
      title ? [text(icon ? `${icon} ${title}` : title)] : [],
    );
  },
};

export const panelMacros: readonly MacroDefinition[] = [
  panelMacro('NOTE', 'info'),
  panelMacro('WARNING', 'note'),
  panelMacro('TIP', 'tip', 'success'),
  panelMacro('CAUTION', 'warning', 'error'),
  customPanelMacro,
];

/** The editor's panel types, as ADF and `ac:adf-extension` name them. */
const EDITOR_PANELS: Readonly<Record<string, Alert>> = {
  info: 'NOTE',
  note: 'IMPORTANT',
  tip: 'TIP',
  success: 'TIP',
  warning: 'WARNING',
  error: 'CAUTION',
};

/** What a panel of the editor means: by its type, or by its colour if that is the author's. */
export function editorPanel(type: string, colour?: string): Alert {
  return EDITOR_PANELS[type] ?? meaningOf(colour);
}

/** Where on the wheel of hues, in degrees, one meaning ends. */
const HUES: readonly (readonly [number, Alert])[] = [
  [20, 'CAUTION'],
  [70, 'WARNING'],
  [170, 'TIP'],
  [245, 'NOTE'],
  [330, 'IMPORTANT'],
  [360, 'CAUTION'],
];

/** Colours by name, as words or in the names of Atlassian's design tokens. */
const NAMED: readonly (readonly [RegExp, Alert])[] = [
  [/red|danger|error/i, 'CAUTION'],
  [/yellow|orange|warning/i, 'WARNING'],
  [/green|lime|success/i, 'TIP'],
  [/purple|magenta|pink|violet|discovery/i, 'IMPORTANT'],
];

/** The meaning that the editor's own panels give to a colour (`#rgb`, `#rrggbb` or named), or the nearest to it. */
function meaningOf(colour = ''): Alert {
  const hue = hueOf(colour);
  if (hue !== undefined) return HUES.find(([end]) => hue < end)?.[1] ?? 'NOTE';
  return NAMED.find(([name]) => name.test(colour))?.[1] ?? 'NOTE';
}

/** In degrees; undefined for greys and what is no such colour. */
function hueOf(colour: string): number | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour)?.map((digit) => digit + digit);
  const parts = (short ?? /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour))?.slice(1);
  const [red = 0, green = 0, blue = 0] = parts?.map((part) => Number.parseInt(part, 16)) ?? [];
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 8) return undefined;
  if (most === red) return (((green - blue) / spread) * 60 + 360) % 360;
  return most === green ? 120 + ((blue - red) / spread) * 60 : 240 + ((red - green) / spread) * 60;
}

/** A panel's content with its icon before it, where the author chose one. */
export function iconed(icon: EmojiNames, content: Flow[]): Flow[] {
  const sign = emoji(icon);
  if (sign === '' || content.length === 0) return content;
  const [first, ...rest] = content;
  return first?.type === 'paragraph'
    ? [{ ...first, children: [text(`${sign} `), ...first.children] }, ...rest]
    : [paragraph([text(sign)]), ...content];
}
