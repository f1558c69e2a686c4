import { z } from 'zod';
import { type Facts, SKIPPED_ATTACHMENT } from '../core/document.ts';
import type { Plain } from '../core/plain.ts';

const plain: z.ZodType<Plain> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(plain), z.record(z.string(), plain)]),
);
const strings = z.array(z.string());

const attachment = z
  .strictObject({
    id: z.string().min(1),
    name: z.string(),
    version: z.union([z.number(), z.string()]),
    type: z.string().optional(),
    size: z.number().optional(),
    file: z.string().optional(),
    skipped: z.enum(SKIPPED_ATTACHMENT).optional(),
  })
  .describe(
    'Its id, name and version in the source; its media type and size in bytes; the `file` in the repository that holds it, or why it was `skipped`.',
  );

/**
 * The keys that every document shares, in the order in which they are written. `title`, `description`,
 * `aliases` and `tags` mean in Obsidian and Hugo what they mean here.
 */
const common = {
  id: z.string().min(1).describe('What the source calls the document, for as long as it lives.'),
  source: z.string().min(1).describe("The source's id in the configuration."),
  type: z.string().min(1).describe('What it is, such as page, ticket, thread, file.'),
  title: z.string(),
  description: z.string().optional().describe('What it begins with, in one line.'),
  url: z.string().describe('Where the source shows it; ctx:SOURCE/PATH for what stands in no web.'),
  created: z.string().optional().describe('When it was made, in ISO 8601.'),
  updated: z.string().optional().describe('When it was last changed in the source, in ISO 8601.'),
  version: z.number().optional().describe("The source's own number of this state."),
  author: z.string().optional().describe('Who made it, by the name that the source shows.'),
  editor: z.string().optional().describe('Who last changed it, likewise.'),
  status: z.string().optional().describe('Such as current, In Progress, merged.'),
  labels: strings.optional().describe('As the source writes them.'),
  space: z.string().optional().describe('The space of a page.'),
  project: z.string().optional().describe('The project of a ticket.'),
  key: z.string().optional().describe('The key of a ticket.'),
  parent: z
    .string()
    .optional()
    .describe('The id of what it stands under: a document, or a folder of the source.'),
  views: strings.optional().describe('The configured views that a ticket matches.'),
  aliases: strings.optional().describe('What else it is called.'),
  tags: strings.optional().describe('The labels, as Obsidian accepts them.'),
  people: z
    .record(z.string(), z.string())
    .optional()
    .describe('Ids of the accounts that it names, and what they are called.'),
  // A list of another make does not make the document somebody else's: it is rendered again.
  attachments: z.array(attachment).optional().catch(undefined).describe('The files that it shows or offers.'),
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
