import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SourceFile } from '../config/source-file.ts';
import { suggest } from '../config/suggest.ts';
import { ctxError } from '../core/errors/index.ts';
import { extended, type Inherited, inheritedOf } from './extend.ts';
import { type Profile, profileSchema } from './profile.ts';
import {
  KNOWLEDGE,
  OUTPUTS,
  type Output,
  personaSchema,
  type Register,
  type WrittenPersona,
} from './schema.ts';
import { readYaml } from './yaml-file.ts';

/** A persona with all that it takes from others, and with defaults. */
export interface Persona {
  readonly name: string;
  readonly description: string;
  readonly kind: 'role' | 'voice';
  readonly role: string | null;
  readonly goals: readonly string[];
  readonly workflow: readonly string[];
  readonly communication: {
    readonly do: readonly string[];
    readonly dont: readonly string[];
    readonly tone: string | null;
  };
  /** Null: all of them. */
  readonly tools: readonly string[] | null;
  readonly skills: readonly string[];
  readonly model: string | null;
  /** Null: it asks nothing. */
  readonly context: {
    readonly sources: readonly (typeof KNOWLEDGE)[number][];
    readonly memory: boolean | readonly string[];
    readonly maxTokens: number;
  } | null;
  readonly style: {
    readonly profile: Profile | null;
    readonly examples: number;
    readonly registers: readonly Register[];
  };
  readonly outputs: readonly Output[];
}

export interface LoadedPersona {
  readonly persona: Persona;
  /** Absolute. */
  readonly file: string;
  readonly extends: readonly string[];
}

interface Written {
  readonly file: string;
  readonly value: WrittenPersona;
  readonly source: SourceFile;
}

/**
 * The personas of a folder, by name. Every file of it that ends in `.yaml` or `.yml` is one, but for style profiles
 * (`profile.yaml`, `….profile.yaml`). Fails with `persona.invalid`, which names every problem of every file, with
 * `persona.none` and with `persona.unreadable`.
 */
export async function loadPersonas(folder: string): Promise<LoadedPersona[]> {
  const problems: string[] = [];
  const written: Written[] = [];
  const files = await personaFiles(folder);
  if (files.length === 0) throw ctxError('persona.none', { folder });
  for (const file of files) {
    const read = await readYaml(file, personaSchema);
    if ('problems' in read) problems.push(...read.problems);
    else written.push({ file, ...read });
  }
  const byName = new Map<string, Written>();
  for (const each of written) {
    const { name } = each.value;
    const first = byName.get(name);
    if (first) problems.push(`${placeOf(each, 'name')}: name is that of ${first.file} too`);
    else byName.set(name, each);
  }
  for (const each of byName.values()) problems.push(...basesMissing(each, byName, problems.length > 0));
  if (problems.length === 0) for (const each of byName.values()) problems.push(...circle(each, byName));
  if (problems.length > 0) throw ctxError('persona.invalid', { problems });

  const loaded: LoadedPersona[] = [];
  for (const each of byName.values()) {
    const made = await madeOf(each, withBases(each, byName), folder);
    if ('problems' in made) problems.push(...made.problems);
    else loaded.push({ persona: made.persona, file: each.file, extends: basesOf(each.value) });
  }
  if (problems.length > 0) throw ctxError('persona.invalid', { problems: [...new Set(problems)] });
  return loaded.sort((a, b) => (a.persona.name < b.persona.name ? -1 : 1));
}

async function personaFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => /^[^.].*\.ya?ml$/.test(name) && !/(?:^|\.)profile\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw ctxError('persona.no-folder', { searched: [folder] }, error);
    throw ctxError('persona.unreadable', { file: folder, reason: code ?? 'unknown' }, error);
  }
}

const basesOf = ({ extends: bases = [] }: WrittenPersona): readonly string[] =>
  typeof bases === 'string' ? [bases] : bases;

function placeOf({ source }: Written, key: string): string {
  return source.place(source.valueAt([key]));
}

/** A file that can't be read may be the base that is missing: then nothing is said of it. */
function basesMissing(each: Written, byName: ReadonlyMap<string, Written>, someUnread: boolean): string[] {
  if (someUnread) return [];
  return basesOf(each.value)
    .filter((base) => !byName.has(base))
    .map((base) => {
      const meant = suggest(base, [...byName.keys()]);
      const known = meant ? `did you mean ${meant}?` : `there are ${[...byName.keys()].join(', ')}`;
      return `${placeOf(each, 'extends')}: extends names no persona of this folder; ${known}`;
    });
}

/** Each circle is told once, of the persona whose name is the first in it. */
function circle(each: Written, byName: ReadonlyMap<string, Written>): string[] {
  const start = each.value.name;
  const seen = new Set<string>();
  const walk = (name: string, path: readonly string[]): readonly string[] | undefined => {
    for (const base of basesOf((byName.get(name) as Written).value)) {
      if (base === start) return [...path, base];
      if (seen.has(base)) continue;
      seen.add(base);
      const found = walk(base, [...path, base]);
      if (found) return found;
    }
    return undefined;
  };
  const path = walk(start, [start]);
  if (path === undefined || [...path].sort()[0] !== start) return [];
  return [`${placeOf(each, 'extends')}: extends leads back to itself: ${path.join(' → ')}`];
}

function withBases(each: Written, byName: ReadonlyMap<string, Written>): Inherited {
  const bases = basesOf(each.value).map((name) => withBases(byName.get(name) as Written, byName));
  return [...bases, inheritedOf(each.value)].reduce(extended, {});
}

async function madeOf(
  each: Written,
  all: Inherited,
  folder: string,
): Promise<{ readonly persona: Persona } | { readonly problems: readonly string[] }> {
  const { name, description, outputs = OUTPUTS } = each.value;
  const { kind = 'role', role, communication, context, style } = all;
  if (outputs.length > 0 && kind === 'role' && role === undefined)
    return { problems: [`${placeOf(each, 'name')}: role is missing: who is ${name}?`] };
  if (outputs.length > 0 && kind === 'voice' && style?.profile === undefined)
    return {
      problems: [
        `${placeOf(each, 'kind')}: style.profile is missing: a voice is that of a profile, which ctx persona analyze makes`,
      ],
    };
  const profile =
    style?.profile === undefined ? undefined : await readYaml(resolve(folder, style.profile), profileSchema);
  if (profile && 'problems' in profile) return profile;
  return {
    persona: {
      ...{ name, description, kind, role: role ?? null },
      ...{ goals: all.goals ?? [], workflow: all.workflow ?? [] },
      communication: {
        do: communication?.do ?? [],
        dont: communication?.dont ?? [],
        tone: communication?.tone ?? null,
      },
      ...{ tools: all.tools ?? null, skills: all.skills ?? [], model: all.model ?? null },
      context: context
        ? {
            sources: context.sources ?? KNOWLEDGE,
            memory: context.memory ?? true,
            maxTokens: context.max_tokens ?? 4000,
          }
        : null,
      style: {
        profile: profile?.value ?? null,
        examples: style?.examples ?? 6,
        registers: style?.registers ?? ['public'],
      },
      outputs,
    },
  };
}
