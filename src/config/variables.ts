import { readFile, stat } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { ctxError } from '../core/errors/index.ts';
import type { Environment } from '../core/paths.ts';
import { variablePattern } from './fields.ts';

/** Reads variables by name: the environment first, then the `.env` files in their order. */
export interface Variables {
  /**
   * Without white space around it: a line break from a secret store would break a header. Undefined when no
   * layer sets it; an empty value counts as not set, for so CI passes absent secrets.
   */
  get(name: string): string | undefined;
  readonly warnings: readonly string[];
}

/** Names that other tools use for the same thing; each stands for the other. */
const aliases: Readonly<Record<string, string>> = {
  CONFLUENCE_URL: 'CONFLUENCE_BASE_URL',
  CONFLUENCE_BASE_URL: 'CONFLUENCE_URL',
  JIRA_URL: 'JIRA_BASE_URL',
  JIRA_BASE_URL: 'JIRA_URL',
};

export async function readVariables(env: Environment, dotenvFiles: readonly string[]): Promise<Variables> {
  const layers = [env];
  const warnings: string[] = [];
  for (const file of dotenvFiles) {
    const found = await readDotenv(file);
    if (!found) continue;
    layers.push(found.variables);
    if (process.platform !== 'win32' && found.mode & 0o077)
      warnings.push(`${file} can be read by other users: run chmod 600 ${file}`);
  }
  return {
    get(name) {
      for (const layer of layers) {
        const value = layer[name]?.trim() || layer[aliases[name] ?? name]?.trim();
        if (value) return value;
      }
      return undefined;
    },
    warnings,
  };
}

async function readDotenv(file: string): Promise<{ variables: Environment; mode: number } | undefined> {
  try {
    const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { variables: parseEnv(text), mode };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw ctxError('config.unreadable', { file, reason: code ?? 'unknown' }, error);
  }
}

/** The names that a text asks for, in order. */
export function variablesIn(text: string): string[] {
  return Array.from(text.matchAll(variablePattern), ([, name = '']) => name);
}

/** The text with its variables filled in; `missing` stands for those that are not set. */
export function interpolate(text: string, variables: Variables, missing: (name: string) => string): string {
  return text.replace(variablePattern, (_, name: string) => variables.get(name) ?? missing(name));
}
