import { codeMacro, mermaidMacro, noformatMacro, plantumlMacro } from './code.ts';
import { expandMacro } from './expand.ts';
import { attachmentListMacro, fileMacro } from './files.ts';
import { includeMacro } from './include.ts';
import { jiraMacro } from './jira.ts';
import type { MacroCall, MacroDefinition } from './macro.ts';
import { unsupported } from './marker.ts';
import { panelMacros } from './panel.ts';
import { statusMacro } from './status.ts';
import { anchorMacro, contentMacro, derivedMacro } from './structure.ts';

/** Every macro we render, by names that storage format and ADF extensions share. */
export const MACROS: readonly MacroDefinition[] = [
  codeMacro,
  noformatMacro,
  ...panelMacros,
  expandMacro,
  statusMacro,
  anchorMacro,
  derivedMacro,
  contentMacro,
  includeMacro,
  fileMacro,
  attachmentListMacro,
  jiraMacro,
  mermaidMacro,
  plantumlMacro,
];

const BY_NAME: ReadonlyMap<string, MacroDefinition> = new Map(
  MACROS.flatMap((macro) => macro.names.map((name) => [name, macro])),
);

export function renderMacro(call: MacroCall) {
  return (BY_NAME.get(call.name)?.render ?? unsupported)(call);
}
