import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../core/package-file.ts';
import { replaceFile } from '../core/replace-file.ts';
import { type Answers, variablesOf } from './answers.ts';
import { configurationText } from './configuration.ts';
import { changedVariables, dotenvText } from './dotenv.ts';

/** A file that a set-up wants to have. */
export interface PlannedFile {
  /** From the folder that is set up. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
  /** What is shown of the change where its texts must not be, since they hold secrets. */
  readonly summary?: string;
  /** Whether something that a person wrote would be lost. */
  readonly replaces: boolean;
  readonly mode: number;
}

const CONFIGURATION = 'context.config.yaml';
/** Editors check the configuration against it while it is written. */
const SCHEMA = 'context.schema.json';
const DOTENV = '.env';
const GITIGNORE = '.gitignore';
const WORKFLOW = join('.github', 'workflows', 'context.yml');

/** Owner alone: it holds tokens. */
const SECRET = 0o600;
const ORDINARY = 0o666;

/** What is to be written into a folder, in order: that git ignores the secrets comes before them. Files that are as they are to be are left out. */
export async function plannedFiles(folder: string, answers: Answers): Promise<PlannedFile[]> {
  const [sample, schema, workflow] = await Promise.all([
    readFile(packageFile(CONFIGURATION), 'utf8'),
    readFile(packageFile(SCHEMA), 'utf8'),
    answers.home.kind === 'actions' ? readFile(packageFile(WORKFLOW), 'utf8') : undefined,
  ]);
  const before = async (path: string) => readIfThere(join(folder, path));
  const [ignored, dotenv] = [await before(GITIGNORE), await before(DOTENV)];
  const variables = dotenvText(dotenv ?? '', variablesOf(answers));
  const changed = changedVariables(dotenv ?? '', variables);
  const replacedVariables = changedVariables(dotenv ?? '', '').filter((name) => changed.includes(name));
  const whole = async (path: string, after: string): Promise<PlannedFile> => {
    const old = await before(path);
    return { path, before: old, after, replaces: old !== undefined, mode: ORDINARY };
  };
  const files: PlannedFile[] = [
    { ...(await whole(GITIGNORE, ignoring(ignored ?? ''))), replaces: false },
    {
      ...{ path: DOTENV, before: dotenv, after: variables, mode: SECRET },
      summary: changed.map((name) => `${replacedVariables.includes(name) ? '~' : '+'} ${name}`).join('\n'),
      replaces: replacedVariables.length > 0,
    },
    await whole(CONFIGURATION, configurationText(sample, answers)),
    { ...(await whole(SCHEMA, schema)), replaces: false },
    ...(workflow === undefined ? [] : [await whole(WORKFLOW, workflow)]),
  ];
  return files.filter((file) => file.before !== file.after);
}

/** Each file is the old one or the new one, whole. */
export async function writePlanned(folder: string, { path, after, mode }: PlannedFile): Promise<void> {
  await replaceFile(join(folder, path), after, { mode });
}

function ignoring(before: string): string {
  const isIgnored = before.split('\n').some((line) => /^(?:\*\*\/|\/)?\.env\*?\s*$/.test(line));
  if (isIgnored) return before;
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${DOTENV}\n`;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
