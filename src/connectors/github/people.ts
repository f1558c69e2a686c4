import type { Facts } from '../../core/document.ts';
import { isCtxError } from '../../core/errors/index.ts';
import type { KnownDocuments } from '../contract.ts';
import { isRenamed } from '../renamed.ts';
import type { GithubReader } from './run.ts';
import type { Actor } from './schema.ts';

/** As GitHub shows them: who has left is `ghost`, and programs have no names of people. */
export function nameOf(actor: Actor): string {
  const { __typename: type, login, combinedSlug, name } = actor ?? {};
  if (login) return type === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login;
  return combinedSlug || name || 'ghost';
}

/** Whether a document names somebody who is called otherwise now. Without an answer everybody keeps their name. */
export async function renamedSince(
  { client, config, log }: GithubReader,
  known: KnownDocuments,
): Promise<(facts: Facts) => boolean> {
  const ids = new Set<string>();
  for (const { people } of known.values()) for (const id of Object.keys(people ?? {})) ids.add(id);
  if (ids.size === 0) return () => false;
  try {
    const logins = await client.logins([...ids]);
    return ({ people = {} }) =>
      Object.entries(people).some(([id, login]) => isRenamed(login, logins.get(id) ?? login));
  } catch (error) {
    if (!isCtxError(error) || error.kind === 'credentials') throw error;
    log.warn(`${config.id}: people keep the names that they have: ${error.message}`);
    return () => false;
  }
}
