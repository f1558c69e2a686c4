import type { FileSpec } from './page-spec.ts';

/** A 2 × 2 PNG: enough of a picture for everything that looks at headers, types and hashes. */
const PIXELS =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC';

/** Pictures of different names differ in bytes: the name follows the image data, where decoders stop reading. */
export function picture(title: string): FileSpec {
  return {
    title,
    mediaType: 'image/png',
    bytes: () => Buffer.concat([Buffer.from(PIXELS, 'base64'), Buffer.from(title)]),
  };
}

export function textFile(title: string, mediaType: string, text: string): FileSpec {
  return { title, mediaType, bytes: () => Buffer.from(text) };
}
