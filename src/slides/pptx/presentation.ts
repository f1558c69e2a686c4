import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Document } from '@xmldom/xmldom';
import JSZip from 'jszip';
import { ctxError } from '../../core/errors/index.ts';
import { slideName, tagsOf } from '../check.ts';
import type { Layout, Template } from '../template.ts';
import { type Box, boxOf } from './place.ts';
import { places, textTags } from './tags.ts';
import { all, parseXml } from './xml.ts';

/** A template's presentation: its bytes, and what is on its slides. */
export interface Presentation {
  readonly bytes: Buffer;
  /** In their order. */
  readonly slides: readonly TemplateSlide[];
}

export interface TemplateSlide {
  /** That of its file, which need not be its place in the order. */
  readonly number: number;
  readonly texts: readonly string[];
  /** Where shapes give their place, by their tags as they are written: `{{table: risks}}`. */
  readonly places: ReadonlyMap<string, Box>;
  /** Charts and tables of the presentation itself, by the names of their shapes. */
  readonly frames: ReadonlyMap<string, 'chart' | 'table'>;
}

/** Fails with `slides.no-presentation`, `slides.unreadable` and `slides.bad-presentation`. */
export async function readPresentation(template: Template): Promise<Presentation> {
  const { name, pptx: file } = template;
  if (file === null) throw ctxError('slides.no-presentation', { template: name, target: 'pptx' });
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw ctxError('slides.unreadable', { file, reason: error.code ?? 'unknown' }, error);
  });
  try {
    const zip = await JSZip.loadAsync(bytes);
    const slides = await Promise.all((await slidePaths(zip)).map((path) => readSlide(zip, path)));
    return { bytes, slides };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    throw ctxError('slides.bad-presentation', { template: name, file, reason }, error);
  }
}

/** Checks that the slide of a layout has its tags, and no others. */
export function checkLayout(
  index: number,
  layoutName: string,
  layout: Layout,
  { slides }: Presentation,
  template: Template,
): TemplateSlide {
  const slide = slides[layout.slide - 1];
  if (slide === undefined) {
    const reason = `${layoutName} is its slide ${layout.slide}, and it has ${slides.length}`;
    throw ctxError('slides.bad-presentation', { template: template.name, file: template.pptx ?? '', reason });
  }
  const where = { template: template.name, slide: slideName(index, { layout: layoutName }) };
  const frames = [...slide.frames].map(([name, kind]) => `{{${kind}: ${name}}}`);
  const there = [...slide.texts.map((name) => `{{${name}}}`), ...slide.places.keys()];
  const wanted = tagsOf(layout);
  const extra = there.find((tag) => !wanted.includes(tag));
  if (extra !== undefined) throw ctxError('slides.tag-not-declared', { ...where, tag: extra });
  const missing = wanted.find((tag) => !there.includes(tag) && !frames.includes(tag));
  if (missing !== undefined) throw ctxError('slides.tag-not-there', { ...where, tag: missing });
  return slide;
}

/** The paths of the slides' parts, in the order in which they are shown. */
export async function slidePaths(zip: JSZip): Promise<string[]> {
  const presentation = parseXml(await partOf(zip, 'ppt/presentation.xml'));
  const targets = await relations(zip, 'ppt/presentation.xml');
  return all(presentation, 'p:sldId').map((slide) => {
    const relation = targets.find(({ id }) => id === slide.getAttribute('r:id'));
    if (relation === undefined) throw new Error('a slide of its list is not there');
    return relation.target;
  });
}

export interface Relation {
  readonly id: string;
  readonly type: string;
  /** The path of a part. */
  readonly target: string;
}

/** What a part refers to within the file. */
export async function relations(zip: JSZip, part: string): Promise<Relation[]> {
  const file = zip.file(relationsPath(part));
  if (file === null) return [];
  return all(parseXml(await file.async('string')), 'Relationship')
    .filter((relation) => relation.getAttribute('TargetMode') !== 'External')
    .map((relation) => ({
      id: relation.getAttribute('Id') ?? '',
      type: relation.getAttribute('Type') ?? '',
      target: targetPath(part, relation.getAttribute('Target') ?? ''),
    }));
}

export function relationsPath(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
}

function targetPath(part: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target);
}

export async function partOf(zip: JSZip, path: string): Promise<string> {
  const file = zip.file(path);
  if (file === null) throw new Error(`it has no ${path}`);
  return await file.async('string');
}

async function readSlide(zip: JSZip, path: string): Promise<TemplateSlide> {
  const document = parseXml(await partOf(zip, path));
  return {
    number: Number(/(\d+)\.xml$/.exec(path)?.[1]),
    texts: textTags(document),
    places: new Map(places(document).map(({ kind, name, shape }) => [`{{${kind}: ${name}}}`, boxOf(shape)])),
    frames: framesOf(document),
  };
}

function framesOf(document: Document): Map<string, 'chart' | 'table'> {
  const frames = new Map<string, 'chart' | 'table'>();
  for (const frame of all(document, 'p:graphicFrame')) {
    const name = all(frame, 'p:cNvPr')[0]?.getAttribute('name');
    if (!name) continue;
    if (all(frame, 'c:chart').length > 0) frames.set(name, 'chart');
    else if (all(frame, 'a:tbl').length > 0) frames.set(name, 'table');
  }
  return frames;
}
