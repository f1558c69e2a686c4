import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Checkpoint } from '../connectors/contract.ts';
import { ctxError } from '../core/errors/index.ts';
import { replaceFile } from '../core/replace-file.ts';
import type { ContextRepo } from '../git/repo.ts';

/** What one source remembers: the connector's checkpoint and the fingerprint that its documents were rendered under. */
export interface SourceState {
  readonly checkpoint: Checkpoint | undefined;
  readonly fingerprint: string | undefined;
  /** Ids of documents that could not be guarded and stayed as they were: the next run delivers them anew. */
  readonly again?: readonly string[];
}

const EMPTY: SourceState = { checkpoint: undefined, fingerprint: undefined };

/** The committed file that holds a source's state. */
export function statePath(source: string): string {
  return `.ctx/state/${source}.yaml`;
}

/** The bytes of that file. */
export function formatState({ checkpoint, fingerprint, again }: SourceState): string {
  return stringify(
    { fingerprint, checkpoint, ...(again !== undefined && { again }) },
    { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true },
  );
}

/**
 * States of the sources as of HEAD. A run that changed no document committed none; its advance is kept in
 * `<gitDir>/ctx/state.json` for the same HEAD and used instead.
 */
export async function loadStates(
  repo: ContextRepo,
  sources: readonly string[],
): Promise<Map<string, SourceState>> {
  const advance = await readAdvance(repo.gitDir);
  const current = advance !== undefined && advance.head === (await repo.head());
  const states = new Map<string, SourceState>();
  for (const source of sources) {
    const advanced = current ? advance.states[source] : undefined;
    states.set(source, advanced ? { ...EMPTY, ...advanced } : await readCommitted(repo, source));
  }
  return states;
}

/** Keeps the states of a run that made no commit, until the next commit takes them along. */
export async function keepAdvance(
  repo: ContextRepo,
  states: ReadonlyMap<string, SourceState>,
): Promise<void> {
  const advance: Advance = { head: await repo.head(), states: Object.fromEntries(states) };
  await replaceFile(join(repo.gitDir, 'ctx', 'state.json'), JSON.stringify(advance));
}

interface Advance {
  readonly head: string | null;
  readonly states: { readonly [source: string]: SourceState };
}

async function readAdvance(gitDir: string): Promise<Advance | undefined> {
  try {
    return JSON.parse(await readFile(join(gitDir, 'ctx', 'state.json'), 'utf8')) as Advance;
  } catch (error) {
    // Absent after a commit or in a fresh clone; torn after a crash. Losing it costs only reading again.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readCommitted(repo: ContextRepo, source: string): Promise<SourceState> {
  const path = statePath(source);
  const content = await repo.readAt(path);
  if (content === null) return EMPTY;
  try {
    const value: unknown = parse(Buffer.from(content).toString('utf8'));
    if (typeof value !== 'object' || value === null) throw new TypeError('not a mapping');
    return { ...EMPTY, ...(value as Partial<SourceState>) };
  } catch (error) {
    throw ctxError('build.state-unreadable', { path }, error);
  }
}
