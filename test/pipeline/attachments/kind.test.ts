import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  extensionFor,
  identify,
  isAsPromised,
  isBinaryName,
} from '../../../src/pipeline/attachments/kind.ts';
import { attachmentPath, isAttachmentPath } from '../../../src/pipeline/attachments/place.ts';
import { anyCharacter } from '../../harness/any-character.ts';
import { LOGIN_PAGE, pdf, png, svg } from '../../harness/files.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('a file is known by its first bytes', () => {
  test.each([
    ['PNG', png(), 'image', 'png'],
    ['JPEG', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), 'image', 'jpg'],
    ['GIF', bytes('GIF89a\x01\0'), 'image', 'gif'],
    ['WebP', bytes('RIFF\x24\0\0\0WEBPVP8 '), 'image', 'webp'],
    ['BMP', bytes('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'), 'image', 'bmp'],
    ['TIFF', bytes('II\x2a\0\x08\0\0\0'), 'image', 'tiff'],
    ['AVIF', bytes('\0\0\0\x20ftypavif\0\0\0\0'), 'image', 'avif'],
    ['PDF', pdf(), 'pdf', 'pdf'],
    ['ZIP', bytes('PK\x03\x04\x14\0'), 'container', undefined],
    ['SVG', svg(), 'svg', 'svg'],
    ['bare SVG', bytes('<svg xmlns="x"/>'), 'svg', 'svg'],
    ['HTML', LOGIN_PAGE, 'html', 'html'],
    ['HTML behind a mark and a comment', Buffer.from('\uFEFF\n<!-- x -->\n<html lang="en">'), 'html', 'html'],
  ])('%s', (_, head, name, extension) => {
    expect(identify(head)).toMatchObject({ name, ...(extension && { extension }) });
  });

  test.each([
    '',
    'BMW is a car',
    'GIF89a is a format',
    'RIFF and WEBP',
    'ID3 of a tag',
    'MZ is text',
    'plain',
    '<svgish>',
    '<htmlx>',
    'MM',
    '{"a":1}',
  ])('%j is nothing of that', (text) => {
    expect(identify(bytes(text))).toBeUndefined();
  });
});

describe('a file is as promised', () => {
  test.each([
    ['an image as another image', png(), { name: 'a.jpg', type: 'image/jpeg' }, true],
    ['a drawing as an image', svg(), { name: 'a.png', type: 'image/png' }, true],
    ['a page as an image', LOGIN_PAGE, { name: 'a.png', type: 'image/png' }, false],
    ['a page as an image by its name', LOGIN_PAGE, { name: 'a.png' }, false],
    ['a page as nothing known', LOGIN_PAGE, { name: 'a' }, false],
    ['a page as a page', LOGIN_PAGE, { name: 'a', type: 'text/html; charset=utf-8' }, true],
    ['a page as a page by its name', LOGIN_PAGE, { name: 'a.htm', type: 'application/octet-stream' }, true],
    ['a PDF as an image', pdf(), { name: 'a.png', type: 'image/png' }, false],
    ['an image as a PDF', png(), { name: 'a.pdf', type: 'application/pdf' }, false],
    [
      'bytes as an image format without a signature',
      bytes('8BPS'),
      { name: 'a.psd', type: 'image/psd' },
      true,
    ],
    ['text as anything else', bytes('a;b'), { name: 'a.xls', type: 'application/vnd.ms-excel' }, true],
  ])('%s: %#', (_, head, file, expected) => {
    expect(isAsPromised(identify(head), file)).toBe(expected);
  });
});

test.each([
  ['a.CSV', 'csv'],
  ['archive.tar.gz', 'gz'],
  ['no extension', 'bin'],
  ['a.', 'bin'],
  ['a.very-long.extensionthatis', 'bin'],
  ['a.p/../x', 'bin'],
  ['text.png', 'bin'],
])('the extension of %j is safe: %j', (name, extension) => {
  expect(extensionFor(undefined, name)).toBe(extension);
  expect(isBinaryName(`x.${extension}`)).toBe(false);
});

describe('the place of a file', () => {
  const sha256 = 'ab'.repeat(32);

  test('is of one form, whatever the file is called', () => {
    const nasty = [
      '../../x.png',
      '..',
      'con.png',
      'a.PNG.exe',
      'a.p\0g',
      'é.ｐｎｇ',
      `${'x'.repeat(300)}.txt`,
      '.a b',
    ];
    const part = fc.constantFrom('.', '/', '\\', ...nasty);
    const name = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(fc.oneof(part, fc.string())).map((all) => all.join('')),
    );
    const head = fc.constantFrom(png(), svg(), pdf(), LOGIN_PAGE, bytes('text'), bytes('PK\x03\x04'));
    fc.assert(
      fc.property(name, head, (called, of) => {
        const path = attachmentPath('jira', sha256, extensionFor(identify(of), called));
        expect(path).toMatch(/^attachments\/jira\/ab\/(?:ab){32}\.[a-z0-9]{1,10}$/);
        expect(isAttachmentPath('jira', path)).toBe(true);
      }),
    );
  });

  test('is one that is known as ours, and for its source only', () => {
    const path = attachmentPath('jira', sha256, 'png');
    expect(path).toBe(`attachments/jira/ab/${sha256}.png`);
    expect(isAttachmentPath('jira', path)).toBe(true);
    expect(isAttachmentPath('wiki', path)).toBe(false);
  });

  test.each([
    `attachments/jira/cd/${sha256}.png`,
    `attachments/jira/ab/${sha256}`,
    `attachments/jira/ab/${sha256}.PNG`,
    `attachments/jira/ab/${sha256}.tar.gz`,
    `attachments/jira/ab/x/${sha256}.png`,
    `attachments/jira/ab/../ab/${sha256}.png`,
    `other/jira/ab/${sha256}.png`,
    'attachments/jira/ab/logo.png',
  ])('%s is not ours', (path) => {
    expect(isAttachmentPath('jira', path)).toBe(false);
  });
});
