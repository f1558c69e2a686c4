import { entry } from './entry.ts';

/** A tag of a slide: `{{title}}`, `{{table: risks}}`. */
export interface TagOfSlide {
  readonly template: string;
  /** As in the deck, from 1, and its layout: `3 (tickets)`. */
  readonly slide: string;
  readonly tag: string;
}

/** A name that was not found among those that there are. */
export interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
  /** The one that is probably meant. */
  readonly meant: string | null;
}

/** Refusals of `ctx slides`. None holds what a slide says. All come before anything is written. */
export const slidesErrors = {
  'slides.unreadable': entry<{ file: string; reason: string }>({
    kind: 'usage',
    message: ({ file, reason }) => `${file} cannot be read (${reason}).`,
    hint: () => 'It must be a file that this user may read; `ctx slides list` shows the templates.',
  }),
  'slides.invalid': entry<{ file: string; problems: readonly string[] }>({
    kind: 'usage',
    message: ({ file, problems }) =>
      `${file} can't be used:\n${problems.map((each) => `  ${each}`).join('\n')}`,
    hint: () => 'Correct it; docs/guide/slides.md tells what templates, data and outlines hold.',
  }),
  'slides.unknown-template': entry<Unknown & { places: readonly string[] }>({
    kind: 'usage',
    message: ({ name, places }) => `There is no template ${name} in ${places.join(' or ')}.`,
    hint: (unknown) => choice(unknown, 'Templates'),
  }),
  'slides.no-template': entry({
    kind: 'usage',
    message: () => 'There is neither a template nor an outline to make slides of.',
    hint: () => 'Name a template, as in ctx slides build --template quarterly-review, or a markdown file.',
  }),
  'slides.data-and-outline': entry({
    kind: 'usage',
    message: () => 'A deck is made of an outline or of data, not of both.',
    hint: () => 'Leave out the outline or --data.',
  }),
  'slides.bad-outline': entry<{ file: string; line: number; problem: string }>({
    kind: 'usage',
    message: ({ file, line, problem }) => `${file}:${line}: ${problem}.`,
    hint: () => 'docs/guide/slides.md shows what an outline may hold.',
  }),
  'slides.unknown-layout': entry<Unknown & { template: string; slide: number }>({
    kind: 'usage',
    message: ({ template, slide, name }) => `Slide ${slide}: the template ${template} has no layout ${name}.`,
    hint: (unknown) => choice(unknown, 'Its layouts'),
  }),
  'slides.unknown-variable': entry<Unknown & { template: string; slide: string }>({
    kind: 'usage',
    message: ({ template, slide, name }) => `Slide ${slide} of ${template} has no place for ${name}.`,
    hint: (unknown) => choice(unknown, 'It has'),
  }),
  'slides.unused-variable': entry<Unknown & { template: string }>({
    kind: 'usage',
    message: ({ template, name }) => `No slide of ${template} uses ${name}, which is given for all of them.`,
    hint: (unknown) => choice(unknown, 'They use'),
  }),
  'slides.unknown-reference': entry<Unknown & { where: string }>({
    kind: 'usage',
    message: ({ where, name }) => `${where}: nothing is called {{${name}}}.`,
    hint: (unknown) => choice(unknown, 'There are'),
  }),
  'slides.circular-reference': entry<{ where: string; names: readonly string[] }>({
    kind: 'usage',
    message: ({ where, names }) => `${where}: these stand for each other: ${names.join(', ')}.`,
    hint: () => 'Give one of them a text of its own.',
  }),
  'slides.unfilled': entry<TagOfSlide>({
    kind: 'usage',
    message: ({ template, slide, tag }) => `Slide ${slide} of ${template} has nothing for ${tag}.`,
    hint: () => 'Give it in the data, by its name, for this slide or for all; "" leaves its place empty.',
  }),
  'slides.tag-not-declared': entry<TagOfSlide>({
    kind: 'usage',
    message: ({ template, slide, tag }) =>
      `Slide ${slide} of ${template} would show ${tag}, which the layout does not name.`,
    hint: () => 'Name it in the layout in template.yaml, or take it out of the presentation.',
  }),
  'slides.tag-not-there': entry<TagOfSlide>({
    kind: 'usage',
    message: ({ template, slide, tag }) =>
      `Slide ${slide} of ${template}: the presentation has no ${tag} on the slide of this layout.`,
    hint: () => 'Write the tag into a shape of its own there, or take the name out of template.yaml.',
  }),
  'slides.table-too-long': entry<TagOfSlide & { rows: number; room: number }>({
    kind: 'usage',
    message: ({ template, slide, tag, rows, room }) =>
      `Slide ${slide} of ${template}: ${tag} has ${rows} rows, and there is room for ${room}.`,
    hint: () => 'Give it a `limit`, or split it into several slides.',
  }),
  'slides.table-too-wide': entry<TagOfSlide & { columns: number; room: number }>({
    kind: 'usage',
    message: ({ template, slide, tag, columns, room }) =>
      `Slide ${slide} of ${template}: ${tag} has ${columns} columns, and there is room for ${room}.`,
    hint: () => 'Leave columns out, or use a layout with more room.',
  }),
  'slides.uneven': entry<TagOfSlide & { problem: string }>({
    kind: 'usage',
    message: ({ template, slide, tag, problem }) => `Slide ${slide} of ${template}: ${tag} ${problem}.`,
    hint: () =>
      'Each row has a cell for each column, and each series a value, or null, for each category; with `when` a slide without content is left out.',
  }),
  'slides.bad-image': entry<TagOfSlide & { path: string; problem: string }>({
    kind: 'usage',
    message: ({ template, slide, tag, path, problem }) =>
      `Slide ${slide} of ${template}: ${tag} is ${path}, which ${problem}.`,
    hint: () => 'Name a PNG or JPEG, relative to the file that names it.',
  }),
  'slides.unknown-query': entry<Unknown & { where: string; query: string }>({
    kind: 'usage',
    message: ({ where, query, name }) => `${where}: {{query: ${query}}}: there is no ${name}.`,
    hint: (unknown) => choice(unknown, 'There are'),
  }),
  'slides.wrong-query': entry<{ where: string; query: string; found: string; wanted: string }>({
    kind: 'usage',
    message: ({ where, query, found, wanted }) =>
      `${where}: {{query: ${query}}} is ${found}, and ${wanted} is needed here.`,
    hint: () => 'docs/guide/slides.md lists the queries; `.count` counts what is in a list.',
  }),
  'slides.bad-presentation': entry<{ template: string; file: string; reason: string }>({
    kind: 'usage',
    message: ({ template, file, reason }) =>
      `The presentation ${file} of ${template} can't be used: ${reason}.`,
    hint: () => 'Save it again as .pptx, and check that it has the slides that template.yaml names.',
  }),
  'slides.no-presentation': entry<{ template: string; target: string }>({
    kind: 'usage',
    message: ({ template, target }) => `The template ${template} has nothing for the target ${target}.`,
    hint: ({ target }) =>
      target === 'pptx'
        ? 'Name its presentation in template.yaml as `pptx: template.pptx`.'
        : 'Name its presentation in template.yaml as `google: { id: … }`.',
  }),
};

function choice({ known, meant }: Unknown, what: string): string {
  if (meant !== null) return `Did you mean ${meant}?`;
  if (known.length === 0) return 'There are none.';
  const more = known.length > 20 ? ` and ${known.length - 20} more` : '';
  return `${what}: ${known.slice(0, 20).join(', ')}${more}.`;
}
