import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import type { Deck, Slide } from '../../src/slides/deck.ts';
import { readTemplate, type Template } from '../../src/slides/template.ts';

const QUARTERLY = new URL('../../templates/slides/quarterly-review/', import.meta.url).pathname;

export const shipped = (): Promise<Template> => readTemplate(QUARTERLY);

/** A slide with nothing but what is given. */
export function slide(layout: string, content: Partial<Slide>): Slide {
  return { layout, vars: {}, tables: {}, charts: {}, images: {}, notes: null, ...content };
}

export const text = (title: string, body: string, notes: string | null = null): Slide =>
  slide('text', { vars: { title, body, footer: 'Foot' }, notes });

export const deck = (...slides: Slide[]): Deck => ({ title: 'A deck', slides });

/** A red and blue picture of two by one pixels. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAAMQABwAB/wGqe3pBAAAAAElFTkSuQmCC',
  'base64',
);

/** A red one of eight by four. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAEAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCKALXj/9k=',
  'base64',
);

export function folder(): string & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'ctx-slides-'));
  return Object.assign(path, {
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }) as string & Disposable;
}

/** The shipped template with parts of its presentation written anew. */
export async function changedTemplate(
  into: string,
  change: (parts: Map<string, string>) => void,
): Promise<Template> {
  const template = await shipped();
  const { readFile } = await import('node:fs/promises');
  const zip = await JSZip.loadAsync(await readFile(template.pptx as string));
  const parts = new Map<string, string>();
  for (const file of Object.values(zip.files))
    if (!file.dir) parts.set(file.name, await file.async('string'));
  const before = new Map(parts);
  change(parts);
  for (const name of before.keys()) if (!parts.has(name)) zip.remove(name);
  for (const [name, content] of parts) if (before.get(name) !== content) zip.file(name, content);
  const pptx = join(into, 'template.pptx');
  writeFileSync(pptx, await zip.generateAsync({ type: 'nodebuffer' }));
  return { ...template, pptx };
}
