import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { checkYaml } from '../config/checked-yaml.ts';
import { ctxError } from '../core/errors/index.ts';

/**
 * Reads and checks a YAML file that somebody wrote. Fails with `slides.unreadable`, or with `slides.invalid`, which names
 * every problem and its place.
 */
export async function readYaml<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
  const checked = checkYaml(file, await readText(file), schema);
  if ('problems' in checked) throw ctxError('slides.invalid', { file, problems: checked.problems });
  return checked.value;
}

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw ctxError('slides.unreadable', { file, reason }, error);
  }
}
