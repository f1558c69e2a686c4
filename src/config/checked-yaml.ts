import type { z } from 'zod';
import { describeIssues } from './problems.ts';
import { parseSourceFile, type SourceFile } from './source-file.ts';

/** What a YAML file says, or what is wrong with it: each problem with its file, line and column. */
export type CheckedYaml<T> =
  | { readonly value: T; readonly source: SourceFile }
  | { readonly problems: readonly string[] };

/** Reads the text of a file that somebody wrote, and checks it by a schema. */
export function checkYaml<T extends z.ZodType>(
  file: string,
  text: string,
  schema: T,
): CheckedYaml<z.output<T>> {
  const source = parseSourceFile(file, text);
  if (source.problems.length > 0) return { problems: source.problems };
  const result = schema.safeParse(source.data);
  if (result.success) return { value: result.data, source };
  return { problems: describeIssues(result.error.issues, source, schema) };
}
