import { oneLine } from '../../core/one-line.ts';
import { readTemplate, templateFolders } from '../../slides/template.ts';
import type { CommandContext } from '../command-context.ts';
import { type TemplateOptions, templatePlaces } from '../slides/templates.ts';

export interface SlidesListOptions extends TemplateOptions {
  readonly json?: boolean;
}

/** `ctx slides list`: the templates, and what each is for. */
export async function slidesListCommand(
  options: SlidesListOptions,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const templates = [];
  for (const folder of (await templateFolders(templatePlaces(options, context))).values()) {
    const { name, description, period, pptx, google, layouts } = await readTemplate(folder);
    const targets = [pptx === null ? [] : 'pptx', google === null ? [] : 'google'].flat();
    templates.push({ name, description, folder, period, targets, layouts: Object.keys(layouts) });
  }
  if (options.json) output.json({ templates });
  for (const { name, description, period, targets, layouts } of options.json ? [] : templates) {
    output.print(`${oneLine(name)}  ${oneLine(description)}`);
    output.print(
      `  by the ${period}, for ${targets.join(' and ')}; layouts: ${layouts.map(oneLine).join(', ')}`,
    );
  }
  return 0;
}
