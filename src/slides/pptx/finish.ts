import type { Element } from '@xmldom/xmldom';
import JSZip from 'jszip';
import { partOf, relations, relationsPath, slidePaths } from './presentation.ts';
import { storable } from './tags.ts';
import { all, children, parseXml, writeXml } from './xml.ts';

/** What everything in the file was written at: nothing else is known that stays the same. The first that zip can say. */
const WRITTEN = new Date(Date.UTC(1980, 0, 1));

/** What the names of drawn shapes begin with; the rest is by lot. */
export const DRAWN = 'ctx-drawn';

/**
 * The bytes of a presentation that was put together: without the template's own slides, and without anything that depends
 * on when or how often it was made.
 */
export async function finish(zip: JSZip, title: string): Promise<Buffer> {
  for (const path of await slidePaths(zip)) {
    const slide = await partOf(zip, path);
    zip.file(relationsPath(path), relationsUsed(await partOf(zip, relationsPath(path)), slide));
    zip.file(path, nameShapes(slide));
  }
  zip.file('ppt/presentation.xml', orderLists(await partOf(zip, 'ppt/presentation.xml')));
  zip.file('docProps/core.xml', coreProperties(title));
  zip.file('docProps/app.xml', APP_PROPERTIES);
  const kept = await reachable(zip);
  zip.file('[Content_Types].xml', contentTypes(await partOf(zip, '[Content_Types].xml'), kept));
  const parts = new Map<string, Buffer>();
  for (const path of ['[Content_Types].xml', ...[...kept].sort()]) {
    const content = await (zip.file(path) as JSZip.JSZipObject).async('nodebuffer');
    parts.set(path, path.endsWith('.xlsx') ? await finishWorkbook(content) : content);
  }
  return await pack(parts);
}

async function pack(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new JSZip();
  for (const [path, content] of parts) zip.file(path, content, { date: WRITTEN, createFolders: false });
  return await zip.generateAsync({
    type: 'nodebuffer',
    compression: 'DEFLATE',
    compressionOptions: { level: 6 },
    platform: 'DOS',
  });
}

/** The parts that belong to the file, with those that tell of their relations. */
async function reachable(zip: JSZip): Promise<Set<string>> {
  const parts = new Set<string>();
  const waiting = (await relations(zip, '')).map(({ target }) => target);
  parts.add('_rels/.rels');
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (parts.has(part)) continue;
    if (zip.file(part) === null) throw new Error(`it refers to ${part}, which it does not have`);
    parts.add(part);
    if (zip.file(relationsPath(part)) !== null) parts.add(relationsPath(part));
    for (const { target } of await relations(zip, part)) waiting.push(target);
  }
  return parts;
}

/** Of a template's chart that was filled pptx-automizer keeps the old one too. */
function relationsUsed(text: string, slide: string): string {
  const document = parseXml(text);
  for (const relation of all(document, 'Relationship')) {
    const isOther = !/\/(?:chart|image)$/.test(relation.getAttribute('Type') ?? '');
    if (isOther || slide.includes(`"${relation.getAttribute('Id')}"`)) continue;
    relation.parentNode?.removeChild(relation);
  }
  return writeXml(document);
}

/** Shapes have a number each, and those that were drawn the names by which screen readers tell them apart. */
function nameShapes(text: string): string {
  const document = parseXml(text);
  let drawn = 0;
  for (const [index, properties] of all(document, 'p:cNvPr').entries()) {
    properties.setAttribute('id', String(index + 1));
    if (!properties.getAttribute('name')?.startsWith(DRAWN)) continue;
    drawn += 1;
    properties.setAttribute('name', `Content ${drawn}`);
  }
  return writeXml(document);
}

/** In the order of the schema, from which PptxGenJS departs: ECMA-376, part 1, 19.2.1.26. */
function orderLists(text: string): string {
  const document = parseXml(text);
  const root = document.documentElement as Element;
  const slides = children(root).find(({ nodeName }) => nodeName === 'p:sldIdLst');
  const notes = children(root).find(({ nodeName }) => nodeName === 'p:notesMasterIdLst');
  if (slides && notes) root.insertBefore(notes, slides);
  return writeXml(document);
}

function contentTypes(text: string, kept: ReadonlySet<string>): string {
  const document = parseXml(text);
  for (const override of all(document, 'Override')) {
    if (!kept.has((override.getAttribute('PartName') ?? '').slice(1)))
      override.parentNode?.removeChild(override);
  }
  return writeXml(document);
}

/** The workbook of a chart: what PptxGenJS says of its making is left out. */
async function finishWorkbook(content: Buffer): Promise<Buffer> {
  const zip = await JSZip.loadAsync(content);
  const parts = new Map<string, Buffer>();
  for (const file of Object.values(zip.files)) {
    if (file.dir) continue;
    const part = await file.async('nodebuffer');
    const isCore = file.name === 'docProps/core.xml';
    parts.set(file.name, isCore ? Buffer.from(coreProperties('')) : part);
  }
  return await pack(parts);
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const CORE =
  '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>';
const APP_PROPERTIES = `${DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>context-sync</Application></Properties>`;

function coreProperties(title: string): string {
  const document = parseXml(CORE);
  const root = document.documentElement as Element;
  const add = (name: string, text: string): void => {
    const element = document.createElement(name);
    element.textContent = text;
    root.appendChild(element);
  };
  if (title !== '') add('dc:title', storable(title));
  add('dc:creator', 'context-sync');
  return `${DECLARATION}${writeXml(document)}`;
}
