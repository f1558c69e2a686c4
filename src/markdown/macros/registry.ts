import { attachmentListMacro, galleryMacro } from './attachments.ts';
import { codeMacro, noformatMacro } from './code.ts';
import { drawingMacro } from './diagrams.ts';
import { excerptMacro } from './excerpt.ts';
import { expandMacro } from './expand.ts';
import { fileMacro } from './files.ts';
import { footnoteMacro } from './footnotes.ts';
import { excerptIncludeMacro, includeMacro } from './include.ts';
import { jiraMacro } from './jira.ts';
import { listMacros } from './lists.ts';
import type { MacroCall, MacroDefinition } from './macro.ts';
import { htmlMacro, markdownMacro, wikiMarkupMacro } from './markup.ts';
import { mathBlockMacro, mathInlineMacro } from './math.ts';
import { panelMacros } from './panel.ts';
import { profileMacro } from './people.ts';
import { propertiesMacro } from './properties.ts';
import { statusMacro } from './status.ts';
import { stepMacro, stepsMacro } from './steps.ts';
import { anchorMacro, chartMacro, contentMacro, dividerMacro, silentMacro } from './structure.ts';
import { tabMacro } from './tabs.ts';
import { textDiagramMacros } from './text-diagrams.ts';
import { unsupported } from './unsupported.ts';
import { buttonMacro, webMacro } from './web.ts';

/** Every macro we render, by names that storage format and ADF extensions share. */
export const MACROS: readonly MacroDefinition[] = [
  codeMacro,
  noformatMacro,
  ...panelMacros,
  expandMacro,
  statusMacro,
  anchorMacro,
  silentMacro,
  contentMacro,
  chartMacro,
  dividerMacro,
  tabMacro,
  stepsMacro,
  stepMacro,
  excerptMacro,
  excerptIncludeMacro,
  includeMacro,
  propertiesMacro,
  profileMacro,
  fileMacro,
  attachmentListMacro,
  galleryMacro,
  jiraMacro,
  ...listMacros,
  drawingMacro,
  ...textDiagramMacros,
  mathBlockMacro,
  mathInlineMacro,
  footnoteMacro,
  webMacro,
  buttonMacro,
  htmlMacro,
  markdownMacro,
  wikiMarkupMacro,
];

const BY_NAME: ReadonlyMap<string, MacroDefinition> = new Map(
  MACROS.flatMap((macro) => macro.names.map((name) => [name, macro])),
);

export function renderMacro(call: MacroCall) {
  return (BY_NAME.get(call.name)?.render ?? unsupported)(call);
}
