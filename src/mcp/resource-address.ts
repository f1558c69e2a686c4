const SCHEME = 'ctx://document/';

/** RFC 6570: the path with its slashes. */
export const RESOURCE_TEMPLATE = `${SCHEME}{+path}`;

/** The address of a document by its path. */
export function resourceAddress(path: string): string {
  return SCHEME + path.split('/').map(encodeURIComponent).join('/');
}

/** The path that an address names; undefined for one of another kind, or that is broken. */
export function pathOfResource(address: string): string | undefined {
  if (!address.startsWith(SCHEME)) return undefined;
  try {
    return decodeURIComponent(address.slice(SCHEME.length));
  } catch {
    return undefined;
  }
}
