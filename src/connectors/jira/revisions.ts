import type { Facts } from '../../core/document.ts';
import type { Revision, RevisionsWanted } from '../contract.ts';
import { toTell } from '../revisions.ts';
import type { CompleteIssue } from './complete.ts';
import { changesIn } from './history.ts';
import { browseUrl } from './reading.ts';
import { issueAt } from './rewind.ts';
import type { User } from './schema.ts';

/** A change of an issue, and the issue as it left it. */
export interface ToldIssue {
  readonly revision: Revision;
  /** Absent for the last change: that is the issue as it is now. */
  readonly complete?: CompleteIssue;
}

export interface TellOptions {
  readonly siteUrl: string;
  /** How the repository has the issue. */
  readonly facts: Facts | undefined;
  readonly wanted: RevisionsWanted;
  readonly nameOf: (person: User) => string | undefined;
}

/** What happened to an issue, in the order of time: its making, its changelog, its comments. */
export function* tellIssue(complete: CompleteIssue, options: TellOptions): Generator<ToldIssue> {
  const { facts, wanted } = options;
  const happenings = happeningsOf(complete, options);
  const known = wanted.anew ? undefined : facts?.updated;
  const told =
    known === undefined ? toTell(happenings, wanted) : happenings.filter(({ date }) => date > known);
  for (const [n, revision] of told.entries()) {
    if (n === told.length - 1) yield { revision };
    else yield { revision, complete: issueAt(complete, revision.date) };
  }
}

function happeningsOf(
  { issue, comments, histories }: CompleteIssue,
  { siteUrl, nameOf }: TellOptions,
): Revision[] {
  const url = browseUrl(siteUrl, issue.key);
  const by = (person: User | null | undefined): Pick<Revision, 'author'> => {
    const id = person?.accountId;
    return person && id ? { author: { id, name: nameOf(person) ?? id } } : {};
  };
  const { created, creator, reporter } = issue.fields;
  const made = created
    ? [{ date: created, ...by((creator as User | undefined) ?? reporter), message: 'created', url }]
    : [];
  const changes = histories.flatMap(({ created: date, author, items }): Revision[] => {
    const words = (items ?? []).flatMap(changesIn);
    return date && words.length > 0 ? [{ date, ...by(author), message: words.join('; '), url }] : [];
  });
  const written = comments.flatMap(({ id, created: date, updated, author, updateAuthor }): Revision[] => {
    if (!date) return [];
    const place = `${url}?focusedCommentId=${id}`;
    const edited = updated && updated > date ? [{ date: updated, ...by(updateAuthor ?? author) }] : [];
    return [
      { date, ...by(author), message: 'comment', url: place },
      ...edited.map((each) => ({ ...each, message: 'comment edited', url: place })),
    ];
  });
  return [...made, ...changes, ...written].sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
}
