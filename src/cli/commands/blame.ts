import { oneLine } from '../../core/one-line.ts';
import { type BlameLine, blame } from '../../history/blame.ts';
import { shownMoment } from '../../history/dates.ts';
import { findDocument } from '../../history/find.ts';
import type { CommandContext } from '../command-context.ts';
import type { Output } from '../output.ts';
import { documentJson, openRepository, type ReadingOptions, shortId } from '../reading.ts';

export interface BlameCommandOptions extends ReadingOptions {
  readonly text?: boolean;
}

/** `ctx blame`: whose each line is. */
export async function blameCommand(
  name: string,
  options: BlameCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { repo: opened, cwd } = await openRepository(options, context);
  await using repo = opened;
  const found = await findDocument(repo, name, cwd);
  const all = await blame(repo, found);
  const lines = options.text ? all.filter(({ isFrontmatter }) => !isFrontmatter) : all;
  if (options.json)
    context.output.json({
      repository: repo.path,
      document: documentJson(found),
      lines: lines.map(lineJson),
    });
  else print(lines, context.output);
  return 0;
}

function lineJson({ number, text, commit, authorship: { person, exact, date, url } }: BlameLine) {
  return { line: number, text, commit, date: date.toISOString(), person, exact, url };
}

/** A line of a document, whose tabs may be all that code is indented by. */
const shown = (text: string) => text.split('\t').map(oneLine).join('\t');

/** The addresses of revisions stand below, since a line has no room for them. */
function print(lines: readonly BlameLine[], output: Output): void {
  const people = lines.map(({ authorship: { person, exact } }) =>
    person === null ? '?' : `${exact ? '' : '~'}${oneLine(person)}`,
  );
  const width = Math.max(0, ...people.map((person) => [...person].length));
  const digits = String(lines.at(-1)?.number ?? '').length;
  const urls = new Map<string, string>();
  for (const [index, { number, text, commit, authorship }] of lines.entries()) {
    const { date, url } = authorship;
    const person = people[index] ?? '';
    const padded = person + ' '.repeat(width - [...person].length);
    const day = shownMoment(date).slice(0, 10);
    output.print(
      `${shortId(commit)} ${day} ${padded} ${String(number).padStart(digits)} | ${shown(text)}`.trimEnd(),
    );
    if (url !== null) urls.set(commit, url);
  }
  if (urls.size > 0) output.print('');
  for (const [commit, url] of urls) output.print(`${shortId(commit)} ${oneLine(url)}`);
}
