import type { Facts } from '../core/document.ts';
import { writeDocument } from '../frontmatter/write.ts';
import type { Identity, Revision } from '../git/repo.ts';
import { linkDocument } from '../markdown/links.ts';
import { attachmentLinks } from './attachments/links.ts';
import type { FinalDocument } from './changes.ts';
import type { CollectedRevision } from './collected.ts';
import { keyOf, type LinkIndex } from './links.ts';
import { inert, shorten } from './message.ts';
import type { Spool, SpoolRange } from './spool.ts';

export interface RevisionsOptions {
  /** Documents with revisions, in the order of the next tree, and the bytes that the run writes for each. */
  readonly told: ReadonlyMap<FinalDocument, SpoolRange>;
  readonly revisionsOf: (facts: Facts) => readonly CollectedRevision[];
  /** All paths of HEAD. */
  readonly taken: ReadonlyMap<string, string>;
  /** Paths of all documents of the next tree. */
  readonly next: ReadonlySet<string>;
  readonly index: LinkIndex;
  readonly spool: Spool;
  /** What HEAD has of these documents is taken out first, so that each line is of the revision that brought it. */
  readonly isAnew: (facts: Facts) => boolean;
  readonly committer: Identity;
}

/** What the documents' revisions are told by, and the time of the last one. */
export interface ToldRevisions {
  readonly revisions: AsyncIterable<Revision>;
  readonly count: number;
  readonly last: Date;
  /** Paths of the next tree whose documents are told to the end: the run's commit does nothing to them. */
  readonly whole: ReadonlySet<string>;
  /** Paths that no document of the next tree has, nor had one of HEAD's: the run's commit takes them away. */
  readonly temporary: readonly string[];
}

interface Step {
  readonly path: string;
  readonly collected: CollectedRevision;
  /** Its bytes, if they are written already. */
  readonly written: SpoolRange | undefined;
}

/**
 * The commits of all revisions of a run, in the order in which they happened. Each changes its own document alone, at
 * the path that the document has in HEAD: what else follows from a change (other names, links of others) is left to
 * the run's own commit, which then moves a document without changing it.
 */
export function tellRevisions(options: RevisionsOptions): ToldRevisions | undefined {
  const { told, revisionsOf, isAnew } = options;
  const places = placesOf(options);
  const steps = [...told].flatMap(([document, content]): Step[] => {
    const path = places.get(document) as string;
    const revisions = revisionsOf(document.facts);
    return revisions.map((collected, n) => {
      const isLast = n === revisions.length - 1 && path === document.path;
      return { path, collected, written: isLast ? content : undefined };
    });
  });
  // Stable: what happened at one moment stays in the order of the documents.
  steps.sort((a, b) => timeOf(a) - timeOf(b));
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const documents = [...told.keys()];
  const former = documents.filter(({ facts, before }) => before !== undefined && isAnew(facts));
  return {
    count: steps.length,
    last: new Date(timeOf(last)),
    whole: new Set(steps.flatMap(({ path, written }) => (written ? [path] : []))),
    temporary: [...places].flatMap(([{ path, before }, place]) =>
      before === undefined && place !== path ? [place] : [],
    ),
    revisions: stream(steps, former, new Date(timeOf(first)), options),
  };
}

/**
 * Where each document's revisions are told: its path in HEAD. A new document has its own, unless HEAD has another one
 * there, which leaves with the run's commit.
 */
function placesOf({ told, taken, next }: RevisionsOptions): Map<FinalDocument, string> {
  const free = ({ facts, path }: FinalDocument): string => {
    let place = path;
    while (taken.has(place) || (place !== path && next.has(place)))
      place = `${place.slice(0, -'.md'.length)}-${facts.id}.md`;
    return place;
  };
  return new Map(
    told
      .keys()
      .map((document): [FinalDocument, string] => [document, document.before?.path ?? free(document)]),
  );
}

async function* stream(
  steps: readonly Step[],
  former: readonly FinalDocument[],
  begin: Date,
  { index, spool, committer }: RevisionsOptions,
): AsyncGenerator<Revision> {
  if (former.length > 0) {
    const changes = former.flatMap(({ before }) => (before ? [{ path: before.path, content: null }] : []));
    const sources = [...new Set(former.map(({ facts }) => facts.source))].join(', ');
    const subject = `Take out ${former.length} documents, to tell how they came about`;
    const message = `${subject}\n\nBackfill: ${sources}`;
    yield { changes, message, author: committer, date: begin };
  }
  for (const step of steps) {
    const { path, collected, written } = step;
    const content = written ? spool.get(written) : await documentAt(path, collected, index, spool);
    yield {
      changes: [{ path, content }],
      message: messageOf(collected),
      author: authorOf(collected) ?? committer,
      date: new Date(timeOf(step)),
    };
  }
}

async function documentAt(
  path: string,
  collected: CollectedRevision,
  index: LinkIndex,
  spool: Spool,
): Promise<string> {
  const file = attachmentLinks(path, collected);
  const body = linkDocument(
    spool.get(collected.text),
    (destination) => file(destination) ?? index.link(path, destination),
  );
  return writeDocument(collected.facts, body, collected.description && spool.get(collected.description));
}

/** What has no date comes first. */
const timeOf = ({ collected }: Step): number => Date.parse(collected.revision.date) || 0;

/**
 * Accounts hide their addresses, so that one is made of what tells them apart, which a `.mailmap` can map
 * (https://git-scm.com/docs/gitmailmap).
 */
function authorOf({ revision: { author }, facts }: CollectedRevision): Identity | undefined {
  return author && { name: author.name, email: `${author.id}@${new URL(facts.url).hostname}` };
}

/** A subject, and trailers that lead from a line to the place in the source that it comes from. */
function messageOf({ revision, facts }: CollectedRevision): string {
  const { message, number, url } = revision;
  const what = inert(message ?? '') || (number === undefined ? 'changed' : `version ${number}`);
  const trailers = [
    `Document: ${keyOf(facts)}`,
    ...(number === undefined ? [] : [`Revision: ${number}`]),
    ...(url === undefined ? [] : [`Url: ${url}`]),
  ];
  return `${shorten(`${inert(facts.key ?? facts.title)}: ${what}`)}\n\n${trailers.join('\n')}\n`;
}

/** Attachments as the document has them now: only today's files are kept. */
export function withTodaysFiles(
  revisions: ReadonlyMap<string, CollectedRevision[]>,
  upserts: ReadonlyMap<string, { readonly facts: Facts }>,
): void {
  for (const [id, told] of revisions) {
    const files = new Map(upserts.get(id)?.facts.attachments?.map((file) => [file.id, file]));
    for (const [n, each] of told.entries()) {
      const attachments = each.facts.attachments?.map((file) => files.get(file.id) ?? file);
      if (attachments) told[n] = { ...each, facts: { ...each.facts, attachments } };
    }
  }
}
