import type { RootContent } from 'mdast';
import type { Fidelity, Warning } from '../core/document.ts';
import { NO_CONSTRUCTS } from '../core/document.ts';
import type { Plain } from '../core/plain.ts';
import { isMapping, readYaml, splitFrontMatter } from '../markdown/front-matter.ts';
import { fromMarkdown } from '../markdown/index.ts';
import { code, plainText } from '../markdown/nodes.ts';

/** A file of text as a document shows it. */
export interface TextFile {
  /** By the file itself: its front matter, or its first heading. */
  readonly title: string | undefined;
  readonly status: string | undefined;
  readonly labels: readonly string[];
  /** What its front matter says, or what a file of YAML holds. */
  readonly data: { readonly [key: string]: Plain } | undefined;
  readonly children: RootContent[];
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
}

export interface ReadTextOptions {
  /** The file's name, whose ending tells how it is read. */
  readonly name: string;
  /** Where an address in the text leads; undefined if nowhere. */
  readonly address: (href: string) => string | undefined;
}

const MARKDOWN = /\.(?:md|mdx|markdown|mdown|mkd)$/i;
const YAML = /\.ya?ml$/i;
/** What a block of code is told to be, by the file's ending. */
const LANGUAGES: Readonly<Record<string, string>> = {
  rst: 'rst',
  adoc: 'asciidoc',
  asciidoc: 'asciidoc',
  org: 'org',
};

/** Markdown as a tree; YAML and all other text as it is written. */
export function readTextFile(text: string, { name, address }: ReadTextOptions): TextFile {
  if (MARKDOWN.test(name)) return readMarkdownFile(text, address);
  if (YAML.test(name)) {
    const data = readYaml(text);
    const known = isMapping(data) ? data : undefined;
    return { ...described(known), data: known, ...written(text, 'yaml') };
  }
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return {
    ...described(undefined),
    title: titleOfText(text),
    data: undefined,
    ...written(text, LANGUAGES[ending]),
  };
}

export function isMarkdown(name: string): boolean {
  return MARKDOWN.test(name);
}

function readMarkdownFile(text: string, address: ReadTextOptions['address']): TextFile {
  const { data, body } = splitFrontMatter(text);
  const { root, warnings, fidelity } = fromMarkdown(body, {
    siteUrl: 'about:blank',
    person: () => undefined,
    address,
  });
  const own = described(data);
  return {
    ...own,
    title: own.title ?? firstHeading(root.children),
    data,
    children: root.children,
    warnings,
    fidelity,
  };
}

function written(text: string, language?: string): Pick<TextFile, 'children' | 'warnings' | 'fidelity'> {
  const value = text.replace(/\n+$/, '');
  return { children: value === '' ? [] : [code(value, language)], warnings: [], fidelity: NO_CONSTRUCTS };
}

function described(data: TextFile['data']): Pick<TextFile, 'title' | 'status' | 'labels'> {
  const words = (name: string) => {
    const value = data?.[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const { tags, labels } = data ?? {};
  const listed = [tags, labels]
    .flat()
    .filter((each): each is string => typeof each === 'string' && each !== '');
  return { title: words('title') ?? words('name'), status: words('status'), labels: [...new Set(listed)] };
}

function firstHeading(children: readonly RootContent[]): string | undefined {
  for (const node of children)
    if (node.type === 'heading') return plainText(node.children).replace(/\s+/g, ' ').trim() || undefined;
  return undefined;
}

/** A heading that is underlined or overlined, as reStructuredText, AsciiDoc and plain text have it, or marked by `=`. */
function titleOfText(text: string): string | undefined {
  const [, marked] = /^=+ (\S.*)$/m.exec(text.slice(0, 2000)) ?? [];
  const [, title] = /^[ \t]*(\S[^\n]{0,200})\n([=#*~^"-])\2{2,}[ \t]*$/m.exec(text.slice(0, 2000)) ?? [];
  return (marked ?? title)?.trim();
}
