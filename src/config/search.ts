import { z } from 'zod';
import { text, token, url } from './fields.ts';

const endpoint = z
  .strictObject({
    provider: z.literal('http'),
    url: url(
      "The base URL of an API in the form of OpenAI's, such as http://localhost:11434/v1 (Ollama) or https://api.voyageai.com/v1: texts are sent to its /embeddings.",
    ),
    model: text.describe('The model, as the service calls it.'),
    key: token.optional(),
    dimensions: z.int().min(8).max(4096).describe('How many numbers a vector has.'),
    shortened: z
      .boolean()
      .default(false)
      .describe(
        'Whether to ask for vectors of so many dimensions, where the model has more; not every service knows how.',
      ),
    unencrypted: z
      .boolean()
      .default(false)
      .describe('Lets texts travel over http to another machine. To this one they always may.'),
    query_prefix: z.string().default('').describe('What the model wants before a query, such as `query: `.'),
    document_prefix: z.string().default('').describe('What the model wants before a text.'),
    batch: z.int().min(1).max(2048).default(64).describe('How many texts one request has at most.'),
  })
  .meta({ title: 'A model behind an endpoint' });

const latent = z
  .strictObject({ provider: z.literal('lsa') })
  .meta({ title: 'Models of the texts themselves, one for each source, made on this machine' });

const none = z.strictObject({ provider: z.literal('none') }).meta({ title: 'Words alone' });

export const search = z
  .strictObject({
    store: text
      .regex(/^postgres(?:ql)?:\/\/|^\$\{/, 'must be a postgres:// URL or a variable')
      .refine(
        (value) => !/^\w+:\/\/[^/?#]*:[^/?#@$]+@/.test(value),
        `must hold no password: write it as \${NAME}`,
      )
      .optional()
      .describe(
        'A PostgreSQL database that holds the index, as postgres://…, for an index that many hosts share; its password as a variable. Default: a file beside the repository.',
      ),
    embeddings: z
      .discriminatedUnion('provider', [latent, endpoint, none], 'must have the provider lsa, http or none')
      .default({ provider: 'lsa' })
      .describe('What makes texts comparable by their meaning.'),
    code: z
      .array(text)
      .default([])
      .describe(
        'Folders of code repositories that are searched, beside those of sources of type git. Read as they were committed.',
      ),
  })
  .optional()
  .describe('How the repository is searched. Nothing of it changes what is built.');

export type SearchConfig = z.output<typeof search>;
