import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ctxError } from '../../core/errors/index.ts';
import { configDir, type Environment } from '../../core/paths.ts';
import { replaceFile } from '../../core/replace-file.ts';
import type { OAuthClient, StoredLogin } from '../../slides/google/credentials.ts';

const stored = z.strictObject({
  client: z.strictObject({ id: z.string(), secret: z.string() }),
  refreshToken: z.string(),
});

// Google adds fields to these files now and then.
const clientFile = z.object({ installed: z.object({ client_id: z.string(), client_secret: z.string() }) });

export function loginFile(env: Environment): string {
  return join(configDir(env), 'google-login.json');
}

/** Null if nobody is logged in. */
export async function readLogin(env: Environment): Promise<StoredLogin | null> {
  const text = await readIfThere(loginFile(env));
  if (text === null) return null;
  const login = stored.safeParse(parsed(text));
  if (login.success) return login.data;
  throw ctxError('google.no-credentials', { reason: `${loginFile(env)} is not what ctx slides login wrote` });
}

/** For this user's eyes only. */
export async function writeLogin(env: Environment, login: StoredLogin): Promise<void> {
  await replaceFile(loginFile(env), `${JSON.stringify(login)}\n`, { mode: 0o600 });
}

export async function forgetLogin(env: Environment): Promise<void> {
  await rm(loginFile(env), { force: true });
}

/** The file that Google's console offers for an OAuth client of type desktop. */
export async function readOAuthClient(file: string): Promise<OAuthClient> {
  const text = await readIfThere(file);
  if (text === null) throw ctxError('google.bad-client', { file, reason: 'is not there' });
  const client = clientFile.safeParse(parsed(text));
  if (!client.success) throw ctxError('google.bad-client', { file, reason: 'is not of a desktop app' });
  const { client_id: id, client_secret: secret } = client.data.installed;
  return { id, secret };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The parser's error would quote what is secret. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
