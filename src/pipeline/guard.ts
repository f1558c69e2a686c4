import { createHash } from 'node:crypto';
import type { DeleteReason, SourceModel } from '../connectors/contract.ts';
import type { Collected } from './collected.ts';
import { type DocumentKey, keyOf } from './links.ts';
import type { ManifestEntry } from './manifest.ts';

/** A scope that loses this many documents and this part of them in one run has probably failed to answer. */
const SUSPICIOUS_DOCUMENTS = 20;
const SUSPICIOUS_PART = 0.25;

/** Answers about the document itself that say where it went: no sign of a failed listing, however many there are. */
const EXPLAINED: ReadonlySet<RemovalReason> = new Set(['moved-out', 'restricted', 'excluded']);

export type RemovalReason = DeleteReason | 'unlisted';

export interface SourceRemovals {
  readonly removed: ReadonlyMap<string, RemovalReason>;
  /** Documents that are kept although they would go, by suspicious scope. */
  readonly suspicious: ReadonlyMap<string, readonly DocumentKey[]>;
}

/** What a scope loses by this run. */
interface ScopeLoss {
  size: number;
  /** Whether any document is in it after the run. */
  stays: boolean;
  /** Ids of those that went without an explanation of their own. */
  readonly lost: string[];
  /** Ids of tickets that left it and still answer. */
  readonly left: string[];
}

/**
 * Which documents of a source are gone. A document goes when the source says so, or when every scope it belongs to
 * is complete and none named it. Scopes that lose suspiciously much are held back unless `confirmed` says otherwise.
 *
 * That a ticket left its views is known from it and from their listings: it is no deletion, but a view that lost all
 * of its tickets has perhaps only failed to answer.
 */
export function decideRemovals(
  model: SourceModel,
  known: ReadonlyMap<string, ManifestEntry>,
  collected: Collected,
  confirmed: (keys: readonly DocumentKey[]) => boolean,
): SourceRemovals {
  const removed = new Map<string, RemovalReason>();
  if (collected.failure !== undefined) return { removed, suspicious: new Map() };

  const scopes = new Map<string, ScopeLoss>();
  for (const [id, { facts }] of known) {
    const own = model.scopes(facts);
    const reason = removalReason(id, own, collected);
    if (reason !== undefined) removed.set(id, reason);
    for (const scope of own) {
      const loss = scopes.get(scope) ?? {
        size: 0,
        stays: gains(model, scope, collected),
        lost: [],
        left: [],
      };
      scopes.set(scope, loss);
      loss.size += 1;
      if (reason === undefined) loss.stays ||= !collected.upserts.has(id);
      else if (reason === 'left-views') loss.left.push(id);
      else if (!EXPLAINED.has(reason)) loss.lost.push(id);
    }
  }

  const suspicious = new Map<string, DocumentKey[]>();
  for (const [scope, { size, stays, lost, left }] of scopes) {
    const isMass = lost.length >= SUSPICIOUS_DOCUMENTS && lost.length >= size * SUSPICIOUS_PART;
    const ids = stays ? (isMass ? lost : []) : [...lost, ...left];
    if (ids.length > 0) {
      suspicious.set(
        scope,
        ids.map((id) => keyOf({ source: model.source, id })),
      );
    }
  }
  if (confirmed([...suspicious.values()].flat())) return { removed, suspicious: new Map() };
  for (const keys of suspicious.values()) {
    for (const key of keys) removed.delete(key.slice(model.source.length + 1));
  }
  return { removed, suspicious };
}

function removalReason(
  id: string,
  scopes: readonly string[],
  collected: Collected,
): RemovalReason | undefined {
  const { upserts, present, failedDocuments, deletes, completed } = collected;
  if (upserts.has(id) || present.has(id) || failedDocuments.has(id)) return undefined;
  const reason = deletes.get(id);
  if (reason !== undefined) return reason;
  return scopes.length > 0 && scopes.every((scope) => completed.has(scope)) ? 'unlisted' : undefined;
}

function gains(model: SourceModel, scope: string, { upserts }: Collected): boolean {
  return upserts.values().some(({ facts }) => model.scopes(facts).includes(scope));
}

/** Names exactly these documents; the user gives it back to confirm that they go. */
export function deletionFingerprint(keys: Iterable<DocumentKey>): string {
  return createHash('sha256')
    .update([...new Set(keys)].sort().join('\n'))
    .digest('hex')
    .slice(0, 12);
}
