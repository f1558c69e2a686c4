import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromAdf } from '../../src/markdown/index.ts';
import { context, written } from './render.ts';

const SCHEMA = join(import.meta.dirname, '../../../shared/specs/adf.schema.json');
const present = existsSync(SCHEMA);
if (!present) process.stderr.write(`skipped: no schema at ${SCHEMA}\n`);

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const schema: { readonly definitions: Readonly<Record<string, Schema>> } = present
  ? JSON.parse(readFileSync(SCHEMA, 'utf8'))
  : { definitions: {} };

const named = (suffix: string) =>
  Object.entries(schema.definitions).flatMap(([key, definition]) => {
    const type = definition.properties?.type?.enum?.[0];
    return key.endsWith(suffix) && typeof type === 'string' ? [{ type, definition }] : [];
  });
const nodes = named('_node');
const marks = named('_mark');

/** The smallest value that a schema accepts, or near enough: each choice is the first that ends. */
function minimal(part: Schema, depth = 0): unknown {
  const whole = part.$ref ? (schema.definitions[part.$ref.replace('#/definitions/', '')] ?? {}) : part;
  if (whole.enum) return whole.enum[0];
  if (whole.allOf) return Object.assign({}, ...whole.allOf.map((each) => minimal(each, depth)));
  if (whole.anyOf) return minimal(whole.anyOf[0] ?? {}, depth);
  if (whole.type === 'array') {
    const items: readonly Schema[] = Array.isArray(whole.items) ? whole.items : [whole.items ?? {}];
    return (whole.minItems ?? 0) > 0 && depth < 20 ? items.map((item) => minimal(item, depth + 1)) : [];
  }
  if (whole.type === 'number') return whole.minimum ?? 1;
  if (whole.type === 'boolean') return true;
  if (whole.type === 'string') return whole.pattern?.includes('#') ? '#ff0000' : '1';
  if (!whole.properties) return {};
  const wanted = Object.entries(whole.properties).filter(([name]) => whole.required?.includes(name));
  return Object.fromEntries(wanted.map(([name, inner]) => [name, minimal(inner, depth + 1)]));
}

const unknown = ({ construct }: { readonly construct: string }) =>
  construct.startsWith('adf:') || construct.startsWith('mark:');

describe.skipIf(!present)('every node and mark of the ADF schema', () => {
  it('is found in the schema', () => {
    expect(nodes.map(({ type }) => type).length).toBeGreaterThanOrEqual(43);
    expect(marks.map(({ type }) => type).length).toBeGreaterThanOrEqual(17);
  });

  it.each(nodes)('knows the node $type', ({ type, definition }) => {
    const node = minimal(definition);
    const reading = fromAdf(type === 'doc' ? node : { type: 'doc', version: 1, content: [node] }, context);
    // The content of a synced block of another page is not in the document: it can only be marked.
    expect(reading.warnings.filter(unknown).map(({ construct }) => construct)).toEqual(
      type === 'syncBlock' ? ['adf:syncBlock'] : [],
    );
    expect(written(reading)).not.toContain('unsupported node');
  });

  it.each(marks)('knows the mark $type', ({ definition }) => {
    const text = { type: 'text', text: 'marked', marks: [minimal(definition)] };
    const reading = fromAdf(
      { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text] }] },
      context,
    );
    expect(reading.warnings).toEqual([]);
    expect(reading.fidelity).toEqual({ kept: 1, degraded: 0, lost: 0 });
    expect(written(reading)).toContain('marked');
  });
});
