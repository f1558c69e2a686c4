import { ctxError } from '../../core/errors/index.ts';
import type { GoogleApis } from './apis.ts';
import type { File, Files } from './files.ts';
import type { ImageFile } from './image-files.ts';
import { FIELDS, presentationOf } from './presentation.ts';

const POWERPOINT = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const PRESENTATION = 'application/vnd.google-apps.presentation';
const WHAT = 'the presentation that carries the images';
/** On the presentation: the id of the deck. */
const IMAGES_OF = 'contextSyncImagesOf';

/**
 * Google Slides takes an image by an address that it can fetch without credentials. Nothing is published for it: the images go into a
 * presentation of their own, private like the deck, and Google gives each one there an address that is nobody's to guess and ends
 * after half an hour (`contentUrl` of https://developers.google.com/workspace/slides/api/reference/rest/v1/presentations.pages/images).
 * The presentation is deleted when `use` is done with the addresses, by the images' digests.
 */
export async function withImageUrls<T>(
  images: readonly ImageFile[],
  { apis: { slides, on }, files, deck, folder, discard }: ImageHost,
  use: (urlOf: (digest: string) => string) => Promise<T>,
): Promise<T> {
  const unknown = () => ctxError('google.refused', { where: WHAT, reason: 'an image has no address there' });
  if (images.length === 0)
    return use(() => {
      throw unknown();
    });
  const host = await files.create(
    {
      ...{ name: `${deck.name}: images, for a moment`, mimeType: PRESENTATION, folder },
      ...{ properties: { [IMAGES_OF]: deck.id ?? '' }, drive: deck.driveId ?? undefined },
    },
    WHAT,
    { mimeType: POWERPOINT, bytes: await powerpointOf(images) },
  );
  try {
    const presentationId = host.id ?? '';
    const { data } = await slides.presentations.get({ auth: on(WHAT), presentationId, fields: FIELDS });
    const pages = presentationOf(data).slides;
    const urls = new Map(images.map(({ digest }, index) => [digest, pages[index]?.images[0]]));
    return await use((digest) => {
      const url = urls.get(digest);
      if (url === undefined) throw unknown();
      return url;
    });
  } finally {
    await discard(host.id ?? '', WHAT);
  }
}

interface ImageHost {
  readonly apis: GoogleApis;
  readonly files: Files;
  readonly deck: File;
  readonly folder: string;
  /** Deletes the presentation, also when the run was stopped. */
  readonly discard: Files['discard'];
}

/** A slide for each image. How large it is there does not matter: a deck gets all of its pixels. */
async function powerpointOf(images: readonly ImageFile[]): Promise<Uint8Array> {
  const { default: module } = await import('pptxgenjs');
  // Its types tell of a CommonJS module, and Node.js loads an ES module.
  const file = new (module as unknown as typeof module.default)();
  for (const { bytes, mimeType } of images)
    file.addSlide().addImage({
      data: `${mimeType};base64,${Buffer.from(bytes).toString('base64')}`,
      ...{ x: 0, y: 0, w: 4, h: 3 },
    });
  return (await file.write({ outputType: 'nodebuffer' })) as Uint8Array;
}
