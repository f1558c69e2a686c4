import type { AttachmentFacts } from '../../core/document.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { type GuardCounts, NOTHING_GUARDED } from '../../redact/tally.ts';
import { decode, encode, encodingOf, isText } from './encoding.ts';
import type { FileKind } from './kind.ts';

/** Files are searched for secrets as a whole, in memory; a larger text is not kept. */
export const MAX_SEARCHED_BYTES = 4 * 1024 * 1024;

/**
 * What is done about secrets in a file. Of a text they are taken out. In bytes of an unknown format that would break
 * the file: it is not kept if words in it hold one. What is known to be no text stays as it is.
 */
export type Treatment = Searching | 'none';
export type Searching = 'redact' | 'search';

export function treatmentOf(
  kind: FileKind | undefined,
  head: Uint8Array,
  file: Pick<AttachmentFacts, 'name' | 'type'>,
): Treatment {
  if (kind !== undefined && !kind.text) return 'none';
  return kind?.text || saysText(file) || isText(head) ? 'redact' : 'search';
}

const textTypes =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|x-ndjson|(?:x-)?yaml|toml|sql|(?:x-)?javascript|x-sh)\b)/i;
const textNames =
  /\.(?:txt|text|log|md|csv|tsv|jsonl?|xml|ya?ml|toml|ini|cfg|conf|config|properties|env|sql|sh|bash|zsh|bat|cmd|ps1|py|rb|pl|php|js|java|kt|go|rs|cs|tf|tfvars|pem|asc)$/i;

function saysText({ name, type }: Pick<AttachmentFacts, 'name' | 'type'>): boolean {
  return textNames.test(name) || (type !== undefined && textTypes.test(type));
}

/** Words in bytes that are no text, in ASCII or UTF-16. */
const words = /[\t\x20-\x7e]{12,}|(?:[\t\x20-\x7e]\0){12,}/g;

/**
 * A file's content without secrets, with all else of it as it is. `path` is its name in the guard. Throws
 * `pipeline.scan-failed`: the file must then not be kept.
 */
export function guardContent(
  content: Uint8Array,
  treatment: Searching,
  path: string,
  redactor: Redactor,
): { readonly content: Uint8Array; readonly counts: GuardCounts } {
  if (treatment === 'search') {
    const found = decode(content, 'latin1').match(words) ?? [];
    const text = found.map((word) => word.replaceAll('\0', '')).join('\n---\n');
    if (redactor.redact(text, path).value !== text)
      throw ctxError('pipeline.scan-failed', { path, reason: 'it is no text and holds a secret' });
    return { content, counts: NOTHING_GUARDED };
  }
  const encoding = encodingOf(content);
  const text = decode(content, encoding);
  const { value, counts } = redactor.redact(text, path);
  return { content: value === text ? content : encode(value, encoding, content), counts };
}
