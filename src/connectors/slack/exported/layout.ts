import { ctxError } from '../../../core/errors/index.ts';

/*
 * How an export is laid out (https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports): lists of people and
 * conversations, and a folder for each conversation with a file for each day on which something was said. An organization's
 * export has that twice, for what all workspaces share and, in `teams/NAME/`, for each workspace.
 */

const PEOPLE = ['users.json', 'org_users.json'] as const;

/** The list of each kind of conversation. */
export const LISTS = {
  mpim: 'mpims.json',
  im: 'dms.json',
  private_channel: 'groups.json',
  public_channel: 'channels.json',
} as const;
export type ListedKind = keyof typeof LISTS;

const LISTED: readonly string[] = [...PEOPLE, ...Object.values(LISTS)];

export interface ExportLayout {
  /** The lists of people there are. */
  readonly people: readonly string[];
  readonly conversations: readonly {
    readonly kind: ListedKind;
    readonly file: string;
    readonly root: string;
  }[];
  /** The files of the days of a folder below a root, by the day that each is called by. */
  days(root: string, folder: string): ReadonlyMap<string, string>;
}

/** Undefined if no list of conversations is there. Fails with `slack.unknown-workspace` where it takes a name to choose. */
export function layoutOf(
  names: readonly string[],
  { source, workspace }: { readonly source: string; readonly workspace: string | undefined },
): ExportLayout | undefined {
  const files = new Set(names);
  const roots = rootsOf(names, source, workspace);
  const conversations = roots.flatMap((root) =>
    (Object.keys(LISTS) as ListedKind[])
      .map((kind) => ({ kind, root, file: root + LISTS[kind] }))
      .filter(({ file }) => files.has(file)),
  );
  if (conversations.length === 0) return undefined;
  const folders = new Map<string, Map<string, string>>();
  for (const name of names) {
    const [, folder, day] = /^(.*\/)(\d{4}-\d\d-\d\d)\.json$/.exec(name) ?? [];
    if (folder === undefined || day === undefined) continue;
    const key = folder.normalize();
    const days = folders.get(key) ?? new Map<string, string>();
    folders.set(key, days.set(day, name));
  }
  return {
    people: roots.flatMap((root) => PEOPLE.map((file) => root + file)).filter((file) => files.has(file)),
    conversations,
    days: (root, folder) => folders.get(`${root}${folder}/`.normalize()) ?? new Map(),
  };
}

/** The folders with lists: the outermost (programs that unpack like to add one), and that of a workspace below it. */
function rootsOf(names: readonly string[], source: string, workspace: string | undefined): string[] {
  const listed = names.flatMap((name) => {
    const slash = name.lastIndexOf('/') + 1;
    return LISTED.includes(name.slice(slash)) ? [name.slice(0, slash)] : [];
  });
  const depth = (folder: string) => folder.split('/').length;
  const [outermost = ''] = [...new Set(listed)].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const base = outermost.replace(/(^|\/)teams\/[^/]+\/$/, '$1');
  const teams = new Map(
    listed.flatMap((folder) => {
      const [, team] =
        /^teams\/([^/]+)\/$/.exec(folder.startsWith(base) ? folder.slice(base.length) : '') ?? [];
      return team === undefined ? [] : [[team, folder] as const];
    }),
  );
  if (teams.size === 0) return [base];
  const known = [...teams.keys()].sort();
  const team =
    known.length === 1 ? known[0] : known.find((name) => asAddress(name) === asAddress(workspace ?? ''));
  if (team === undefined) throw ctxError('slack.unknown-workspace', { source, known });
  return [base, teams.get(team) as string];
}

const asAddress = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
