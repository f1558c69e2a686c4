/** The values of one statement. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The value's place in the statement's text. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** As PostgreSQL can keep it: its texts hold neither NUL nor halves of surrogate pairs. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Records of any depth for `json_to_recordset`. */
export function records(values: readonly object[]): string {
  return JSON.stringify(values, (_, value) => (typeof value === 'string' ? storable(value) : value));
}
