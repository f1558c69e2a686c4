/** How many documents a folder directly below a source's own has. */
export interface Section {
  readonly folder: string;
  readonly documents: number;
}

/** The folder of a source that a path is in: a space, a view. */
export function sectionFolder(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

/** By source, as configured, and then by name. */
export function inOrder(sources: readonly string[], sections: readonly Section[]): Section[] {
  return [...sections].sort(
    (a, b) => order(sources, a.folder) - order(sources, b.folder) || compare(a.folder, b.folder),
  );
}

/** At most so many, those with the most documents first. */
export function largest(sections: readonly Section[], count: number): Section[] {
  return [...sections]
    .sort((a, b) => b.documents - a.documents || compare(a.folder, b.folder))
    .slice(0, count);
}

function order(sources: readonly string[], folder: string): number {
  return sources.indexOf(folder.slice(0, folder.indexOf('/')));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
