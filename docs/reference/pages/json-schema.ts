import { code, prose } from './markdown.ts';

/** As much of JSON Schema as zod makes of our schemas. */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** What a value may be, in words: `text`, `list of text`, `one of a, b`, `number from 1 to 16`. */
export function typeOf(schema: JsonSchema): string {
  if ('const' in schema) return value(schema.const);
  if (schema.enum) return schema.enum.map(value).join(', ');
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return [...new Set(forms.map(typeOf))].join(' or ');
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'array':
      return schema.items ? `list of ${typeOf(schema.items)}` : 'list';
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `names, each with ${typeOf(schema.additionalProperties)}`
        : 'settings';
    case 'null':
      return '`null`';
    default:
      return 'anything';
  }
}

/** The key, type, default and description of each property, those of settings within settings by dotted keys. */
export function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix = ''): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const row = [
      code(name),
      typeOf(schema),
      schema.default === undefined ? (required.includes(key) ? 'required' : '') : value(schema.default),
      prose(schema.description ?? ''),
    ];
    return [row, ...rowsOf(schema, `${name}.`), ...listed(schema.items, `${name}[].`)];
  });
}

function listed(items: JsonSchema | undefined, prefix: string): string[][] {
  return items?.properties ? rowsOf(items, prefix) : [];
}

function value(of: unknown): string {
  return code(JSON.stringify(of).replace(/^"(.*)"$/, '$1') || '""');
}

function numberOf({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const least = exclusiveMinimum === undefined ? minimum : `more than ${exclusiveMinimum}`;
  const isBounded = (bound: unknown) =>
    bound !== undefined && Math.abs(Number(bound)) !== Number.MAX_SAFE_INTEGER;
  const from = isBounded(least) ? (typeof least === 'string' ? ` ${least}` : ` from ${least}`) : '';
  const to = isBounded(maximum) ? `${from === '' ? ' up' : ''} to ${maximum}` : '';
  return `${type === 'integer' ? 'whole number' : 'number'}${from.replace(' more', ', more')}${to}`;
}
