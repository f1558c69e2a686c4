/** What a shape asks for: `{{title}}`, `{{table: risks}}`. */
export interface Tag {
  readonly kind: 'var' | 'table' | 'chart' | 'image';
  readonly name: string;
  /** As it is written. */
  readonly text: string;
}

const TAG = /\{\{\s*(?:(table|chart|image)\s*:\s*)?([^{}\n]*?)\s*\}\}/g;

/** Those of a text, each once. */
export function tagsOf(text: string): Tag[] {
  const tags = new Map<string, Tag>();
  for (const [written, kind = 'var', name = ''] of text.matchAll(TAG))
    tags.set(written, { kind: kind as Tag['kind'], name, text: written });
  return [...tags.values()];
}

/** As templates are told to write it. */
export function tagText({ kind, name }: Pick<Tag, 'kind' | 'name'>): string {
  return kind === 'var' ? `{{${name}}}` : `{{${kind}: ${name}}}`;
}
