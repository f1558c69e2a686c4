import type { AdfNode } from '../../src/demo/workspace/model.ts';

/** Small files of some formats, valid as far as their first bytes go, all different by `mark`. */
export const png = (mark = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(mark),
    // Bytes that no text has, and line ends that must not be touched.
    Buffer.from([0x0d, 0x0a, 0x0a, 0x0d, 0xff, 0x00]),
  ]);

export const pdf = (mark = ''): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.4\n%'),
    Buffer.from([0xe2, 0xe3, 0xcf, 0xd3]),
    Buffer.from(`\n${mark}\n%%EOF\n`),
  ]);

export const svg = (mark = ''): Buffer =>
  Buffer.from(
    `<?xml version="1.0"?>\n<!-- ${mark} -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n`,
  );

export const LOGIN_PAGE = Buffer.from('<!DOCTYPE html>\n<html><title>Log in</title></html>\n');

/** A text of Jira that shows files by their names. */
export function showing(...names: readonly string[]): AdfNode {
  return {
    type: 'doc',
    version: 1,
    content: names.map((alt) => ({
      type: 'mediaSingle',
      attrs: { layout: 'center' },
      content: [{ type: 'media', attrs: { type: 'file', id: 'of-the-media-service', collection: '', alt } }],
    })),
  };
}
