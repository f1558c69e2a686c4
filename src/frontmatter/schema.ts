import { z } from 'zod';
import { type Facts, type Plain, SKIPPED_ATTACHMENT } from '../core/document.ts';

const plain: z.ZodType<Plain> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(plain), z.record(z.string(), plain)]),
);
const strings = z.array(z.string());

const attachment = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  version: z.union([z.number(), z.string()]),
  type: z.string().optional(),
  size: z.number().optional(),
  file: z.string().optional(),
  skipped: z.enum(SKIPPED_ATTACHMENT).optional(),
});

/**
 * The keys that every document shares, in the order in which they are written. `title`, `description`,
 * `aliases` and `tags` mean in Obsidian and Hugo what they mean here.
 */
const common = {
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  title: z.string(),
  description: z.string().optional(),
  url: z.string(),
  created: z.string().optional(),
  updated: z.string().optional(),
  version: z.number().optional(),
  author: z.string().optional(),
  editor: z.string().optional(),
  status: z.string().optional(),
  labels: strings.optional(),
  space: z.string().optional(),
  project: z.string().optional(),
  key: z.string().optional(),
  parent: z.string().optional(),
  views: strings.optional(),
  aliases: strings.optional(),
  tags: strings.optional(),
  people: z.record(z.string(), z.string()).optional(),
  // A list of another make does not make the document somebody else's: it is rendered again.
  attachments: z.array(attachment).optional().catch(undefined),
};

/** The header as written: the common keys, then the source's own fields. */
export const headerSchema = z.object(common).catchall(plain);
export type Header = z.infer<typeof headerSchema>;

type CommonKey = keyof typeof common;
const commonKeys = Object.keys(common) as CommonKey[];

/** What only the header holds: derived on writing, so it is no fact. */
const derivedKeys = ['description', 'tags'] as const satisfies readonly CommonKey[];
type FactKey = Exclude<CommonKey, (typeof derivedKeys)[number]>;
const factKeys = commonKeys.filter(
  (key): key is FactKey => !(derivedKeys as readonly string[]).includes(key),
);

/** A field whose name is a common key, or such a key already prefixed, takes one more `x_`; reading drops it. */
const clash = new RegExp(`^(?:x_)*(?:${commonKeys.join('|')})$`);
const fieldKey = (name: string): string => (clash.test(name) ? `x_${name}` : name);
const fieldName = (key: string): string => (clash.test(key) ? key.slice('x_'.length) : key);

/** The header of a document, without the keys that would say nothing. Its key order is the written one. */
export function toHeader(facts: Facts, description?: string): Header {
  const tags = (facts.labels ?? []).map(toTag).filter((tag) => tag !== '');
  const values: { readonly [K in CommonKey]?: unknown } = { ...facts, description, tags: [...new Set(tags)] };
  return Object.fromEntries([
    ...commonKeys
      .map((key) => [key, values[key]] as const)
      .filter(([key, value]) => key === 'title' || key === 'url' || !isEmpty(value)),
    ...Object.entries(facts.fields ?? {})
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]) => [fieldKey(name), value] as const),
  ]) as Header;
}

/** The facts that a header holds. */
export function toFacts(header: Header): Facts {
  const entries: [string, unknown][] = factKeys
    .filter((key) => header[key] !== undefined)
    .map((key) => [key, header[key]]);
  const fields = Object.entries(header)
    .filter(([key]) => !Object.hasOwn(common, key))
    .map(([key, value]) => [fieldName(key), value] as const);
  if (fields.length > 0) entries.push(['fields', Object.fromEntries(fields)]);
  return Object.fromEntries(entries) as unknown as Facts;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * A label as Obsidian accepts it: letters, digits, `_`, `-` and `/`, and not digits alone.
 * https://help.obsidian.md/tags#Tag+format
 */
export function toTag(label: string): string {
  const tag = label
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_/-]+/gu, '-')
    .replace(/^[-/]+|[-/]+$/g, '');
  return /^\p{N}+$/u.test(tag) ? `n${tag}` : tag;
}
