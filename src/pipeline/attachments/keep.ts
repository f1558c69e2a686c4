import { isUnsettled } from '../../connectors/attachments.ts';
import type { AttachmentPolicy, Connector } from '../../connectors/contract.ts';
import { concurrently } from '../../core/concurrently.ts';
import type { AttachmentFacts, SourceAttachment, Warning } from '../../core/document.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { addCounts, foundAnything, NOTHING_GUARDED } from '../../redact/tally.ts';
import type { Collected } from '../collected.ts';
import type { ManifestEntry } from '../manifest.ts';
import { type Fate, fetchAttachment } from './fetch.ts';
import type { FileSpool } from './file-spool.ts';
import { isBinaryName } from './kind.ts';
import { isAttachmentPath } from './place.ts';

/** Downloads at a time; the HTTP client bounds what is sent. */
const CONCURRENT = 4;
/** After so many failures in a row the service is left alone until the next run. */
const FAILURES_IN_A_ROW = 5;

export interface KeepOptions {
  readonly collected: Collected;
  readonly known: ReadonlyMap<string, ManifestEntry>;
  /** The paths of HEAD. */
  readonly tree: ReadonlyMap<string, string>;
  readonly files: FileSpool;
  readonly redactor: Redactor;
  /** Ask again for what could not be kept before. */
  readonly full: boolean;
  /** Secrets are found by other rules than when HEAD was written: texts are fetched anew. */
  readonly rulesChanged: boolean;
  /** Fetch nothing: what HEAD has not counts as not to be had. */
  readonly offline: boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Fetches the files that the documents of this run want and HEAD has not, each once, and completes the documents' facts
 * by what became of them. A file that could not be had is an error of the source, and its document goes on without it:
 * with the file's earlier version, or with the link that it has.
 */
export async function keepAttachments(connector: Connector, options: KeepOptions): Promise<void> {
  const { collected } = options;
  const { attachments: policy } = connector;
  const head = filesOfHead(connector, options);
  const fates = new Map<string, Fate>();
  const wanted = new Map<string, Wanted>();
  for (const [document, { attachments }] of collected.upserts) {
    for (const attachment of attachments) {
      const key = versionOf(attachment);
      if (fates.has(key) || wanted.has(key) || !isWanted(attachment, policy)) continue;
      const fate = withoutRequest(attachment, policy) ?? head.settled.get(key);
      if (fate !== undefined) fates.set(key, fate);
      else wanted.set(key, { document, attachment });
    }
  }
  for await (const { key, id, fate } of fetchAll(connector, wanted, options)) {
    const file = isUnsettled(fate) ? head.latest.get(id) : undefined;
    fates.set(key, { ...(file !== undefined && { file }), ...fate });
  }
  const isMissing = ({ skipped }: Fate) =>
    skipped !== undefined && !(options.offline && skipped === 'unavailable');
  collected.skippedAttachments = fates.values().filter(isMissing).toArray().length;
  for (const [id, document] of collected.upserts) {
    if (document.attachments.length === 0) continue;
    const listed = new Map(document.facts.attachments?.map((attachment) => [attachment.id, attachment]));
    const attachments = document.attachments.map(
      (attachment): AttachmentFacts => ({
        ...(listed.get(attachment.id) as AttachmentFacts),
        ...(isWanted(attachment, policy) ? fates.get(versionOf(attachment)) : {}),
      }),
    );
    collected.upserts.set(id, { ...document, facts: { ...document.facts, attachments } });
    const warnings = attachments.flatMap(warningOf);
    if (warnings.length > 0) collected.warnings.set(id, [...(collected.warnings.get(id) ?? []), ...warnings]);
  }
}

interface Wanted {
  readonly document: string;
  readonly attachment: SourceAttachment;
}

/** A file's content, whoever shows it. */
function versionOf({ id, version }: Pick<AttachmentFacts, 'id' | 'version'>): string {
  return `${id} ${version}`;
}

function isWanted({ referenced }: SourceAttachment, { keep }: AttachmentPolicy): boolean {
  return keep === 'all' || (keep === 'referenced' && referenced);
}

function withoutRequest({ size = 0 }: SourceAttachment, { maxBytes }: AttachmentPolicy): Fate | undefined {
  return size > maxBytes ? { skipped: 'too-large' } : undefined;
}

/** What HEAD has: versions that need no request, and the last file of each attachment. */
function filesOfHead(
  { model }: Connector,
  { known, tree, full, rulesChanged }: KeepOptions,
): { readonly settled: ReadonlyMap<string, Fate>; readonly latest: ReadonlyMap<string, string> } {
  const settled = new Map<string, Fate>();
  const latest = new Map<string, string>();
  for (const { facts } of known.values()) {
    for (const attachment of facts.attachments ?? []) {
      const { id, skipped } = attachment;
      const file =
        attachment.file !== undefined &&
        isAttachmentPath(model.source, attachment.file) &&
        tree.has(attachment.file)
          ? attachment.file
          : undefined;
      if (file !== undefined) latest.set(id, file);
      if (isUnsettled(attachment)) continue;
      if (skipped !== undefined && !full) settled.set(versionOf(attachment), { skipped });
      if (file !== undefined && !(rulesChanged && !isBinaryName(file)))
        settled.set(versionOf(attachment), { file });
    }
  }
  return { settled, latest };
}

/** What another run may have more luck with is told as an error of the source. */
async function* fetchAll(
  connector: Connector,
  wanted: ReadonlyMap<string, Wanted>,
  options: KeepOptions,
): AsyncGenerator<{ readonly key: string; readonly id: string; readonly fate: Fate }> {
  const { collected, files, redactor, offline, log, signal } = options;
  const { source } = connector.model;
  let failures = 0;
  let hopeless: CtxError | undefined;

  const fetchOne = async ({ document, attachment }: Wanted): Promise<Fate> => {
    signal.throwIfAborted();
    if (offline) return { skipped: 'unavailable' };
    try {
      if (hopeless !== undefined) throw hopeless;
      const { fate, counts } = await fetchAttachment(connector, attachment, files, redactor);
      failures = 0;
      if (foundAnything(counts))
        collected.guarded.set(
          document,
          addCounts(collected.guarded.get(document) ?? NOTHING_GUARDED, counts),
        );
      return fate;
    } catch (error) {
      if (signal.aborted || !isCtxError(error)) throw error;
      failures += 1;
      if (failures >= FAILURES_IN_A_ROW || error.is('http.unauthorized')) hopeless ??= error;
      const failure = failureOf(error, source, document, attachment);
      if (!collected.errors.includes(failure)) collected.errors.push(failure);
      return { skipped: 'unavailable' };
    }
  };

  if (wanted.size > 0 && !offline) log.info(`${source}: fetching ${wanted.size} attachments`);
  yield* concurrently(wanted, CONCURRENT, async ([key, one]) => {
    return { key, id: one.attachment.id, fate: await fetchOne(one) };
  });
}

/** Refused credentials concern every file alike, and are told once. */
function failureOf(error: CtxError, source: string, document: string, { id }: SourceAttachment): CtxError {
  if (error.is('http.unauthorized')) return error;
  return ctxError('source.attachment-failed', { source, id, document, reason: error.message }, error);
}

const REASONS = {
  'too-large': 'it is larger than allowed',
  'wrong-type': 'its content is not of the type that it claims',
  missing: 'the source lists it and has it not',
  unscanned: 'it could not be cleared of secrets',
} as const;

/** What could not be had for a moment is an error, and no fault of the rendering. */
function warningOf({ name, skipped }: AttachmentFacts): Warning[] {
  if (skipped === undefined || skipped === 'unavailable') return [];
  return [{ construct: 'attachment', fate: 'degraded', detail: `${name}: ${REASONS[skipped]}` }];
}
