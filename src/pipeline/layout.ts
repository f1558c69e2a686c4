import type { Container, Placement } from '../connectors/contract.ts';
import { folderSlug, foldName, idSlug, isReserved, slug } from './slug.ts';

/** A folder with more entries than this is split by the documents' shards: git slows down in large folders. */
const MAX_ENTRIES = 2500;
/** Deeper documents stay in the folder of their ancestor at this depth, so that paths stay within file systems' bounds. */
const MAX_DEPTH = 12;

/** A document to lay out; `id` is unique within the source. */
export interface LayoutDocument {
  readonly id: string;
  readonly placement: Placement;
}

interface Node {
  readonly id: string;
  readonly folder: NamedFolder;
  readonly parent: string | undefined;
  readonly stem: string;
  readonly shard: string;
  readonly root: boolean;
  readonly isDocument: boolean;
}

/** A fixed folder by its names; one object for all nodes in it. */
interface NamedFolder {
  readonly names: readonly string[];
  /** The names as one word, to group by. */
  readonly key: string;
}

/**
 * Paths of a source's documents, below `source`: a pure function of the set of documents and containers. The order
 * of the input has no effect. Names that collide on a case-insensitive file system are told apart by id: the smallest
 * keeps the bare name.
 */
export function layOut(
  source: string,
  documents: Iterable<LayoutDocument>,
  containers: Iterable<Container>,
): Map<string, string> {
  const nodes = collectNodes(documents, containers);
  const parents = effectiveParents(nodes);
  const siblings = groupSiblings(nodes, parents);
  const fixed = fixedFolders(source, nodes.values());
  /** Of nodes that have others below them. */
  const folders = new Map<string, string>();
  const paths = new Map<string, string>();

  const place = (folder: string, group: readonly Node[]) => {
    const names = distinctNames(group, fixed.names.get(folder));
    const entries = group.reduce(
      (sum, { id, isDocument }) => sum + Number(isDocument) + Number(siblings.below.has(id)),
      0,
    );
    const sharded = entries > MAX_ENTRIES;
    for (const node of group) {
      const name = names.get(node) as string;
      const stem = sharded ? `${folder}/${slug(node.shard) || 'other'}/${name}` : `${folder}/${name}`;
      if (node.isDocument) paths.set(node.id, `${stem}.md`);
      if (siblings.below.has(node.id)) folders.set(node.id, stem);
    }
  };
  for (const [key, group] of siblings.tops) place(fixed.pathOf(key), group);
  // Those that are found on the way follow.
  for (const [id, folder] of folders) place(folder, siblings.below.get(id) as Node[]);
  return paths;
}

function collectNodes(
  documents: Iterable<LayoutDocument>,
  containers: Iterable<Container>,
): Map<string, Node> {
  const nodes = new Map<string, Node>();
  const folders = new Map<string, NamedFolder>();
  const named = (names: readonly string[]): NamedFolder => {
    const key = JSON.stringify(names);
    const folder = folders.get(key) ?? { names, key };
    folders.set(key, folder);
    return folder;
  };
  for (const { id, title, folder, parent } of containers) {
    const stem = slug(title);
    nodes.set(id, { id, folder: named(folder), parent, stem, shard: '', root: false, isDocument: false });
  }
  for (const { id, placement } of documents) {
    const { folder, parent, name, prefix, shard, root = false } = placement;
    const stem = slug(name, prefix);
    nodes.set(id, { id, folder: named(folder), parent, stem, shard, root, isDocument: true });
  }
  return nodes;
}

/**
 * The node whose folder each node lives in. A parent that is absent, in another folder, the root of its folder or part
 * of a cycle gives none.
 */
function effectiveParents(nodes: Map<string, Node>): Map<string, string | undefined> {
  const depths = new Map<string, number>();
  const result = new Map<string, string | undefined>();
  const parentOf = (node: Node) => {
    const parent = node.parent === undefined ? undefined : nodes.get(node.parent);
    return parent && !parent.root && parent.folder === node.folder ? parent : undefined;
  };
  for (const start of nodes.values()) {
    if (depths.has(start.id)) continue;
    const chain: Node[] = [];
    const seen = new Set<string>();
    let node: Node | undefined = start;
    while (node && !depths.has(node.id) && !seen.has(node.id)) {
      seen.add(node.id);
      chain.push(node);
      node = parentOf(node);
    }
    const inCycle =
      node && seen.has(node.id) ? new Set(chain.slice(chain.indexOf(node)).map(({ id }) => id)) : undefined;
    for (const item of chain.reverse()) {
      const parent = inCycle?.has(item.id) ? undefined : parentOf(item);
      const depth = parent ? (depths.get(parent.id) as number) + 1 : 0;
      if (parent && depth > MAX_DEPTH) {
        depths.set(item.id, MAX_DEPTH);
        result.set(item.id, result.get(parent.id));
      } else {
        depths.set(item.id, depth);
        result.set(item.id, parent?.id);
      }
    }
  }
  return result;
}

function groupSiblings(nodes: Map<string, Node>, parents: Map<string, string | undefined>) {
  const tops = new Map<string, Node[]>();
  const below = new Map<string, Node[]>();
  for (const node of nodes.values()) {
    const parent = parents.get(node.id);
    const groups = parent === undefined ? tops : below;
    const key = parent ?? node.folder.key;
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return { tops, below };
}

interface FixedFolders {
  /** The path of a fixed folder, by its key. */
  pathOf(folderKey: string): string;
  /** Path of a folder → folded names of the fixed folders in it, which no document's folder may share. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A folder by the names that it has in its source. */
interface Folder {
  readonly below: Map<string, Folder>;
}

/** Names the fixed folders such that any file system takes them, and none takes two for one: the smallest keeps its name. */
function fixedFolders(source: string, nodes: Iterable<Node>): FixedFolders {
  const root: Folder = { below: new Map() };
  for (const { folder } of nodes) {
    let at = root;
    for (const name of folder.names) {
      const next = at.below.get(name) ?? { below: new Map() };
      at.below.set(name, next);
      at = next;
    }
  }
  const paths = new Map<string, string>();
  const names = new Map<string, ReadonlySet<string>>();
  const name = ({ below }: Folder, keys: readonly string[], path: string) => {
    paths.set(JSON.stringify(keys), path);
    const taken = new Set<string>();
    for (const [key, folder] of [...below].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const stem = folderSlug(key);
      let own = stem;
      for (let n = 2; isReserved(own) || taken.has(foldName(own)); n++) own = `${stem}-${n}`;
      taken.add(foldName(own));
      name(folder, [...keys, key], `${path}/${own}`);
    }
    names.set(path, taken);
  };
  name(root, [], source);
  return { names, pathOf: (key) => paths.get(key) as string };
}

function distinctNames(group: readonly Node[], fixed: ReadonlySet<string> = new Set()): Map<Node, string> {
  const byStem = new Map<string, Node[]>();
  for (const node of group) {
    const key = foldName(node.stem);
    const same = byStem.get(key);
    if (same) same.push(node);
    else byStem.set(key, [node]);
  }
  const names = new Map<Node, string>();
  const taken = new Set(fixed);
  const isFree = (name: string) => name !== '' && !isReserved(name) && !taken.has(foldName(name));
  const withId: Node[] = [];
  for (const nodes of byStem.values()) {
    nodes.sort((a, b) => compareIds(a.id, b.id));
    const [first, ...others] = nodes as [Node, ...Node[]];
    if (isFree(first.stem)) {
      names.set(first, first.stem);
      taken.add(foldName(first.stem));
    } else withId.push(first);
    withId.push(...others);
  }
  // A bare name may look like another's name with an id ("a-12" beside the page 12 called "a").
  for (const node of withId.sort((a, b) => compareIds(a.id, b.id))) {
    const own = idSlug(node.id);
    let name = node.stem === '' ? own : `${node.stem}-${own}`;
    while (!isFree(name)) name += `-${own}`;
    taken.add(foldName(name));
    names.set(node, name);
  }
  return names;
}

const NUMERIC = /^\d+$/;

/** Numeric ids by number, others by code unit; numbers first. Only equal ids are equal. */
export function compareIds(a: string, b: string): number {
  const isNumeric = NUMERIC.test(a);
  if (isNumeric !== NUMERIC.test(b)) return isNumeric ? -1 : 1;
  if (isNumeric) {
    const [x, y] = [withoutZeros(a), withoutZeros(b)];
    if (x.length !== y.length) return x.length - y.length;
    if (x !== y) return x < y ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

const withoutZeros = (digits: string): string => (digits[0] === '0' ? digits.replace(/^0+/, '') : digits);
