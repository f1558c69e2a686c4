import { percentDecode } from '../core/percent-decode.ts';

/*
 * What stands in no web has an address of ours, by which the links of its documents are found: `ctx:<source>/<path>`.
 */

export function ownAddress(source: string, path: string): string {
  return `ctx:${source}/${encodePath(path)}`;
}

/** The path that an address of the source's names. */
export function pathAtOwnAddress(source: string, { protocol, pathname }: URL): string | undefined {
  const prefix = `${source}/`;
  if (protocol !== 'ctx:' || !pathname.startsWith(prefix)) return undefined;
  return pathname.slice(prefix.length).split('/').map(percentDecode).join('/');
}

/** As it stands in a URL; `/` stays. */
export function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

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
