import { z } from 'zod';
import type { Path, SourceFile } from './source-file.ts';
import { suggest } from './suggest.ts';

/** Each issue as a line: where it is, what is wrong, and what the schema has; in the file's order, without values. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  file: SourceFile,
  schema: z.ZodType,
): string[] {
  return issues
    .flatMap((issue) => locate(issue, file, schema))
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, text }) => `${file.place(offset)}: ${text}`);
}

interface Problem {
  readonly offset: number;
  readonly text: string;
}

function locate(issue: z.core.$ZodIssue, file: SourceFile, whole: z.ZodType): Problem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path, file.data, whole);
    return issue.keys.map((key) => ({
      offset: file.keyAt(path, key),
      text: unknownKey([...path, key], known),
    }));
  }
  if (issue.code === 'invalid_key') {
    const offset = file.keyAt(path.slice(0, -1), String(path.at(-1)));
    return [{ offset, text: `${label(path)} ${issue.issues[0]?.message ?? issue.message}` }];
  }
  return [{ offset: file.valueAt(path), text: `${label(path)} ${problemOf(issue, file.data)}` }];
}

/** A path as people write it: `sources[0].auth.token`. */
export function label(path: Path): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>(
    (text, segment) =>
      typeof segment === 'number'
        ? `${text}[${segment}]`
        : text
          ? `${text}.${String(segment)}`
          : String(segment),
    '',
  );
}

function problemOf(issue: z.core.$ZodIssue, data: unknown): string {
  if (valueAt(data, issue.path) === undefined) return 'is missing';
  return issue.code === 'invalid_type'
    ? `must be ${typeNames[issue.expected] ?? issue.expected}`
    : issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping of keys to values',
  record: 'a mapping of names to values',
  array: 'a list',
  string: 'text (use quotes)',
  boolean: 'true or false',
  number: 'a number',
};

function unknownKey(path: Path, known: readonly string[]): string {
  const meant = suggest(String(path.at(-1)), known);
  return `${label(path)} is not known; ${meant ? `did you mean ${meant}?` : `known here: ${known.join(', ')}`}`;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, segment) => (value as Record<PropertyKey, unknown> | null | undefined)?.[segment],
    data,
  );
}

/** The keys that the schema knows for the mapping at the path. */
function keysAt(path: Path, data: unknown, whole: z.ZodType): string[] {
  let schema: unknown = whole;
  let value = data;
  for (const segment of path) {
    schema = withoutDefault(schema);
    schema = schema instanceof z.ZodObject ? schema.shape[String(segment)] : elementOf(schema);
    value = valueAt(value, [segment]);
    if (schema instanceof z.ZodDiscriminatedUnion) schema = optionFor(schema, value);
  }
  schema = withoutDefault(schema);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function withoutDefault(schema: unknown): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? withoutDefault(schema.unwrap())
    : schema;
}

function elementOf(schema: unknown): unknown {
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): unknown {
  const type = valueAt(value, ['type']);
  return union.options.find(
    (option) => option instanceof z.ZodObject && z.safeParse(option.shape.type, type).success,
  );
}
