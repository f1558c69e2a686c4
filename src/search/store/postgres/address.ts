import { ctxError } from '../../../core/errors/index.ts';

/** Where an index is, and how it is spoken of. */
export interface Address {
  /** What the driver connects by. Holds credentials. */
  readonly connection: string;
  readonly schema: string;
  /** Whether `pg_textsearch` may be used where it is installed. */
  readonly textsearch: boolean;
  /** Without credentials. */
  readonly name: string;
}

export const DEFAULT_SCHEMA = 'ctx';

/** Such as need no care where PostgreSQL takes names apart, and leave room for what is named after them. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,47}$/;

/**
 * Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME&textsearch=off&sslmode=…`. Parameters that are not ours are the
 * driver's.
 */
export function addressOf(url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['postgres:', 'postgresql:'].includes(parsed.protocol))
    throw ctxError('search.store-address', { reason: 'it does not begin with postgres://' });
  const schema = parsed.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  if (!SCHEMA.test(schema))
    throw ctxError('search.store-address', {
      reason: 'a schema is called by up to 48 small letters, digits and _',
    });
  const textsearch = parsed.searchParams.get('textsearch') ?? 'on';
  if (!['on', 'off'].includes(textsearch))
    throw ctxError('search.store-address', { reason: 'textsearch is on or off' });
  for (const ours of ['schema', 'textsearch']) parsed.searchParams.delete(ours);
  // The driver takes these for verify-full, and warns on the standard error that it will not for ever.
  const mode = parsed.searchParams.get('sslmode') ?? '';
  if (['prefer', 'require', 'verify-ca'].includes(mode) && !parsed.searchParams.has('uselibpqcompat'))
    parsed.searchParams.set('sslmode', 'verify-full');
  const host = parsed.searchParams.get('host') ?? (parsed.hostname || 'localhost');
  const port = parsed.searchParams.get('port') ?? (parsed.port || '5432');
  return {
    connection: parsed.href,
    schema,
    textsearch: textsearch === 'on',
    name: `PostgreSQL ${host}:${port}${parsed.pathname}, schema ${schema}`,
  };
}
