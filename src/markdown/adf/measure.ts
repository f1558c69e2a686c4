import { isRecord } from '../json.ts';

export interface AdfMeasure {
  /** The length of the document's text as JSON, about. */
  readonly size: number;
  /** How many nodes stand around the innermost one. */
  readonly depth: number;
}

/** Measures a document of any depth, without the recursion of `JSON.stringify` that deep input would overflow. */
export function measureAdf(doc: unknown): AdfMeasure {
  let size = 0;
  let deepest = 0;
  const values: unknown[] = [doc];
  const depths: number[] = [0];
  while (values.length > 0) {
    const value = values.pop();
    const depth = depths.pop() ?? 0;
    if (typeof value === 'string') size += value.length + 2;
    else if (typeof value !== 'object' || value === null) size += 4;
    else {
      if (isRecord(value)) deepest = Math.max(deepest, depth);
      for (const [key, inner] of Object.entries(value)) {
        size += isRecord(value) ? key.length + 4 : 1;
        values.push(inner);
        depths.push(key === 'content' && Array.isArray(inner) ? depth + 1 : depth);
      }
    }
  }
  return { size, depth: deepest };
}
