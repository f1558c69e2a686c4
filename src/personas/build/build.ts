import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import type { Plain } from '../../core/plain.ts';
import { replaceFile } from '../../core/replace-file.ts';
import type { LoadedPersona, Persona } from '../load.ts';
import type { Output } from '../schema.ts';
import { type Page, pagesOf } from './pages.ts';
import { beginOf, bytesOf, endOf, newFile, RegionProblem, withRegions } from './regions.ts';

/** Raised when the same persona becomes another text: what is there is then made anew. */
const FORMAT = 1;

/** Keeps secrets and invisible characters out of what is written; `path` is how errors call it. */
export type Guard = <T extends Plain>(value: T, path: string) => T;

export interface PlannedFile {
  readonly output: Output;
  /** Below the folder of the outputs, `/` between segments. */
  readonly path: string;
  readonly status: 'added' | 'changed' | 'unchanged';
  /** As they are and as they will be, one character for each byte; `before` is empty if there is none. */
  readonly before: string;
  readonly after: string;
}

export interface PlannedPersona {
  readonly name: string;
  /** Of all that its files are made from. */
  readonly hash: string;
  readonly files: readonly PlannedFile[];
  /** What the person should know. */
  readonly notes: readonly string[];
}

/**
 * What building the personas would write below `root`; writes nothing. Fails with `persona.not-ours` if anything there is not to be
 * touched: then nothing of any persona is to be written.
 */
export async function planBuild(
  personas: readonly LoadedPersona[],
  root: string,
  guard: Guard,
): Promise<PlannedPersona[]> {
  const problems: string[] = [];
  const planned: PlannedPersona[] = [];
  for (const { persona: written, file } of personas) {
    const { name } = written;
    const persona = guard(written as unknown as Plain, `personas/${name}`) as unknown as Persona;
    const hash = createHash('sha256')
      .update(JSON.stringify([FORMAT, persona]))
      .digest('hex')
      .slice(0, 16);
    const origin = { name, file: basename(file), hash };
    const files: PlannedFile[] = [];
    for (const page of pagesOf(persona)) {
      const before = await bytesAt(join(root, page.path));
      const after = before === undefined ? bytesOf(newFile(page, origin)) : withRegions(before, page, origin);
      if (after instanceof RegionProblem)
        problems.push(`${join(root, page.path)}:${after.line}: ${after.problem}`);
      else files.push(plannedFile(page, before, after));
    }
    planned.push({ name, hash, files, notes: notesOf(persona) });
  }
  const [first] = personas;
  if (problems.length > 0 && first) {
    const { name } = first.persona;
    throw ctxError('persona.not-ours', { problems, begin: beginOf(name), end: endOf(name) });
  }
  return planned;
}

/** Writes what differs, each file in one step. */
export async function writePlanned(planned: readonly PlannedPersona[], root: string): Promise<void> {
  for (const { path, status, after } of planned.flatMap(({ files }) => files)) {
    if (status === 'unchanged') continue;
    const place = join(root, path);
    // A link stays one: what it leads to is written.
    const file = status === 'changed' ? await realpath(place) : place;
    const mode = status === 'changed' ? { mode: (await stat(file)).mode & 0o777 } : {};
    await replaceFile(file, Buffer.from(after, 'latin1'), mode);
  }
}

function plannedFile({ output, path }: Page, before: string | undefined, after: string): PlannedFile {
  const status = before === undefined ? 'added' : before === after ? 'unchanged' : 'changed';
  return { output, path, status, before: before ?? '', after };
}

async function bytesAt(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw ctxError('persona.unreadable', { file, reason: code ?? 'unknown' }, error);
  }
}

function notesOf({ name, context, tools, outputs, style }: Persona): string[] {
  const canAsk = tools === null || tools.some((tool) => /^(?:Bash\b|mcp__)/.test(tool));
  const isAgent = outputs.includes('agent');
  const unknown = style.registers.filter((register) => !style.profile?.registers[register]);
  return [
    ...(context && isAgent && !canAsk
      ? [`${name}: it is to ask the context repository, and its tools have neither Bash nor one of ctx mcp`]
      : []),
    ...(style.profile && unknown.length > 0
      ? [`${name}: its profile says nothing of ${unknown.join(', ')}`]
      : []),
  ];
}
