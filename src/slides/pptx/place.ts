import type { Element } from '@xmldom/xmldom';
import { all } from './xml.ts';

/** In inches, as PptxGenJS has it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const EMU_PER_INCH = 914_400;

function inches(element: Element, attribute: string): number {
  return Number(element.getAttribute(attribute)) / EMU_PER_INCH;
}

/** Where a shape lies. Throws for a placeholder that takes its place from a layout. */
export function boxOf(shape: Element): Box {
  const [offset] = all(shape, 'a:off');
  const [extent] = all(shape, 'a:ext').filter((each) => each.getAttribute('cx') !== null);
  if (offset === undefined || extent === undefined)
    throw new Error('a shape that gives its place has no size of its own: move it a little and save');
  return { x: inches(offset, 'x'), y: inches(offset, 'y'), w: inches(extent, 'cx'), h: inches(extent, 'cy') };
}

/** As large as fits, in the middle, undistorted. */
export function fitInto(
  { x, y, w, h }: Box,
  image: { readonly width: number; readonly height: number },
): Box {
  const scale = Math.min(w / image.width, h / image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  return { x: x + (w - width) / 2, y: y + (h - height) / 2, w: width, h: height };
}
