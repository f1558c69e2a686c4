import { readSubject, subjectKey } from './subject.ts';

/** What threading needs of a message: enough to find threads without holding any text. */
export interface ThreadHeaders {
  readonly id: string;
  /** Tells different messages of one id apart. */
  readonly digest: string;
  /** Of what it answers, the oldest first. */
  readonly references: readonly string[];
  readonly subject: string;
  /** ISO 8601 in UTC. */
  readonly date?: string;
  readonly from: readonly { readonly address: string }[];
  readonly to: readonly { readonly address: string }[];
  readonly cc: readonly { readonly address: string }[];
  /** The thread that its server puts it into, where that tells. */
  readonly thread?: string;
}

export interface ThreadedMail<M extends ThreadHeaders> {
  /** The message's id; of one that bears another's, its digest is added. */
  readonly id: string;
  readonly mail: M;
  /** The message that it answers, if that one is there. */
  readonly parent?: string;
}

export interface MailThread<M extends ThreadHeaders> {
  /**
   * The id of the message that the thread began with, whether it is there or not. It stays as later messages arrive,
   * but for one case: the beginning is missing, and a message tells what it answered. Then that thread has become a part
   * of another, whose id it takes; the former id is one of the ids within it.
   */
  readonly id: string;
  /** By date, each behind the one it answers. */
  readonly mails: readonly ThreadedMail<M>[];
}

/** An answer without references is taken for one to a thread of its subject that began no longer ago. */
const MAX_SUBJECT_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Threads by references (https://www.jwz.org/doc/threading.html), as a function of the set of messages: their order
 * has no effect. What a message answers is for itself to say; of a message that is missing, the earliest that names it
 * is believed. So messages that tell the truth are never moved by later ones. A message that names no other begins a thread, unless its
 * subject says that it answers: then it belongs to the latest thread of that subject which began before it and which it
 * shares a person with. Where the server tells threads, they are those.
 */
export function threadMails<M extends ThreadHeaders>(mails: Iterable<M>): MailThread<M>[] {
  const present = distinct(mails);
  const parents = parentsOf(present);
  breakCycles(parents, present);
  joinBySubject(parents, present);
  return [...groupsOf(present, rootsIn(parents))]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, ids]) => ({ id, mails: inOrder(ids, parents, present) }));
}

/** The ids of each thread's messages in the order of time, by the id of the thread. */
function groupsOf(
  present: ReadonlyMap<string, ThreadHeaders>,
  roots: (id: string) => string,
): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const [id, { thread }] of present) {
    const key = thread === undefined ? `root ${roots(id)}` : `server ${thread}`;
    const group = members.get(key);
    if (group) group.push(id);
    else members.set(key, [id]);
  }
  const groups = new Map<string, string[]>();
  for (const ids of members.values()) {
    const [first = ''] = ids;
    const root = roots(first);
    // Servers part long threads: only one part has the beginning.
    const isElsewhere = groups.has(root) || (present.has(root) && !ids.includes(root));
    groups.set(isElsewhere ? first : root, ids);
  }
  return groups;
}

/** By date, those without one first: they say nothing that could be earlier. */
function compareMails<M extends ThreadHeaders>(a: M, b: M): number {
  return compare(a.date ?? '', b.date ?? '') || compare(a.id, b.id) || compare(a.digest, b.digest);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Messages by id, in the order of time. Copies (of one author, time and subject) are one message: a list adds a footer to
 * its own. Of others, the first keeps the id.
 */
function distinct<M extends ThreadHeaders>(mails: Iterable<M>): Map<string, M> {
  const found = new Map<string, M>();
  for (const mail of [...mails].sort(compareMails)) {
    const first = found.get(mail.id);
    if (!first) found.set(mail.id, mail);
    else if (!isCopy(first, mail)) found.set(`${mail.id}~${mail.digest.slice(0, 10)}`, mail);
  }
  return found;
}

function isCopy(a: ThreadHeaders, b: ThreadHeaders): boolean {
  return (
    a.digest === b.digest ||
    (a.date === b.date &&
      a.from[0]?.address === b.from[0]?.address &&
      subjectKey(a.subject) === subjectKey(b.subject))
  );
}

function parentsOf<M extends ThreadHeaders>(present: ReadonlyMap<string, M>): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, { references }] of present) {
    const parent = references.findLast((reference) => reference !== id);
    if (parent !== undefined) parents.set(id, parent);
  }
  // What others say, the earliest first, of those that cannot say it themselves.
  const told = new Map<string, string>();
  for (const { references } of present.values()) {
    for (const [index, id] of references.entries()) {
      const parent = references[index - 1];
      if (parent !== undefined && parent !== id && !present.has(id) && !told.has(id)) told.set(id, parent);
    }
  }
  for (const [id, parent] of told) parents.set(id, parent);
  return parents;
}

/** In each cycle, the earliest message that is there begins the thread; else the smallest id. */
function breakCycles(parents: Map<string, string>, present: ReadonlyMap<string, ThreadHeaders>): void {
  const rank = (id: string) => `${present.has(id) ? 0 : 1} ${present.get(id)?.date ?? ''} ${id}`;
  const done = new Set<string>();
  for (const start of [...parents.keys()]) {
    const path = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = parents.get(at);
    }
    if (at !== undefined && path.has(at)) {
      const cycle = [...path].slice([...path].indexOf(at));
      parents.delete(cycle.reduce((first, id) => (compare(rank(id), rank(first)) < 0 ? id : first)));
    }
    for (const id of path) done.add(id);
  }
}

/** The root of any id, remembered for all on the way. */
function rootsIn(parents: ReadonlyMap<string, string>): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const path: string[] = [];
    let at = id;
    for (let parent = parents.get(at); !known.has(at) && parent !== undefined; parent = parents.get(at)) {
      path.push(at);
      at = parent;
    }
    const root = known.get(at) ?? at;
    for (const step of path) known.set(step, root);
    return root;
  };
}

interface Beginning {
  readonly root: string;
  readonly date: number;
  readonly people: ReadonlySet<string>;
}

function joinBySubject<M extends ThreadHeaders>(
  parents: Map<string, string>,
  present: ReadonlyMap<string, M>,
): void {
  const roots = rootsIn(parents);
  const beginnings = new Map<string, Beginning[]>();
  const seen = new Set<string>();
  // In the order of time, so that each finds the threads that began before it.
  for (const [id, mail] of present) {
    const root = roots(id);
    // A thread begins with its root, whatever its answers say of their time; without it, with the first that is there.
    if (mail.date === undefined || seen.has(root) || (root !== id && present.has(root))) continue;
    seen.add(root);
    const key = subjectKey(mail.subject);
    if (key === '') continue;
    const same = beginnings.get(key) ?? [];
    beginnings.set(key, same);
    const own: Beginning = { root, date: Date.parse(mail.date), people: peopleIn(mail) };
    const joins =
      root === id &&
      mail.thread === undefined &&
      mail.references.length === 0 &&
      readSubject(mail.subject).isReply;
    const joined = joins
      ? same.findLast(
          ({ date, people }) =>
            own.date - date <= MAX_SUBJECT_DAYS * DAY_MS &&
            [...own.people].some((person) => people.has(person)),
        )
      : undefined;
    if (joined) parents.set(id, joined.root);
    else same.push(own);
  }
}

function peopleIn({ from, to, cc }: ThreadHeaders): Set<string> {
  return new Set([...from, ...to, ...cc].map(({ address }) => address).filter((address) => address !== ''));
}

/** `ids` are in the order of time. */
function inOrder<M extends ThreadHeaders>(
  ids: readonly string[],
  parents: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, M>,
): ThreadedMail<M>[] {
  const own = new Set(ids);
  /** The nearest message before it that is there. */
  const parentOf = (id: string) => {
    let at = parents.get(id);
    while (at !== undefined && !present.has(at)) at = parents.get(at);
    return at;
  };
  const below = new Map<string | undefined, string[]>();
  for (const id of ids) {
    const parent = parentOf(id);
    const key = parent !== undefined && own.has(parent) ? parent : undefined;
    const siblings = below.get(key);
    if (siblings) siblings.push(id);
    else below.set(key, [id]);
  }
  const position = new Map(ids.map((id, index) => [id, index]));
  const result: ThreadedMail<M>[] = [];
  const waiting = [...(below.get(undefined) ?? [])];
  while (waiting.length > 0) {
    const next = waiting.reduce((first, id) =>
      (position.get(id) ?? 0) < (position.get(first) ?? 0) ? id : first,
    );
    waiting.splice(waiting.indexOf(next), 1);
    const parent = parentOf(next);
    result.push({ id: next, mail: present.get(next) as M, ...(parent !== undefined && { parent }) });
    waiting.push(...(below.get(next) ?? []));
  }
  return result;
}
