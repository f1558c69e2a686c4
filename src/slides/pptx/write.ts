import { replaceFile } from '../../core/replace-file.ts';
import type { Deck, Written } from '../deck.ts';
import type { Template } from '../template.ts';
import { makePptx } from './make.ts';

/** Writes a deck as a PowerPoint file, all of it or none. Fails with an error of the catalogue (`slides.*`). */
export async function writePptx(deck: Deck, template: Template, path: string): Promise<Written> {
  await replaceFile(path, await makePptx(deck, template));
  return { slides: deck.slides.length, location: path };
}
