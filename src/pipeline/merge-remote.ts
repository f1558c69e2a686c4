import { join } from 'node:path';
import type { SourceModel } from '../connectors/contract.ts';
import type { Facts } from '../core/document.ts';
import { writeDocument } from '../frontmatter/write.ts';
import { divergenceFrom, type OwnCommit } from '../git/divergence.ts';
import type { Change, ContextRepo, Identity, Revision, TreeEntry } from '../git/repo.ts';
import {
  formerPaths,
  leadsElsewhere,
  type PendingChange,
  refuseForeignFiles,
  relinked,
  streamChanges,
  writeGenerated,
} from './changes.ts';
import { compareIds } from './layout.ts';
import { type DocumentKey, keyOf, LinkIndex } from './links.ts';
import { loadManifest, type Manifest, type ManifestEntry } from './manifest.ts';
import { commitMessage } from './message.ts';
import { runFolder } from './run-folder.ts';
import { Spool } from './spool.ts';
import { statePath } from './state.ts';

export interface MergeOptions {
  readonly repo: ContextRepo;
  readonly remote: string;
  readonly branch: string;
  /** Of all configured sources, in the order of the configuration. */
  readonly models: readonly SourceModel[];
  /** The sources that the last run has read. Of the others, it has at most linked documents anew. */
  readonly read: ReadonlySet<string>;
  /** Who commits what runs do. */
  readonly committer: Identity;
  readonly signal: AbortSignal;
}

/**
 * Puts this clone's runs on a branch that another runner has moved: its tree, with the documents, files and states of
 * the sources that were read here in place of its own, links and indexes made over the documents of all. No source is
 * asked. Answers false, with nothing moved, where this is not for a program to decide: the remote's history was
 * replaced, or a person committed here.
 */
export async function mergeRemote(options: MergeOptions): Promise<boolean> {
  const { repo, models, read, committer, signal } = options;
  const divergence = await divergenceFrom(repo, options);
  if (divergence === undefined) return false;
  const { theirs, own } = divergence;
  if (own.some(({ committer: { email } }) => email !== committer.email)) return false;
  const last = own.at(-1);
  if (last === undefined) {
    await repo.moveTo(theirs, { signal });
    return true;
  }
  const sources = models.map(({ source }) => source);
  const touched = new Set(own.flatMap((commit) => commit.differences.map(({ path }) => path)));
  const ours = new Set(sources.filter((source) => read.has(source) || touched.has(statePath(source))));
  const [here, there] = [await loadManifest(repo, sources), await loadManifest(repo, sources, theirs)];
  using spool = Spool.create(join(await runFolder(repo.gitDir), 'merge'));
  const pending = await differences({ repo, models, here, there, ours, spool });
  const isClosing = last.author.email === committer.email;
  const made = await repo.commit({
    onto: theirs,
    revisions: toldAgain(repo, isClosing ? own.slice(0, -1) : own, (path) => ours.has(sourceOf(path))),
    changes: streamChanges(pending, spool),
    message: isClosing ? last.message : commitMessage([], sources),
    ...{ author: committer, date: last.date, signal },
  });
  if (made === null) await repo.moveTo(theirs, { signal });
  return true;
}

/** The source whose runs write a path. */
function sourceOf(path: string): string {
  const [top = '', second = '', third] = path.split('/');
  if (top === 'attachments') return second;
  return top === '.ctx' && second === 'state' ? (third ?? '').replace(/\.yaml$/, '') : top;
}

/** The documents, files and state of the sources in a tree; a person's file in a source's folder is nobody else's. */
function ownPaths(manifest: Manifest, sources: ReadonlySet<string>): Set<string> {
  const paths = new Set<string>();
  for (const source of sources)
    for (const { path } of manifest.sources.get(source)?.values() ?? []) paths.add(path);
  for (const path of manifest.tree.keys()) {
    const [top, source = ''] = path.split('/');
    if (top === 'attachments' && sources.has(source)) paths.add(path);
  }
  for (const source of sources) if (manifest.tree.has(statePath(source))) paths.add(statePath(source));
  return paths;
}

interface Trees {
  readonly repo: ContextRepo;
  readonly models: readonly SourceModel[];
  readonly here: Manifest;
  readonly there: Manifest;
  /** The sources of which `here` counts. */
  readonly ours: ReadonlySet<string>;
  readonly spool: Spool;
}

/** A document of the merged tree, as one of the two trees has it, at the same path. */
interface MergedDocument {
  readonly path: string;
  readonly facts: Facts;
  readonly before: ManifestEntry;
  /** All documents of the tree that it is from, by path. */
  readonly former: ReadonlyMap<string, ManifestEntry>;
}

/** From the remote's tree to the merged one. */
async function differences({ repo, models, here, there, ours, spool }: Trees): Promise<PendingChange[]> {
  const sources = models.map(({ source }) => source);
  const [formerHere, formerThere] = [formerPaths(here), formerPaths(there)];
  const documents = sources.flatMap((source): MergedDocument[] => {
    const [manifest, former] = ours.has(source) ? [here, formerHere] : [there, formerThere];
    const entries = [...(manifest.sources.get(source)?.values() ?? [])];
    return entries
      .sort((a, b) => compareIds(a.facts.id, b.facts.id))
      .map((before) => ({ path: before.path, facts: before.facts, before, former }));
  });
  const paths = new Map<DocumentKey, string>(documents.map(({ path, facts }) => [keyOf(facts), path]));
  refuseForeignFiles(there, paths.values());
  const index = new LinkIndex(
    models,
    documents.map(({ facts }) => facts),
    paths,
  );
  const outdated = new Map(
    documents
      .filter(({ before, former }) =>
        before.destinations.some((destination) =>
          leadsElsewhere(before, destination, former, { index, paths }),
        ),
      )
      .map((document) => [document.path, document]),
  );
  const [oursHere, oursThere] = [ownPaths(here, ours), ownPaths(there, ours)];
  const copied = [...oursHere]
    .filter((path) => !outdated.has(path) && here.tree.get(path) !== there.tree.get(path))
    .map((path): TreeEntry => ({ path, oid: here.tree.get(path) as string }));

  const pending: PendingChange[] = [];
  for await (const { path, content } of repo.read(copied))
    pending.push({ path, content: spool.put(content) });
  for await (const { path, content } of repo.read([...outdated.values()].map(({ before }) => before))) {
    const document = outdated.get(path) as MergedDocument;
    const { body, description } = relinked(content, document, document.former, index);
    pending.push({ path, content: spool.put(writeDocument(document.facts, body, description)) });
  }
  for (const path of oursThere) if (!oursHere.has(path)) pending.push({ path, content: null });
  await writeGenerated(repo, there, models, documents, spool, pending);
  return pending;
}

/** What this clone's commits did to its sources, to be done again on another commit. */
async function* toldAgain(
  repo: ContextRepo,
  commits: readonly OwnCommit[],
  isOurs: (path: string) => boolean,
): AsyncGenerator<Revision> {
  for (const { message, author, date, differences } of commits) {
    const changes: Change[] = [];
    const written: TreeEntry[] = [];
    for (const { path, new: next } of differences) {
      if (!isOurs(path)) continue;
      if (next) written.push({ path, oid: next.oid });
      else changes.push({ path, content: null });
    }
    for await (const { path, content } of repo.read(written)) changes.push({ path, content });
    yield { changes, message, author, date };
  }
}
