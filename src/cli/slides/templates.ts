import { dirname, join } from 'node:path';
import { findConfig } from '../../config/find.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { OWN_TEMPLATES, shippedTemplates } from '../../slides/places.ts';
import type { CommandContext } from '../command-context.ts';

export interface TemplateOptions {
  readonly config?: string;
}

/** Where templates are looked for: beside the configuration, or here without one, then in the package. */
export function templatePlaces({ config }: TemplateOptions, context: CommandContext): string[] {
  return [join(folderOfConfig(config, context), OWN_TEMPLATES), shippedTemplates()];
}

function folderOfConfig(asked: string | undefined, { env, cwd }: CommandContext): string {
  try {
    return dirname(findConfig(asked, env, cwd));
  } catch (error) {
    if (asked === undefined && isCtxError(error) && error.is('config.not-found')) return cwd;
    throw error;
  }
}
