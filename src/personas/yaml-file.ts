import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { describeIssues } from '../config/problems.ts';
import { parseSourceFile, type SourceFile } from '../config/source-file.ts';
import { ctxError } from '../core/errors/index.ts';

/** What a file says, or what is wrong with it: each problem with its file, line and column. */
export type ReadYaml<T> =
  | { readonly value: T; readonly source: SourceFile }
  | { readonly problems: readonly string[] };

/** Reads a file and checks it. Fails with `persona.unreadable`. */
export async function readYaml<T extends z.ZodType>(file: string, schema: T): Promise<ReadYaml<z.output<T>>> {
  const source = parseSourceFile(file, await textOf(file));
  if (source.problems.length > 0) return { problems: source.problems };
  const result = schema.safeParse(source.data);
  if (result.success) return { value: result.data, source };
  return { problems: describeIssues(result.error.issues, source, schema) };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw ctxError('persona.unreadable', { file, reason: code ?? 'unknown' }, error);
  }
}
