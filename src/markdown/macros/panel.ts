import { type Alert, alert } from '../alerts.ts';
import { text } from '../nodes.ts';
import type { Macro } from './macro.ts';

/** A panel of storage format; its macro names are older than the editor's and differ from them. */
export const panelMacro =
  (type: Alert): Macro =>
  ({ body, parameter }) => {
    const title = parameter('title')?.trim();
    return alert(type, body(), title ? [text(title)] : []);
  };

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
