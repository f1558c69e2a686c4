import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type CheckedYaml, checkYaml } from '../config/checked-yaml.ts';
import { ctxError } from '../core/errors/index.ts';

/** Reads a file and checks it. Fails with `persona.unreadable`. */
export async function readYaml<T extends z.ZodType>(
  file: string,
  schema: T,
): Promise<CheckedYaml<z.output<T>>> {
  return checkYaml(file, await textOf(file), schema);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw ctxError('persona.unreadable', { file, reason: code ?? 'unknown' }, error);
  }
}
