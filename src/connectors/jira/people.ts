import { isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import type { JiraClient } from './client.ts';
import { compare, isObject } from './fields.ts';
import type { User } from './schema.ts';

/** The site's people as far as this run has asked for them. */
export interface PeopleDirectory {
  /** Asks for the names of those not asked for yet. A refusal is told once; names then come from the issues. */
  learn(accountIds: Iterable<string>): Promise<void>;
  name(accountId: string): string | undefined;
}

export function peopleDirectory(client: JiraClient, source: string, log: Logger): PeopleDirectory {
  const names = new Map<string, string>();
  const asked = new Set<string>();
  let refused = false;
  return {
    async learn(accountIds) {
      const fresh = [...new Set(accountIds)].filter((id) => !asked.has(id)).sort(compare);
      if (fresh.length === 0 || refused) return;
      for (const id of fresh) asked.add(id);
      try {
        for (const [id, name] of await client.displayNames(fresh)) names.set(id, name);
      } catch (error) {
        if (!isCtxError(error)) throw error;
        refused = true;
        log.warn(
          `${source}: display names are taken from the issues, for the directory failed: ${error.message}`,
        );
      }
    },
    name: (accountId) => names.get(accountId),
  };
}

/** The people of one document: names for display, and a record of those that were shown. */
export interface Cast {
  /** The display name of a person in an answer; undefined when the service withholds it. */
  nameOf(person: User | null | undefined): string | undefined;
  person(accountId: string): string | undefined;
  onPerson(accountId: string): void;
  /** Those named so far, by account id. */
  named(): Record<string, string> | undefined;
}

/**
 * `directory` is asked first, because a mention's text is the name at the time of writing; `written` has what the
 * issue itself says.
 */
export function castOf(directory: PeopleDirectory, written: ReadonlyMap<string, string>): Cast {
  const shown = new Set<string>();
  const person = (accountId: string) => directory.name(accountId) ?? (written.get(accountId) || undefined);
  return {
    person,
    onPerson: (accountId) => shown.add(accountId),
    nameOf(user) {
      if (!user?.accountId) return user?.displayName ?? undefined;
      shown.add(user.accountId);
      return person(user.accountId) ?? user.displayName ?? undefined;
    },
    named() {
      const entries = [...shown].sort(compare).flatMap((id) => {
        const name = person(id);
        return name === undefined ? [] : [[id, name] as const];
      });
      return entries.length === 0 ? undefined : Object.fromEntries(entries);
    },
  };
}

/** Everyone in an answer, as authors or by mention: account id to the name that is written there. */
export function peopleIn(...values: readonly unknown[]): Map<string, string> {
  const found = new Map<string, string>();
  const pending: unknown[] = [...values];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) {
      for (const item of value) pending.push(item);
    } else if (isObject(value)) {
      const { accountId, displayName, type, attrs } = value;
      if (typeof accountId === 'string' && typeof displayName === 'string') found.set(accountId, displayName);
      else if (type === 'mention' && isObject(attrs) && typeof attrs.id === 'string') {
        const text = typeof attrs.text === 'string' ? attrs.text.replace(/^@/, '') : '';
        if (!found.has(attrs.id)) found.set(attrs.id, text);
      } else pending.push(...Object.values(value));
    }
  }
  return found;
}
