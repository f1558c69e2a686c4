import type { Facts } from '../../core/document.ts';
import { percentDecode } from '../../core/percent-decode.ts';
import type { SourceModel } from '../contract.ts';
import { addressedBy, messageUrl, shortHash } from './addresses.ts';

/** The scope of the listing of an account's messages. */
export function accountScope(account: string): string {
  return `account:${account}`;
}

const LAYOUT = `E-mail: \`ACCOUNT/YEAR/MONTH/\`, a file for each thread, in the month of its first message.`;

/** What can be said of a mailbox's threads from their facts. A thread is called by the ids of all of its messages. */
export function emailModel(source: string): SourceModel {
  return {
    source,
    layout: LAYOUT,
    placement({ id, title, space, created }) {
      const { year, month, day } = dayOf(created);
      const dated = year && month ? ([year, month] as const) : (['undated'] as const);
      const folder = space ? ([space, ...dated] as const) : dated;
      // A list's `[tag]` would leave a hyphen of its own behind the prefix.
      const name = title.replace(/^[^\p{L}\p{N}]+/u, '');
      return { folder, name, prefix: shortHash(id), shard: day ?? 'undated' };
    },
    containers: () => [],
    scopes: ({ space }) => (space ? [accountScope(space)] : []),
    names: ({ id, aliases = [] }: Facts) => [...new Set([id, ...aliases])].map(messageUrl),
    resolve(url) {
      const message = addressedBy(url)?.message;
      if (message === undefined) return undefined;
      const name = messageUrl(percentDecode(message));
      return { name, url: name };
    },
  };
}

function dayOf(date = '') {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  return { year, month, day };
}
