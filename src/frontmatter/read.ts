import { load } from 'js-yaml';
import type { Facts } from '../core/document.ts';
import { headerSchema, toFacts } from './schema.ts';

export interface ReadDocument {
  readonly facts: Facts;
  /** The markdown, byte by byte as it was given to the writer. */
  readonly body: string;
  readonly description?: string;
}

const open = '---\n';
const close = '\n---\n';

/** Headers hold facts, not documents; more than this was not written here. */
const headerLimit = 1024 * 1024;

/**
 * Reads what `writeDocument` wrote: its exact inverse. Undefined for a file that is not such a document:
 * another first line than `---`, no closing line, broken YAML or keys of another make.
 */
export function readDocument(text: string): ReadDocument | undefined {
  if (!text.startsWith(open)) return undefined;
  const end = text.slice(0, headerLimit).indexOf(close, open.length - 1);
  if (end < 0) return undefined;
  const header = headerSchema.safeParse(parseHeader(text.slice(open.length, end + 1)));
  if (!header.success) return undefined;
  const rest = end + close.length;
  const { description } = header.data;
  return {
    facts: toFacts(header.data),
    body: text.slice(text[rest] === '\n' ? rest + 1 : rest),
    ...(description === undefined ? {} : { description }),
  };
}

/** Broken YAML is a file of someone else, like any other that the schema refuses. */
function parseHeader(yaml: string): unknown {
  try {
    // The core schema of YAML 1.2. This reads every document of a repository: `yaml`, which keeps a syntax tree, takes ten times as long.
    return load(yaml, { maxAliases: 0 });
  } catch {
    return undefined;
  }
}
