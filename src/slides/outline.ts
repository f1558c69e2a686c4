import { dirname } from 'node:path';
import type { List, Nodes, RootContent, Table } from 'mdast';
import { ctxError } from '../core/errors/index.ts';
import { parseWritten } from '../markdown/parse-written.ts';
import { type DeckData, NO_FILLINGS } from './data.ts';
import type { SlideSpec } from './spec.ts';
import type { Template } from './template.ts';
import { readText } from './yaml-file.ts';

/** A heading and what stands below it. */
interface Section {
  readonly title: string;
  readonly line: number;
  readonly content: readonly RootContent[];
}

/**
 * Reads an outline: `# Title`, and `## Slide` for each slide with a text, a list, a table, an image, or two `###` columns.
 * What follows `Note:` is for the speaker. Fails with `slides.unreadable` and `slides.bad-outline`.
 */
export async function readOutline(file: string, template: Template): Promise<DeckData> {
  const { children } = parseWritten(await readText(file));
  const outline = new Outline(file, template);
  const [cover, ...others] = outline.sections(children);
  if (cover === undefined) throw outline.bad(1, 'it begins with no `# Title`');
  const slides = [outline.cover(cover), ...others.map((section) => outline.slide(section))];
  return { title: cover.title, slides, fillings: NO_FILLINGS, folder: dirname(file), file };
}

class Outline {
  readonly #file: string;
  readonly #template: Template;

  constructor(file: string, template: Template) {
    this.#file = file;
    this.#template = template;
  }

  bad(line: number, problem: string) {
    return ctxError('slides.bad-outline', { file: this.#file, line, problem });
  }

  /** The first is that of the title. */
  sections(nodes: readonly RootContent[]): Section[] {
    const sections: { title: string; line: number; content: RootContent[] }[] = [];
    for (const node of nodes) {
      if (isComment(node)) continue;
      const line = lineOf(node);
      if (node.type !== 'heading' || node.depth > 2) {
        const section = sections.at(-1);
        if (section === undefined) throw this.bad(line, 'it begins with no `# Title`');
        section.content.push(node);
        continue;
      }
      const isTitle = node.depth === 1;
      if (isTitle !== (sections.length === 0))
        throw this.bad(line, isTitle ? 'it has a second `# Title`' : 'a slide comes before the `# Title`');
      sections.push({ title: textOf(node), line, content: [] });
    }
    return sections;
  }

  cover({ content }: Section): SlideSpec {
    const [shown, notes] = splitNotes(content);
    return this.#spec('cover', { title: '{{deck}}', subtitle: linesOf(shown).join('\n') }, notes);
  }

  slide({ title, line, content }: Section): SlideSpec {
    const [shown, notes] = splitNotes(content);
    const tables = shown.filter((node) => node.type === 'table');
    const images = shown.flatMap((node) => imagesIn(node).map((image) => ({ node, image })));
    const [table, image] = [tables[0], images[0]];
    if (tables.length + images.length > 1)
      throw this.bad(line, 'a slide has room for one table or one image');
    const texts = linesOf(shown.filter((node) => node !== table && node !== image?.node));
    if (table !== undefined) {
      const spec = this.#spec('table', { title, lead: texts.join(' ') }, notes);
      return { ...spec, tables: { table: tableOf(table) } };
    }
    if (image !== undefined) {
      const { url, alt } = image.image;
      const spec = this.#spec('image', { title, caption: texts.join(' ') }, notes);
      return { ...spec, images: { image: { path: decodeURI(url), alt: alt ?? '' } } };
    }
    if (shown.some(({ type }) => type === 'heading')) return this.#columns(title, line, shown, notes);
    if (texts.length === 0) return this.#spec('section', { title, subtitle: '' }, notes);
    return this.#spec('text', { title, body: texts.join('\n') }, notes);
  }

  #columns(title: string, line: number, nodes: readonly RootContent[], notes: string | null): SlideSpec {
    const starts = nodes.flatMap(({ type }, index) => (type === 'heading' ? [index] : []));
    const [first, second] = starts;
    if (first !== 0 || second === undefined || starts.length !== 2)
      throw this.bad(line, 'columns are two `###` headings, with nothing before them');
    const [left, right] = [nodes.slice(first, second), nodes.slice(second)];
    const below = (column: readonly RootContent[]) => linesOf(column.slice(1)).join('\n');
    const heading = ([node]: readonly RootContent[]) => (node === undefined ? '' : textOf(node));
    return this.#spec(
      'columns',
      {
        title,
        left_title: heading(left),
        left: below(left),
        right_title: heading(right),
        right: below(right),
      },
      notes,
    );
  }

  /** What the layout has beside is empty, unless the template fills it for all. */
  #spec(layout: string, vars: Record<string, string>, notes: string | null): SlideSpec {
    const names = this.#template.layouts[layout]?.vars ?? [];
    const others = names.filter((name) => !(name in this.#template.fillings.vars) && !(name in vars));
    const empty = Object.fromEntries(others.map((name) => [name, '']));
    // An outline is about no period.
    const footer = names.includes('footer') ? { footer: '{{deck}}' } : {};
    return { layout, vars: { ...empty, ...footer, ...vars }, tables: {}, charts: {}, images: {}, notes };
  }
}

/** What is shown, and what is said. */
function splitNotes(content: readonly RootContent[]): [readonly RootContent[], string | null] {
  const start = content.findIndex((node) => node.type === 'paragraph' && /^notes?:/i.test(textOf(node)));
  if (start < 0) return [content, null];
  const notes = linesOf(content.slice(start)).join('\n');
  return [content.slice(0, start), notes.replace(/^notes?:\s*/i, '')];
}

/** A line for each paragraph and each item of a list, with a tab for each level below the first. */
function linesOf(nodes: readonly RootContent[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'list') return itemLines(node, 0);
    if (node.type === 'code') return node.value.split('\n');
    if (node.type === 'blockquote') return linesOf(node.children);
    return isComment(node) ? [] : [textOf(node)].filter((text) => text !== '');
  });
}

function itemLines({ children }: List, depth: number): string[] {
  return children.flatMap(({ children: parts }) =>
    parts.flatMap((part) =>
      part.type === 'list'
        ? itemLines(part, depth + 1)
        : linesOf([part]).map((line) => '\t'.repeat(depth) + line),
    ),
  );
}

function tableOf({ children }: Table): { header: string[]; rows: string[][] } {
  const [header = [], ...rows] = children.map((row) => row.children.map(textOf));
  // A short row ends early, as GitHub shows it.
  return { header, rows: rows.map((row) => header.map((_, column) => row[column] ?? '')) };
}

function imagesIn(node: RootContent): { readonly url: string; readonly alt?: string | null | undefined }[] {
  return node.type === 'paragraph' ? node.children.filter((child) => child.type === 'image') : [];
}

function textOf(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value.replace(/\n/g, ' ');
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

const isComment = (node: RootContent) => node.type === 'html' && node.value.startsWith('<!--');

const lineOf = (node: RootContent) => node.position?.start.line ?? 1;
