import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { describeIssues } from '../config/problems.ts';
import { parseSourceFile } from '../config/source-file.ts';
import { ctxError } from '../core/errors/index.ts';

/**
 * Reads and checks a YAML file that somebody wrote. Fails with `slides.unreadable`, or with `slides.invalid`, which names
 * every problem and its place.
 */
export async function readYaml<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
  const yaml = parseSourceFile(file, await readText(file));
  if (yaml.problems.length > 0) throw ctxError('slides.invalid', { file, problems: yaml.problems });
  const result = schema.safeParse(yaml.data);
  if (result.success) return result.data;
  throw ctxError('slides.invalid', { file, problems: describeIssues(result.error.issues, yaml, schema) });
}

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw ctxError('slides.unreadable', { file, reason }, error);
  }
}
