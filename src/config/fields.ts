import { z } from 'zod';
import { AGE } from './age.ts';

/** What `${NAME}` may be called, as the shell has it. */
export const variablePattern = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export const text = z
  .string()
  .min(1, 'must not be empty')
  .refine(
    (value) => !value.replace(variablePattern, '').includes('${'),
    `must name variables as \${NAME}, of letters, digits and _`,
  );

export const url = (description: string) =>
  text
    .refine((value) => value.includes('${') || isHttpUrl(value), 'must be an http(s) URL or a variable')
    .describe(description);

/** True for http and https URLs without a user name or password in them. */
export function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

export const token = z
  .string()
  .regex(
    /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/,
    `must be a variable, written \${NAME}: secrets do not belong in this file`,
  )
  .describe(`The variable that holds the API token, written \${NAME}. Never the token itself.`);

export const credentials = 'Credentials, from the environment or a .env file.';

export const auth = z
  .strictObject({
    username: text
      .optional()
      .describe("The account's e-mail address. Without it, the token is sent as a bearer token."),
    token,
  })
  .describe(credentials);

/**
 * Ids of documents. Written bare they are numbers in YAML, which is fine for as long as none of their digits is lost.
 */
export const excluded = (pattern: RegExp, what: string, description: string) => {
  const message = `must be ${what}; put ids of more than 15 digits into quotes`;
  const bare = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String);
  return z
    .array(z.union([z.string().regex(pattern, message), bare], message))
    .default([])
    .describe(description);
};

const noDate = 'must be a date, such as 2024-01-01, or all';

export const maxAge = z.string().regex(AGE, 'must be a number with min, h or d, such as 90min, 6h or 2d');

export const common = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens, such as confluence')
    .max(64, 'must be at most 64 characters')
    .refine(
      (id) => id !== 'attachments',
      'must not be attachments: that folder holds the files of all sources',
    )
    .describe('Names the source in messages and is its folder in the repository.'),
  auth,
  comments: z.boolean().default(true).describe('Write comments below their document.'),
  attachments: z
    .enum(['referenced', 'all', 'none'], 'must be referenced, all or none')
    .default('referenced')
    .describe(
      'Which files to keep in the repository: those that a text shows or links to, all of them, or none. The others stay links.',
    ),
  max_attachment_mb: z
    .number()
    .positive('must be more than 0')
    .max(100, 'must be at most 100: git hosts refuse larger files')
    .default(25)
    .describe('The largest file to keep, in megabytes; what is larger stays a link.'),
  max_age: maxAge
    .optional()
    .describe('How long ago the source may have been read last before ctx status calls it stale.'),
  optional: z
    .boolean()
    .default(false)
    .describe(
      'Skip the source, and say so, when its variables are not set. Otherwise the build fails (exit 3).',
    ),
  include_restricted: z
    .boolean()
    .default(false)
    .describe(
      'Write documents too that only some people may see. Everyone who reads the repository then sees them.',
    ),
  history: z
    .strictObject({
      since: z
        .string()
        .regex(/^(?:all|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?)$/, noDate)
        .refine((value) => value === 'all' || !Number.isNaN(Date.parse(value)), noDate)
        .describe('From when on former versions are told; of each document, the one of that time too.'),
      max_versions: z
        .int()
        .min(1, 'must be at least 1')
        .optional()
        .describe('No more than the last so many versions of a document.'),
    })
    .optional()
    .describe(
      'Former versions of documents that come into the repository, each as a commit of its own. They hold what people have since taken out, so that this is left to you. Told with commit: per-revision, and by ctx backfill.',
    ),
  gateway: url('The origin of the API gateway that scoped tokens need.').default('https://api.atlassian.com'),
};

export const wholeDays = (least: number) =>
  z
    .int('must be a whole number of days')
    .min(least, `must be at least ${least}`)
    .max(3650, 'must be at most 3650');
