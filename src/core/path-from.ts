import { percentDecode } from './percent-decode.ts';

/** Where a relative link in the file at `from` leads; a path that begins with `/` starts at the top. Undefined above it. */
export function pathFrom(from: string, href: string): string | undefined {
  const segments = href.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const segment of percentDecode(href).split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
