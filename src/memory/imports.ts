import { withoutCode } from '../markdown/gfm/prose.ts';

/** A text that another one imports. */
export interface ImportedText {
  /** As it was found. */
  readonly path: string;
  readonly text: string;
  /** The file that names it. */
  readonly from: string;
}

export interface ImportOptions {
  /** Of the file that the text is of. */
  readonly path: string;
  /**
   * The text that `written` names in the file at `from`, such as `docs/style.md` or `~/.claude/mine.md`, with its path. Undefined
   * where no such file is, or none that may be read: the name then stays a text.
   */
  readonly read: (written: string, from: string) => Promise<{ path: string; text: string } | undefined>;
}

/** https://code.claude.com/docs/en/memory#claude-md-imports */
const MAX_DEPTH = 5;
/** No one imports more by hand. */
const MAX_FILES = 100;

/**
 * What instructions such as CLAUDE.md import by `@path`, in the order in which they name it, each file once. Names in code are
 * no imports.
 */
export async function readImports(text: string, { path, read }: ImportOptions): Promise<ImportedText[]> {
  const found: ImportedText[] = [];
  const seen = new Set([path]);
  const follow = async (content: string, from: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) return;
    for (const written of importsIn(content)) {
      if (found.length >= MAX_FILES) return;
      const imported = await read(written, from);
      if (imported === undefined || seen.has(imported.path)) continue;
      seen.add(imported.path);
      found.push({ ...imported, from });
      await follow(imported.text, imported.path, depth + 1);
    }
  };
  await follow(text, path, 1);
  return found;
}

const IMPORT = /(?:^|[\s(])@((?:~\/|\.{0,2}\/)?[\p{L}\p{N}_.][^\s`*,;:()<>]{0,500})/gmu;

/** The paths that a text names with an `@` before them. `@name` without a dot or a slash is a person. */
export function importsIn(text: string): string[] {
  const written = (withoutCode(text) ?? '')
    .matchAll(IMPORT)
    .map(([, path = '']) => path.replace(/[.!?'"\]]+$/, ''));
  return [...new Set(written)].filter((path) => /[./]/.test(path));
}
