import { readFile } from 'node:fs/promises';
import { ctxError } from '../../core/errors/index.ts';
import { slideName } from '../check.ts';
import type { Deck } from '../deck.ts';
import { tagText } from './tags.ts';
import { digestOf, type GoogleTemplate, type WantedSlide } from './wanted.ts';

export interface ImageFile {
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Of a PNG or JPEG. */
  readonly mimeType: string;
}

/** https://developers.google.com/workspace/slides/api/reference/rest/v1/presentations/request#createimagerequest */
const LARGEST_IMAGE = 50_000_000 - 1;

/** Those of a deck that was checked, by their paths. Fails with `slides.bad-image` if one is too large. */
export async function readImages(
  { slides }: Deck,
  { name: template }: GoogleTemplate,
): Promise<Map<string, ImageFile>> {
  const files = new Map<string, ImageFile>();
  for (const [index, slide] of slides.entries())
    for (const [name, { path }] of Object.entries(slide.images)) {
      if (files.has(path)) continue;
      const bytes = await readFile(path);
      if (bytes.length > LARGEST_IMAGE)
        throw ctxError('slides.bad-image', {
          ...{ template, slide: slideName(index, slide), tag: tagText({ kind: 'image', name }), path },
          problem: 'has 50 MB or more, which Google Slides does not take',
        });
      files.set(path, { bytes, mimeType: imageType(bytes), digest: digestOf(bytes) });
    }
  return files;
}

const imageType = (bytes: Uint8Array) => (bytes[0] === 0x89 ? 'image/png' : 'image/jpeg');

/** Those that the slides show, each once. */
export function imagesOf(
  slides: readonly WantedSlide[],
  images: ReadonlyMap<string, ImageFile>,
): ImageFile[] {
  const digests = new Set(slides.flatMap((slide) => slide.images.map(({ digest }) => digest)));
  const byDigest = new Map([...images.values()].map((image) => [image.digest, image]));
  return [...digests].flatMap((digest) => byDigest.get(digest) ?? []);
}
