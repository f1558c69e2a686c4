import { dirname, join } from 'node:path';
import { findConfig } from '../../config/find.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { OWN_TEMPLATES, shippedTemplates } from '../../slides/places.ts';
import type { CommandContext } from '../command-context.ts';

export interface TemplateOptions {
  readonly config?: string;
}

/** Where templates are looked for: beside the configuration, or here without one, then in the package. */
export async function templatePlaces(
  { config }: TemplateOptions,
  context: CommandContext,
): Promise<string[]> {
  return [join(await folderOfConfig(config, context), OWN_TEMPLATES), shippedTemplates()];
}

async function folderOfConfig(asked: string | undefined, { env, cwd }: CommandContext): Promise<string> {
  try {
    return dirname(await findConfig(asked, env, cwd));
  } catch (error) {
    if (asked === undefined && isCtxError(error) && error.is('config.not-found')) return cwd;
    throw error;
  }
}
