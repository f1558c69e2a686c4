import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findConfig } from '../../config/find.ts';
import { counted } from '../../core/counted.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import {
  type Guard,
  type PlannedFile,
  type PlannedPersona,
  planBuild,
  writePlanned,
} from '../../personas/build/build.ts';
import { type LoadedPersona, loadPersonas } from '../../personas/load.ts';
import { createRedactor } from '../../redact/redactor.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { patchOf } from '../patch.ts';

export interface PersonaBuildOptions {
  readonly persona?: readonly string[];
  readonly dir?: string;
  readonly output?: string;
  readonly check?: boolean;
  readonly list?: boolean;
  readonly dryRun?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

/** `ctx persona build`: documents, agents and skills of personas. Everything is made and looked at before anything is written. */
export async function personaBuildCommand(
  options: PersonaBuildOptions,
  context: CommandContext,
): Promise<number> {
  const { output, cwd, env } = context;
  const folder = personasFolder(options, context);
  const root =
    options.output === undefined ? dirname(folder) : resolve(cwd, expandHome(options.output, homeOf(env)));
  const personas = chosen(await loadPersonas(folder), options.persona);
  if (options.list) {
    list(personas, options, output);
    return EXIT.done;
  }
  const redactor = createRedactor();
  const redacted: Record<string, number> = {};
  const guard: Guard = (value, path) => {
    const guarded = redactor.guard(value, path);
    for (const [kind, count] of Object.entries(guarded.counts.redacted))
      redacted[kind] = (redacted[kind] ?? 0) + count;
    return guarded.value;
  };
  const planned = await planBuild(personas, root, guard);
  for (const note of planned.flatMap(({ notes }) => notes)) output.warn(note);
  for (const [kind, count] of Object.entries(redacted))
    output.warn(`${count} ${kind} redacted: it stands in a persona, or in its profile; take it out there`);
  const isWriting = !options.check && !options.dryRun;
  if (isWriting) await writePlanned(planned, root);
  if (options.json) output.json(resultOf(planned, root, options));
  else show(planned, options, output);
  return EXIT.done;
}

/** Where the personas are: in the folder named, or in `personas` of this folder or of the configuration's. */
function personasFolder({ dir, config }: PersonaBuildOptions, { cwd, env }: CommandContext): string {
  if (dir !== undefined) return resolve(cwd, expandHome(dir, homeOf(env)));
  const here = join(cwd, 'personas');
  if (config === undefined && existsSync(here)) return here;
  const beside = besideConfig(config, env, cwd) ?? here;
  if (existsSync(beside)) return beside;
  throw ctxError('persona.no-folder', {
    searched: config === undefined ? [...new Set([here, beside])] : [beside],
  });
}

function besideConfig(
  config: string | undefined,
  env: CommandContext['env'],
  cwd: string,
): string | undefined {
  try {
    return join(dirname(findConfig(config, env, cwd)), 'personas');
  } catch (error) {
    if (config === undefined && isCtxError(error) && error.is('config.not-found')) return undefined;
    throw error;
  }
}

function chosen(personas: readonly LoadedPersona[], names: readonly string[] | undefined): LoadedPersona[] {
  const known = personas.map(({ persona }) => persona.name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw ctxError('persona.unknown', { name: unknown, known });
  return personas.filter(({ persona }) => names?.includes(persona.name) ?? true);
}

function list(personas: readonly LoadedPersona[], { json }: PersonaBuildOptions, output: Output): void {
  if (json) {
    output.json({
      personas: personas.map(({ persona, file, extends: bases }) => {
        const { name, kind, description, outputs } = persona;
        return { name, kind, description, outputs, extends: bases, file };
      }),
    });
    return;
  }
  for (const { persona } of personas)
    output.print(
      `${persona.name} (${persona.kind}; ${persona.outputs.join(', ') || 'for others to extend'}): ${persona.description}`,
    );
}

function show(
  planned: readonly PlannedPersona[],
  { check, dryRun }: PersonaBuildOptions,
  output: Output,
): void {
  const files = planned.flatMap((persona) => persona.files);
  if (dryRun)
    for (const file of files) if (file.status !== 'unchanged') output.print(shownPatch(file).slice(0, -1));
  if (!check && !dryRun)
    for (const { path, status } of files) if (status !== 'unchanged') output.print(`${status} ${path}`);
  const counts = (['added', 'changed', 'unchanged'] as const)
    .map((status) => [files.filter((file) => file.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  const said = `${counted(planned.length, 'persona')}, ${counted(files.length, 'file')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`;
  if (check) output.print(`In order: ${said}`);
  else if (dryRun) output.info(`Nothing was written: ${said}`);
  else output.info(said);
}

function resultOf(planned: readonly PlannedPersona[], root: string, { dryRun }: PersonaBuildOptions) {
  return {
    root,
    personas: planned.map(({ name, hash, files, notes }) => ({
      ...{ name, hash, notes },
      files: files.map((file) => ({
        ...{ output: file.output, path: file.path, status: file.status },
        ...(dryRun && { diff: file.status === 'unchanged' ? '' : shownPatch(file) }),
      })),
    })),
  };
}

function shownPatch({ path, status, before, after }: PlannedFile): string {
  const text = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');
  const name = status === 'added' ? '/dev/null' : `a/${path}`;
  return patchOf({ name, text: text(before) }, { name: `b/${path}`, text: text(after) });
}
