import { jsonSchemaOf, runAsScript } from '../config/json-schema.ts';
import { personaSchema } from './schema.ts';

export const personaJsonSchema = (): string => jsonSchemaOf(personaSchema);

export const committedPersonaSchema = new URL('../../persona.schema.json', import.meta.url);

runAsScript(import.meta.url, committedPersonaSchema, personaJsonSchema);
