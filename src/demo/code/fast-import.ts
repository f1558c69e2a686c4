/** One commit. `files` are those that it adds or changes, by their paths. */
export interface CommitSpec {
  /** As `Mina Okafor <mina@fernhollow.example>`. */
  readonly by: string;
  /** `2026-01-19T09:00`, in UTC. */
  readonly at: string;
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Commits as `git fast-import` reads them, onto `main`: the same commits, with the same ids, each time.
 * https://git-scm.com/docs/git-fast-import
 */
export function fastImportStream(commits: readonly CommitSpec[]): string {
  return `${commits.map(commitCommand).join('')}done\n`;
}

function commitCommand({ by, at, message, files }: CommitSpec, index: number): string {
  const who = `${by} ${Date.parse(`${at}:00Z`) / 1000} +0000`;
  const mark = index + 1;
  const from = index === 0 ? '' : `from :${index}\n`;
  const changes = Object.entries(files).map(
    ([path, text]) => `M ${modeOf(path)} inline ${path}\n${data(text)}`,
  );
  return `commit refs/heads/main\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${data(message)}${from}${changes.join('')}\n`;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** Programs are in `bin`. */
const modeOf = (path: string): string => (path.startsWith('bin/') ? '100755' : '100644');
