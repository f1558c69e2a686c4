import { lstat, mkdir, readFile, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import type { Environment } from '../core/paths.ts';
import { replaceFile } from '../core/replace-file.ts';
import { ignoreFilesFor, isTracked } from '../git/ignore-files.ts';
import { isContextFolder } from '../git/reading.ts';
import { withIgnored } from './ignored.ts';
import { PERSONAL_RULE, RULE_FILES, withRule } from './rule.ts';

export interface LinkOptions {
  /** The project's folder, absolute. */
  readonly project: string;
  /** The link's name in it. */
  readonly name: string;
  /** Ignore the link in this project's clone only, instead of everywhere. */
  readonly local: boolean;
  /** The file of the project that tells agents of it; undefined for none. */
  readonly rule: string | undefined;
  readonly env: Environment;
}

/** What is to be done: a link or a text, from what it is to what it shall be; undefined where there is none. */
export interface Step {
  readonly kind: 'link' | 'text';
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * What makes the context repository visible in a project, or with `repo` undefined, what undoes that. Steps that would change nothing are left
 * out. Fails with `link.*` or `marked-block.unclosed` if something of somebody else is in the way.
 */
export async function planLink(repo: string | undefined, options: LinkOptions): Promise<readonly Step[]> {
  const project = await folderAt(options.project);
  if (/\p{Cc}/u.test(project)) throw ctxError('link.bad-path', { path: project });
  const target = repo && (await realpath(repo));
  if (target && isWithin(project, target)) throw ctxError('link.itself', { path: project });
  const steps = [
    await linkStep(join(project, options.name), target),
    ...(await ruleSteps(project, target ? options : { ...options, rule: undefined })),
    ...(await ignoreSteps(project, target !== undefined, options)),
  ];
  return steps.filter(({ before, after }) => before !== after);
}

export async function applyLink(steps: readonly Step[]): Promise<void> {
  for (const { kind, place, before, after } of steps) {
    if (after === undefined) await rm(place);
    else if (kind === 'link') await symlink(after, place, 'junction');
    else if (before === undefined) {
      await mkdir(dirname(place), { recursive: true });
      await replaceFile(place, after);
    } else {
      // Behind links, as of those who keep such files in a repository, and with the rights that it has.
      const path = await realpath(place);
      await replaceFile(path, after, { mode: (await stat(path)).mode });
    }
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function folderAt(path: string): Promise<string> {
  const found = await orUndefined(realpath(path));
  if (found === undefined || !(await stat(found)).isDirectory()) throw ctxError('link.no-project', { path });
  return found;
}

async function linkStep(place: string, target: string | undefined): Promise<Step> {
  const found = await orUndefined(lstat(place));
  const step = { kind: 'link', place } as const;
  if (found === undefined) return { ...step, before: undefined, after: target };
  if (!found.isSymbolicLink()) {
    if (target === undefined) return { ...step, before: undefined, after: undefined };
    throw ctxError('link.occupied', { path: place, target: null });
  }
  const written = await readlink(place);
  const leadsTo = (await orUndefined(realpath(place))) ?? resolve(dirname(place), written);
  if (target === undefined) {
    // One that leads elsewhere is somebody else's.
    const isOurs = isContextFolder(leadsTo) || (await orUndefined(stat(place))) === undefined;
    return { ...step, before: written, after: isOurs ? undefined : written };
  }
  if (leadsTo !== target) throw ctxError('link.occupied', { path: place, target: leadsTo });
  return { ...step, before: written, after: written };
}

/** The rule in the file that is asked for, and in no other. */
async function ruleSteps(project: string, { rule, name }: LinkOptions): Promise<Step[]> {
  const files = [...new Set([...(rule === undefined ? [] : [rule]), ...RULE_FILES])];
  const steps: Step[] = [];
  // One of them may be a link to another.
  const seen = new Set<string>();
  for (const file of files) {
    const place = join(project, file);
    const real = (await orUndefined(realpath(place))) ?? place;
    if (seen.has(real)) continue;
    seen.add(real);
    steps.push(await textStep(place, (text) => withRule(text, file === rule ? name : undefined, place)));
  }
  return steps;
}

async function ignoreSteps(
  project: string,
  links: boolean,
  { name, rule, local, env }: LinkOptions,
): Promise<Step[]> {
  const files = await ignoreFilesFor(project, env);
  if (files === undefined) return [];
  const isPersonal = rule === PERSONAL_RULE && !(await isTracked(project, rule));
  const names = links ? [name, ...(isPersonal ? [rule] : [])] : undefined;
  const step = (place: string, asked: boolean) =>
    textStep(place, (text) => withIgnored(text, project, asked ? names : undefined, place));
  return [await step(files.everywhere, !local), await step(files.here, local)];
}

/** A file of which nothing is left is one that only we have written to. */
async function textStep(place: string, change: (text: string) => string): Promise<Step> {
  const before = await orUndefined(readFile(place, 'utf8'));
  const after = change(before ?? '');
  return { kind: 'text', place, before, after: after === '' && before !== '' ? undefined : after };
}

/** Undefined if nothing is there. */
async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
