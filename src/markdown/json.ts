export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** About how long a value is as JSON, at any depth: `JSON.stringify` overflows its stack on deep values. */
export function jsonSize(value: unknown): number {
  let size = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') size += next.length + 2;
    else if (typeof next !== 'object' || next === null) size += 4;
    else {
      for (const [key, inner] of Object.entries(next)) {
        size += Array.isArray(next) ? 1 : key.length + 4;
        open.push(inner);
      }
    }
  }
  return size;
}
