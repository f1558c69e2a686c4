import { encodePath } from '../core/encode-path.ts';
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
