import { type Alert, alert } from '../alerts.ts';
import { text } from '../nodes.ts';
import type { MacroDefinition } from './macro.ts';

/** A panel of storage format; its macro names are older than the editor's and differ from them. */
function panelMacro(type: Alert, name: string): MacroDefinition {
  return {
    names: [name],
    example: `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name="title">Mind</ac:parameter><ac:rich-text-body><p>The gap.</p></ac:rich-text-body></ac:structured-macro>`,
    render({ body, parameter }) {
      const title = parameter('title')?.trim();
      return alert(type, body(), title ? [text(title)] : []);
    },
  };
}

export const panelMacros: readonly MacroDefinition[] = [
  panelMacro('NOTE', 'info'),
  panelMacro('WARNING', 'note'),
  panelMacro('TIP', 'tip'),
  panelMacro('CAUTION', 'warning'),
  panelMacro('NOTE', 'panel'),
];

/** The editor's panel types, as ADF and `ac:adf-extension` name them. */
const EDITOR_PANELS: Readonly<Record<string, Alert>> = {
  info: 'NOTE',
  note: 'IMPORTANT',
  tip: 'TIP',
  success: 'TIP',
  warning: 'WARNING',
  error: 'CAUTION',
  custom: 'NOTE',
};

export function editorPanel(type: string): Alert {
  return EDITOR_PANELS[type] ?? 'NOTE';
}
