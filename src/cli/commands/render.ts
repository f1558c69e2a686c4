import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Fidelity, Warning } from '../../core/document.ts';
import { ctxError } from '../../core/errors/index.ts';
import { FORMATS, type Format } from '../../markdown/formats.ts';
import { linkDocument, type ReadContext, type Reading, writeMarkdown } from '../../markdown/index.ts';
import { readText } from '../../markdown/read-text.ts';
import type { CommandContext } from '../command-context.ts';

export interface RenderCommandOptions {
  readonly from?: Format;
  readonly site?: string;
  readonly json?: boolean;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.adf': 'adf',
  '.htm': 'html',
  '.html': 'html',
  '.json': 'adf',
  '.md': 'github',
  '.wiki': 'wiki',
  '.xhtml': 'storage',
  '.xml': 'storage',
};

const SITE = 'https://site.example';

/**
 * `ctx render`: one text as markdown, with what of it could not be kept, as a build would render it. Nothing is
 * fetched: people have no names but those in the text, and files no address but one made of their names.
 */
export async function renderCommand(
  file: string,
  options: RenderCommandOptions,
  { output, cwd, stdin }: CommandContext,
): Promise<number> {
  const format = options.from ?? EXTENSIONS[extname(file).toLowerCase()];
  if (format === undefined) throw ctxError('render.unknown-format', { file, formats: FORMATS });
  const source = file === '-' ? await text(stdin) : await readFileText(resolve(cwd, file), file);
  const reading = read(source, format, file, contextOf(options.site ?? SITE));
  const markdown = linkDocument(writeMarkdown(reading.root), (url) => url);
  const { warnings, fidelity } = reading;
  if (options.json) {
    output.json({ markdown, fidelity, warnings, properties: Object.fromEntries(reading.properties) });
    return 0;
  }
  if (markdown !== '') output.print(markdown.replace(/\n$/, ''));
  for (const warning of warnings) output.warn(described(warning));
  output.info(counted(fidelity));
  return 0;
}

async function readFileText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw ctxError(
      'render.unreadable',
      { file, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' },
      error,
    );
  }
}

function read(source: string, format: Format, file: string, context: ReadContext): Reading {
  try {
    return readText(source, format, context);
  } catch (error) {
    // The parser's error quotes the text, so that it can't be kept as the cause.
    if (error instanceof SyntaxError) throw ctxError('render.invalid-json', { file });
    throw error;
  }
}

function contextOf(site: string): ReadContext {
  return {
    siteUrl: site,
    person: () => undefined,
    attachment({ name, alt, mediaId }) {
      const known = name || alt || mediaId;
      return known === undefined
        ? undefined
        : { name: known, url: `${site}/attachments/${encodeURIComponent(known.toWellFormed())}` };
    },
  };
}

function described({ construct, fate, detail }: Warning): string {
  return `${fate}: ${construct}${detail === undefined ? '' : ` (${detail})`}`;
}

function counted({ kept, degraded, lost }: Fidelity): string {
  return `constructs: ${kept} kept, ${degraded} degraded, ${lost} lost`;
}
