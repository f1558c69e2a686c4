/** A folder, or a single file, that a person named. */
export interface NamedPlace {
  readonly path: string;
  /** Which of its files are meant, by their names below it. Default: all. */
  readonly isMeant?: (name: string) => boolean;
}

/** Where memory lies on this machine. All paths are absolute. */
export interface MemoryPlaces {
  readonly named: readonly NamedPlace[];
  /**
   * The folder that somebody works in, without symbolic links: its instructions and those of the folders above it, and what Claude
   * remembers of them.
   */
  readonly project?: string | undefined;
}

/** The instructions that assistants read in each folder. */
export const INSTRUCTIONS = ['AGENTS.md', 'CLAUDE.md', 'CLAUDE.local.md'] as const;

/** No project lies deeper. */
const MOST = 30;

/** A folder and those above it, the nearest first, without the home folder and what is above that. */
export function foldersFrom(project: string, home: string): string[] {
  const folders: string[] = [];
  for (let folder = project; folders.length < MOST; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    if (folder === '' || folder === home) break;
    folders.push(folder);
  }
  return folders;
}

/** Where Claude Code keeps what it remembers of a project: https://code.claude.com/docs/en/memory#storage-location */
export function claudeMemoryOf(folder: string, home: string): string {
  return `${home}/.claude/projects/${folder.replace(/[^A-Za-z0-9]/g, '-')}/memory`;
}
