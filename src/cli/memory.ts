import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import { globMatcher } from '../connectors/globs.ts';
import type { NamedPlace } from '../context/memory/places.ts';
import type { MemoryOptions } from '../context/memory/read.ts';
import type { LocalFiles } from '../core/local-files.ts';
import { expandHome, homeOf } from '../core/paths.ts';
import { disk } from '../files/disk.ts';
import type { CommandContext } from './command-context.ts';
import { redactorOf } from './redactor.ts';

/** What is remembered beside the repository: in folders that a person names, in those of the configuration, and for a project. */
export function memoryOf(
  named: readonly string[] | undefined,
  loaded: LoadedConfig | undefined,
  project: string,
  context: CommandContext,
): MemoryOptions {
  const places = { named: [...namedPlaces(named, context), ...configuredPlaces(loaded)], project };
  return { files: filesOf(context), places, redactor: () => redactorOf(loaded) };
}

/** The disk, with the home folder that the environment names. */
function filesOf({ env }: CommandContext): LocalFiles {
  const home = homeOf(env);
  return { home: existsSync(home) ? realpathSync(home) : home, list: disk.list, read: disk.read };
}

function namedPlaces(paths: readonly string[] = [], { cwd, env }: CommandContext): NamedPlace[] {
  return paths.map((path) => ({ path: resolve(cwd, expandHome(path, homeOf(env))) }));
}

/** Folders of the configuration that are not copied into the repository, but are to be known. */
function configuredPlaces(loaded: LoadedConfig | undefined): NamedPlace[] {
  return (loaded?.config.sources ?? []).flatMap((source): NamedPlace[] => {
    if (source.type !== 'files' || source.copy) return [];
    const [isIncluded, isExcluded] = [globMatcher(source.include), globMatcher(source.exclude)];
    return [{ path: source.path, isMeant: (name) => isIncluded(name) && !isExcluded(name) }];
  });
}
