import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { KnownDocuments } from '../contract.ts';
import type { SlackClient } from './client.ts';
import type { User } from './schema.ts';

/** The workspace's names by id, as far as the token may see them. */
export class People {
  readonly #users = new Map<string, string>();
  readonly #groups = new Map<string, string>();
  /** Why names could not be asked for: documents then keep those that they have. */
  readonly failures: CtxError[] = [];

  /** What the repository calls them stands for those that are not told. */
  constructor(known: Pick<KnownDocuments, 'values'>) {
    for (const { people } of known.values())
      for (const [id, name] of Object.entries(people ?? {})) this.#users.set(id, name);
  }

  /** Asks for all of them. Groups need a scope that many apps have not: without it they stay ids. */
  async learn(client: SlackClient): Promise<void> {
    const users = await attempt(async () => {
      for await (const user of client.users()) this.#users.set(user.id, nameOf(user));
    });
    if (isCtxError(users)) this.failures.push(users);
    const groups = await attempt(() => client.userGroups());
    if (!isCtxError(groups))
      for (const { id, handle, name } of groups) this.#groups.set(id, handle || name || id);
    else if (!groups.is('slack.missing-scope')) this.failures.push(groups);
  }

  name(user: string): string | undefined {
    return this.#users.get(user);
  }

  /** The ids of those who are called so, in whatever case, or have this id. */
  called(name: string): string[] {
    const wanted = name.replace(/^@/, '').toLowerCase();
    return [...this.#users].flatMap(([id, known]) =>
      [id, known].some((each) => each.toLowerCase() === wanted) ? [id] : [],
    );
  }

  group(id: string): string | undefined {
    return this.#groups.get(id);
  }
}

/** As the workspace shows it. */
function nameOf({ id, name, real_name: real, profile }: User): string {
  return profile?.display_name || real || profile?.real_name || name || id;
}
