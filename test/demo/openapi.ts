import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { Loose } from './client.ts';

const SPECS = new URL('../../../shared/specs/', import.meta.url);

export const SPEC_FILES = {
  v1: 'confluence-v1.openapi.json',
  v2: 'confluence-v2.openapi.json',
  jira: 'jira-platform-v3.openapi.json',
} as const;

export const specsArePresent = Object.values(SPEC_FILES).every((file) => existsSync(new URL(file, SPECS)));

/** Where the services answer null although their descriptions do not allow it. */
const NULL_IN_PRACTICE = new Set([
  'PageBulk.parentId',
  'PageBulk.parentType',
  'PageSingle.parentId',
  'PageSingle.parentType',
  'SpaceBulk.description',
  'SpaceBulk.icon',
  'SpaceSingle.description',
  'SpaceSingle.icon',
  'ChangeDetails.from',
  'ChangeDetails.fromString',
  'ChangeDetails.to',
  'ChangeDetails.toString',
]);

type Json = { readonly [key: string]: unknown };

/** Checks answers against an OpenAPI 3.0 description: `validate('get', '/pages/{id}', 200, body)`. */
export function openApi(file: string) {
  const document = toJsonSchema(JSON.parse(readFileSync(new URL(file, SPECS), 'utf8'))) as Loose;
  for (const name of NULL_IN_PRACTICE) {
    const [schema = '', property = ''] = name.split('.');
    const properties = document.components.schemas[schema]?.properties;
    if (properties?.[property]) properties[property] = { anyOf: [properties[property], { type: 'null' }] };
  }
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false });
  // Both shapes occur, depending on how a CommonJS default is loaded.
  const addFormats = 'default' in addFormatsModule ? addFormatsModule.default : addFormatsModule;
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  for (const format of ['int32', 'int64', 'float', 'double']) ajv.addFormat(format, true);
  ajv.addSchema({ $id: 'spec', components: document.components });
  const compiled = new Map<string, ValidateFunction>();
  return {
    /** The problems of a response's body; empty when it fits. */
    problems(method: string, path: string, status: number, body: unknown): string[] {
      const key = `${method} ${path} ${status}`;
      const validate = compiled.get(key) ?? ajv.compile(responseSchema(document, method, path, status));
      compiled.set(key, validate);
      if (validate(body)) return [];
      return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
    },
  };
}

function responseSchema(document: Loose, method: string, path: string, status: number): Json {
  const response = document.paths[path]?.[method]?.responses?.[status];
  if (response === undefined) throw new Error(`the description has no ${method} ${path} with ${status}`);
  const [content] = Object.values<Loose>(response.content ?? {});
  if (content?.schema === undefined) throw new Error(`${method} ${path} ${status} describes no body`);
  return content.schema;
}

/** OpenAPI 3.0 differs from JSON schema in `nullable` and in words that say nothing about a body. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, discriminator, xml, example, readOnly, ...rest } = value as Json;
  const entries = Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]);
  const schema: Loose = Object.fromEntries(entries);
  if (typeof schema.$ref === 'string') schema.$ref = schema.$ref.replace(/^#/, 'spec#');
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
