import { createHash } from 'node:crypto';
import type { DeleteReason, SourceModel } from '../connectors/contract.ts';
import type { Collected } from './collect.ts';
import { type DocumentKey, keyOf } from './links.ts';
import type { ManifestEntry } from './manifest.ts';

/** A scope that loses this many documents and this part of them in one run has probably failed to answer. */
const SUSPICIOUS_DOCUMENTS = 20;
const SUSPICIOUS_PART = 0.25;

/** Answers that say where a document went, so that losing many of them at once is no sign of a failed listing. */
const EXPLAINED: ReadonlySet<DeleteReason> = new Set(['left-views', 'moved-out', 'restricted']);

export type RemovalReason = DeleteReason | 'unlisted';

export interface SourceRemovals {
  readonly removed: ReadonlyMap<string, RemovalReason>;
  /** Documents that are kept although they would go, by suspicious scope. */
  readonly suspicious: ReadonlyMap<string, readonly DocumentKey[]>;
}

/**
 * Which documents of a source are gone. A document goes when the source says so, or when every scope it belongs to
 * is complete and none named it. Scopes that lose suspiciously much are held back unless `confirmed` says otherwise.
 */
export function decideRemovals(
  model: SourceModel,
  known: ReadonlyMap<string, ManifestEntry>,
  collected: Collected,
  confirmed: (keys: readonly DocumentKey[]) => boolean,
): SourceRemovals {
  const removed = new Map<string, RemovalReason>();
  if (collected.failure !== undefined) return { removed, suspicious: new Map() };

  const sizes = new Map<string, number>();
  const unexplained = new Map<string, string[]>();
  for (const [id, { facts }] of known) {
    const scopes = model.scopes(facts);
    for (const scope of scopes) sizes.set(scope, (sizes.get(scope) ?? 0) + 1);
    const reason = removalReason(id, scopes, collected);
    if (reason === undefined) continue;
    removed.set(id, reason);
    if (reason !== 'unlisted' && EXPLAINED.has(reason)) continue;
    for (const scope of scopes) unexplained.set(scope, [...(unexplained.get(scope) ?? []), id]);
  }

  const suspicious = new Map<string, DocumentKey[]>();
  for (const [scope, ids] of unexplained) {
    const size = sizes.get(scope) ?? 0;
    const emptied = ids.length === size && !gains(model, scope, collected);
    if (emptied || (ids.length >= SUSPICIOUS_DOCUMENTS && ids.length >= size * SUSPICIOUS_PART)) {
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
