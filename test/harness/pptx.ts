import { posix } from 'node:path';
import { DOMParser, type Element } from '@xmldom/xmldom';
import JSZip from 'jszip';

/** A presentation as a reader finds it, following its relations. */
export interface ReadPptx {
  /** Every part, by its path. */
  readonly parts: ReadonlyMap<string, string>;
  readonly slides: readonly ReadSlide[];
  part(path: string): string;
  workbook(path: string): Promise<JSZip>;
}

export interface ReadSlide {
  readonly path: string;
  readonly xml: string;
  /** The texts of its shapes, a line for each paragraph. */
  readonly texts: readonly string[];
  readonly tables: readonly (readonly (readonly string[])[])[];
  /** The parts of its charts and pictures. */
  readonly charts: readonly string[];
  readonly images: readonly string[];
  readonly notes: string | null;
}

/** Reads a presentation, and throws if it is not whole: a part that is not there, not typed, or that nothing leads to. */
export async function readPptx(bytes: Buffer): Promise<ReadPptx> {
  const zip = await JSZip.loadAsync(bytes);
  const parts = new Map<string, string>();
  for (const file of Object.values(zip.files)) {
    if (!file.dir) parts.set(file.name, await file.async('string'));
  }
  const part = (path: string): string => {
    const text = parts.get(path);
    if (text === undefined) throw new Error(`no part ${path}`);
    return text;
  };
  checkWhole(parts);
  const targets = relationsOf(parts, 'ppt/presentation.xml');
  const slides = elements(part('ppt/presentation.xml'), 'p:sldId').map((slide) => {
    const path = targets.get(slide.getAttribute('r:id') ?? '')?.target ?? '';
    return readSlide(parts, path);
  });
  return {
    parts,
    slides,
    part,
    workbook: async (path) =>
      JSZip.loadAsync(await (zip.file(path) as JSZip.JSZipObject).async('nodebuffer')),
  };
}

function readSlide(parts: ReadonlyMap<string, string>, path: string): ReadSlide {
  const xml = parts.get(path) ?? '';
  const related = [...relationsOf(parts, path).values()];
  const of = (type: string) => related.flatMap((each) => (each.type === type ? each.target : []));
  const [notesPath] = of('notesSlide');
  if (notesPath !== undefined) {
    const [own] = [...relationsOf(parts, notesPath).values()].filter(({ type }) => type === 'slide');
    if (own?.target !== path) throw new Error(`the notes of ${path} are those of ${own?.target}`);
  }
  return {
    path,
    xml,
    texts: elements(xml, 'p:sp').map(textOf),
    tables: elements(xml, 'a:tbl').map((table) =>
      below(table, 'a:tr').map((row) => below(row, 'a:tc').map(textOf)),
    ),
    charts: of('chart'),
    images: of('image'),
    notes: notesPath === undefined ? null : notesOf(parts.get(notesPath) ?? ''),
  };
}

function notesOf(xml: string): string {
  const body = elements(xml, 'p:sp').find(
    (shape) => below(shape, 'p:ph')[0]?.getAttribute('type') === 'body',
  );
  return body === undefined ? '' : textOf(body);
}

function textOf(element: Element): string {
  return below(element, 'a:p')
    .map((paragraph) =>
      below(paragraph, 'a:t')
        .map(({ textContent }) => textContent)
        .join(''),
    )
    .join('\n');
}

export function elements(xml: string, name: string): Element[] {
  const fail = (_level: string, message: string): never => {
    throw new Error(message);
  };
  const document = new DOMParser({ onError: fail }).parseFromString(xml, 'text/xml');
  return Array.from(document.getElementsByTagName(name));
}

const below = (element: Element, name: string) => Array.from(element.getElementsByTagName(name));

function relationsOf(parts: ReadonlyMap<string, string>, part: string) {
  const xml = parts.get(posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`));
  const relations = new Map<string, { readonly type: string; readonly target: string }>();
  for (const relation of xml === undefined ? [] : elements(xml, 'Relationship')) {
    if (relation.getAttribute('TargetMode') === 'External') continue;
    const target = relation.getAttribute('Target') ?? '';
    relations.set(relation.getAttribute('Id') ?? '', {
      type: posix.basename(relation.getAttribute('Type') ?? ''),
      target: target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target),
    });
  }
  return relations;
}

function checkWhole(parts: ReadonlyMap<string, string>): void {
  const types = elements(parts.get('[Content_Types].xml') ?? '', 'Types')[0] as Element;
  const defaults = below(types, 'Default').map((each) => each.getAttribute('Extension'));
  const overrides = below(types, 'Override').map((each) => each.getAttribute('PartName')?.slice(1) ?? '');
  for (const path of overrides) if (!parts.has(path)) throw new Error(`${path} is typed, and not there`);
  const reached = new Set(['[Content_Types].xml', '_rels/.rels']);
  const visit = (part: string): void => {
    for (const { target } of relationsOf(parts, part).values()) {
      if (!parts.has(target)) throw new Error(`${part} leads to ${target}, which is not there`);
      if (!defaults.includes(posix.extname(target).slice(1)) && !overrides.includes(target))
        throw new Error(`${target} has no type`);
      if (reached.has(target)) continue;
      reached.add(target);
      reached.add(posix.join(posix.dirname(target), '_rels', `${posix.basename(target)}.rels`));
      visit(target);
    }
  };
  visit('');
  for (const path of parts.keys()) if (!reached.has(path)) throw new Error(`nothing leads to ${path}`);
  for (const [path, xml] of parts) {
    if (!/^ppt\/slides\/[^/]+\.xml$/.test(path)) continue;
    const ids = elements(xml, 'p:cNvPr').map((each) => each.getAttribute('id'));
    if (new Set(ids).size < ids.length) throw new Error(`two shapes of ${path} have one number`);
  }
}
