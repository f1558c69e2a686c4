import { codeMacro, diagramMacro, noformatMacro } from './code.ts';
import { expandMacro } from './expand.ts';
import { attachmentListMacro, fileMacro } from './files.ts';
import { includeMacro } from './include.ts';
import { jiraMacro } from './jira.ts';
import type { Macro, MacroCall } from './macro.ts';
import { unsupported } from './marker.ts';
import { panelMacro } from './panel.ts';
import { statusMacro } from './status.ts';
import { anchorMacro, contentMacro, derivedMacro } from './structure.ts';

/** Every macro we render, by the name that storage format and ADF extensions share. */
const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ['anchor', anchorMacro],
  ['attachments', attachmentListMacro],
  ['children', derivedMacro],
  ['code', codeMacro],
  ['column', contentMacro],
  ['details', contentMacro],
  ['excerpt', contentMacro],
  ['excerpt-include', includeMacro],
  ['expand', expandMacro],
  ['gallery', attachmentListMacro],
  ['include', includeMacro],
  ['info', panelMacro('NOTE')],
  ['jira', jiraMacro],
  ['mermaid', diagramMacro('mermaid')],
  ['mermaid-cloud', diagramMacro('mermaid')],
  ['mermaid-macro', diagramMacro('mermaid')],
  ['multimedia', fileMacro],
  ['noformat', noformatMacro],
  ['note', panelMacro('WARNING')],
  ['pagetree', derivedMacro],
  ['pagetreesearch', derivedMacro],
  ['panel', panelMacro('NOTE')],
  ['plantuml', diagramMacro('plantuml')],
  ['section', contentMacro],
  ['status', statusMacro],
  ['tip', panelMacro('TIP')],
  ['toc', derivedMacro],
  ['toc-zone', contentMacro],
  ['ui-expand', expandMacro],
  ['view-file', fileMacro],
  ['viewdoc', fileMacro],
  ['viewpdf', fileMacro],
  ['viewppt', fileMacro],
  ['viewxls', fileMacro],
  ['warning', panelMacro('CAUTION')],
]);

export function renderMacro(call: MacroCall) {
  return (MACROS.get(call.name) ?? unsupported)(call);
}
