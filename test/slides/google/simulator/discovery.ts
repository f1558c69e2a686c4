import { existsSync, readFileSync } from 'node:fs';
import { ApiError } from './api-error.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: boolean;
  readonly location?: string;
}

interface Method {
  readonly httpMethod: string;
  readonly path: string;
  readonly flatPath?: string;
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly request?: { readonly $ref: string };
  readonly response?: { readonly $ref: string };
  readonly scopes: readonly string[];
  readonly mediaUpload?: unknown;
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

interface Document {
  readonly servicePath: string;
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly resources: Readonly<Record<string, Resource>>;
}

const FOLDER = new URL('../../../../../shared/specs/', import.meta.url);
const FILES = ['google-slides.discovery.json', 'google-drive.discovery.json'];

/** Whether requests can be checked by the APIs' descriptions: without them nothing of Google is tried. */
export const present = FILES.every((file) => existsSync(new URL(file, FOLDER)));
if (!present) process.stderr.write(`skipped: no ${FILES.join(' and ')} in ${FOLDER.pathname}\n`);

/** What a request asks for, found and checked by the API's own description. */
export interface Call {
  /** Such as `files.copy`. */
  readonly method: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
  /** Answers what the mask in `fields` leaves of an answer; refuses masks with names that the answer does not have. */
  readonly masked: (answer: unknown) => unknown;
  readonly checkBody: (body: unknown) => void;
}

export class Description {
  readonly #document: Document;
  readonly #methods: readonly (readonly [name: string, method: Method, pattern: RegExp])[];

  constructor(file: 'slides' | 'drive') {
    const text = readFileSync(new URL(`google-${file}.discovery.json`, FOLDER), 'utf8');
    this.#document = JSON.parse(text) as Document;
    this.#methods = Object.entries(this.#document.resources).flatMap(([name, resource]) =>
      methodsOf(name, resource).map(([full, method]) => {
        const path = `/${this.#document.servicePath}${method.path}`;
        const pattern = path.replace(/[.:]/g, '\\$&').replace(/\{\+?(\w+)\}/g, '(?<$1>[^/:]+)');
        return [full, method, new RegExp(`^(?:/upload)?${pattern}$`)] as const;
      }),
    );
  }

  /** Undefined if the API has nothing there. */
  find(httpMethod: string, url: URL): Call | undefined {
    for (const [name, method, pattern] of this.#methods) {
      const found = method.httpMethod === httpMethod ? pattern.exec(url.pathname) : null;
      if (!found) continue;
      if (url.pathname.startsWith('/upload/') && !method.mediaUpload) continue;
      const query = Object.fromEntries(url.searchParams);
      this.#checkQuery(method, url.searchParams);
      const path = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([part, value]) => [part, decodeURIComponent(value)]),
      );
      return {
        ...{ method: name, path, query, scopes: method.scopes },
        masked: (answer) => {
          const mask = query.fields;
          if (mask === undefined || method.response === undefined) return answer;
          return this.#masked(answer, parseMask(mask), { $ref: method.response.$ref }, mask);
        },
        checkBody: (body) => {
          if (method.request === undefined) {
            if (body !== undefined) throw new ApiError(400, 'badRequest', 'A body is not allowed here.');
            return;
          }
          if (body === undefined) throw new ApiError(400, 'badRequest', 'A body is required.');
          this.#check(body, { $ref: method.request.$ref }, '');
        },
      };
    }
    return undefined;
  }

  #checkQuery(method: Method, given: URLSearchParams): void {
    for (const [name, value] of given) {
      const schema = method.parameters[name] ?? this.#document.parameters[name];
      if (!schema || schema.location === 'path')
        throw new ApiError(400, 'invalidParameter', `Unknown parameter "${name}".`);
      const isRight =
        schema.type === 'boolean'
          ? /^(?:true|false)$/.test(value)
          : schema.type === 'integer'
            ? /^-?\d+$/.test(value)
            : schema.enum === undefined || schema.enum.includes(value);
      if (!isRight) throw new ApiError(400, 'invalidParameter', `Invalid value of "${name}": ${value}`);
    }
    for (const [name, { required, location }] of Object.entries(method.parameters))
      if (required && location === 'query' && !given.has(name))
        throw new ApiError(400, 'required', `Required parameter: ${name}`);
  }

  #resolve(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : (this.#document.schemas[schema.$ref] ?? {});
  }

  #check(value: unknown, written: Schema, at: string): void {
    const schema = this.#resolve(written);
    const refused = () =>
      new ApiError(
        ...([400, 'INVALID_ARGUMENT'] as const),
        `Invalid value at '${at}' (${schema.type}), ${JSON.stringify(value)}`,
      );
    // A property is cleared with null.
    if (value === null) return;
    switch (schema.type) {
      case 'object': {
        if (typeof value !== 'object' || Array.isArray(value)) throw refused();
        for (const [name, entry] of Object.entries(value as object)) {
          const property = schema.properties?.[name] ?? schema.additionalProperties;
          const place = at === '' ? name : `${at}.${name}`;
          if (!property)
            throw new ApiError(
              ...([400, 'INVALID_ARGUMENT'] as const),
              `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`,
            );
          this.#check(entry, property, place);
        }
        return;
      }
      case 'array':
        if (!Array.isArray(value)) throw refused();
        value.forEach((entry, index) => {
          this.#check(entry, schema.items ?? {}, `${at}[${index}]`);
        });
        return;
      case 'string':
        if (typeof value !== 'string' || (schema.enum && !schema.enum.includes(value))) throw refused();
        return;
      case 'boolean':
        if (typeof value !== 'boolean') throw refused();
        return;
      case 'integer':
        if (!Number.isInteger(value) || Math.abs(value as number) > 0x7fff_ffff) throw refused();
        return;
      case 'number':
        if (typeof value !== 'number') throw refused();
        return;
      default:
        return;
    }
  }

  #masked(value: unknown, mask: Mask, written: Schema, whole: string): unknown {
    const schema = this.#resolve(written);
    if (schema.type === 'array')
      return Array.isArray(value)
        ? value.map((entry: unknown) => this.#masked(entry, mask, schema.items ?? {}, whole))
        : this.#masked(undefined, mask, schema.items ?? {}, whole);
    const from = (value ?? {}) as Record<string, unknown>;
    const kept: Record<string, unknown> = {};
    for (const [name, inner] of mask) {
      const property = schema.properties?.[name] ?? schema.additionalProperties;
      if (!property)
        throw new ApiError(400, 'invalidParameter', `Invalid field selection ${name} in ${whole}`);
      const entry = inner.size === 0 ? from[name] : this.#masked(from[name], inner, property, whole);
      if (from[name] !== undefined) kept[name] = entry;
    }
    return kept;
  }
}

function methodsOf(name: string, { methods = {}, resources = {} }: Resource): [string, Method][] {
  return [
    ...Object.entries(methods).map(([method, entry]): [string, Method] => [`${name}.${method}`, entry]),
    ...Object.entries(resources).flatMap(([inner, resource]) => methodsOf(`${name}.${inner}`, resource)),
  ];
}

type Mask = Map<string, Mask>;

/** `a,b(c,d)`: https://developers.google.com/workspace/drive/api/guides/fields-parameter */
function parseMask(text: string): Mask {
  let position = 0;
  const list = (): Mask => {
    const mask: Mask = new Map();
    for (;;) {
      const [name = ''] = /^\w*/.exec(text.slice(position)) ?? [];
      if (name === '') throw new ApiError(400, 'invalidParameter', `Invalid field selection ${text}`);
      position += name.length;
      let inner: Mask = new Map();
      if (text[position] === '(') {
        position += 1;
        inner = list();
        if (text[position] !== ')')
          throw new ApiError(400, 'invalidParameter', `Invalid field selection ${text}`);
        position += 1;
      }
      mask.set(name, inner);
      if (text[position] !== ',') return mask;
      position += 1;
    }
  };
  const mask = list();
  if (position < text.length) throw new ApiError(400, 'invalidParameter', `Invalid field selection ${text}`);
  return mask;
}
