import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { Loose } from '../client.ts';

const SPEC = new URL('../../../../shared/specs/slack-web.openapi2.json', import.meta.url);

export const specIsPresent = existsSync(SPEC);

/** What the service has answered with since 2020, when its description was last changed, by definition. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  objs_message: ['app_id', 'edited', 'hidden', 'is_locked', 'root'],
  objs_bot_profile: ['user_id'],
  objs_conversation: ['context_team_id'],
  objs_file: ['file_access'],
  objs_team: ['url'],
};

type Json = { readonly [key: string]: unknown };

export type Spec = ReturnType<typeof openApi2>;

/** Checks answers against the description of the Web API, an OpenAPI 2.0 one. */
export function openApi2() {
  const document = toJsonSchema(JSON.parse(readFileSync(SPEC, 'utf8'))) as Loose;
  update(document);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false });
  // Both shapes occur, depending on how a CommonJS default is loaded.
  const addFormats = 'default' in addFormatsModule ? addFormatsModule.default : addFormatsModule;
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addSchema({ $id: 'spec', definitions: document.definitions });
  const compiled = new Map<string, ValidateFunction>();
  return {
    /** The problems of an answer; empty when it fits. `default` describes refusals. */
    problems(method: string, answer: '200' | 'default', body: unknown): string[] {
      const key = `${method} ${answer}`;
      const validate = compiled.get(key) ?? ajv.compile(schemaOf(document, method, answer));
      compiled.set(key, validate);
      if (validate(body)) return [];
      return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
    },
  };
}

function schemaOf(document: Loose, method: string, answer: string): Json {
  const [operation] = Object.values<Loose>(document.paths[`/${method}`] ?? {});
  const schema = operation?.responses[answer]?.schema;
  if (schema === undefined) throw new Error(`the description has no answer ${answer} of ${method}`);
  return schema;
}

/** Where the service differs from its description of 2020. */
function update({ definitions, paths }: Loose): void {
  for (const [name, properties] of Object.entries(NEWER))
    for (const variant of definitions[name].anyOf ?? [definitions[name]])
      for (const property of properties) variant.properties[property] ??= {};
  // Bots answer too.
  definitions.objs_message.properties.reply_users.items = { type: 'string', pattern: '^[UWB]' };
  // Unfurled links have far more fields than those of a picture.
  definitions.objs_message.properties.attachments.items.additionalProperties = true;
  const answers = (method: string) => paths[`/${method}`].get.responses['200'].schema;
  // Bots carry the account that they act as.
  answers('bots.info').properties.bot.properties.user_id = {};
  const { properties } = answers('conversations.history');
  for (const field of ['oldest', 'latest', 'response_metadata']) properties[field] = {};
  // An empty channel has no messages, and a thread's are like all others.
  properties.messages.minItems = 0;
  const replies = answers('conversations.replies').properties;
  replies.messages = { type: 'array', items: { $ref: 'spec#/definitions/objs_message' } };
  replies.response_metadata = {};
}

/** The description writes a list of variants as `items`, also for what is no array. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { example, examples, ...rest } = value as Json;
  const entries = Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]);
  const schema: Loose = Object.fromEntries(entries);
  if (typeof schema.$ref === 'string') schema.$ref = schema.$ref.replace(/^#/, 'spec#');
  if (!Array.isArray(schema.items) || schema.type === 'array') return schema;
  const { items, ...others } = schema;
  return { ...others, anyOf: items };
}
