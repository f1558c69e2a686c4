import type { Attachment } from '../context.ts';
import { type Flow, image, link, list, listItem, type Mixed, paragraph, strong, text } from '../nodes.ts';
import { example } from './example.ts';
import { PICTURE } from './files.ts';
import { live } from './live.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';

/** The page's files with their sizes. */
export const attachmentListMacro: MacroDefinition = {
  names: ['attachments'],
  example: example('attachments'),
  render: (call) => listOf(call, fileList),
};

/** The page's images. */
export const galleryMacro: MacroDefinition = {
  names: ['gallery'],
  example: example('gallery', { title: 'Plans' }),
  render: (call) => listOf(call, pictures),
};

/** A list of the page's files; if they are not known, such as those of another page, what the service shows. */
function listOf(call: MacroCall, make: (files: readonly Attachment[], call: MacroCall) => Flow[]): Mixed {
  const { name, parameter, reader, reference } = call;
  const elsewhere = reference()?.kind === 'link' || Boolean(parameter('page')?.trim());
  // Labels of files are not known.
  const labelled = Boolean((parameter('labels') ?? parameter('includeLabel') ?? '').trim());
  const files = elsewhere || labelled ? undefined : reader.context.attachments?.();
  return (files && reader.borrow(() => make(files, call))) ?? live(call, name);
}

function fileList(files: readonly Attachment[], call: MacroCall): Flow[] {
  const patterns = listed(call, 'patterns');
  const shown = files.filter(({ name }) => patterns.length === 0 || patterns.some((p) => matches(name, p)));
  const items = inOrder(shown, call).map(({ name, url, size }) =>
    listItem([
      paragraph([link(url, [text(name)]), ...(size === undefined ? [] : [text(` (${bytes(size)})`)])]),
    ]),
  );
  return items.length === 0 ? [] : [list(items)];
}

function pictures(files: readonly Attachment[], call: MacroCall): Flow[] {
  const [include, exclude] = [listed(call, 'include'), listed(call, 'exclude')];
  const shown = files.filter(
    ({ name, mediaType }) =>
      (mediaType?.startsWith('image/') ?? PICTURE.test(name)) &&
      (include.length === 0 || include.includes(name)) &&
      !exclude.includes(name),
  );
  const title = firstParameter(call, 'title');
  const images = inOrder(shown, call).map(({ name, url }): Flow => paragraph([image(url, name)]));
  return [...(title === undefined ? [] : [paragraph([strong([text(title)])])]), ...images];
}

function listed(call: MacroCall, name: string): string[] {
  const given = firstParameter(call, name) ?? '';
  return given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Patterns are regular expressions, of which people use `.*` or `*` for any text. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().replaceAll('\\.', '.').split(/\.?\*/);
  let rest = name.toLowerCase();
  for (const [index, part] of parts.entries()) {
    const at = index === parts.length - 1 ? rest.lastIndexOf(part) : rest.indexOf(part);
    if (at === -1 || (index === 0 && at !== 0)) return false;
    rest = rest.slice(at + part.length);
  }
  return rest === '';
}

/** By size or name if the macro says so; else as the page has them. Dates are not known. */
function inOrder(files: readonly Attachment[], call: MacroCall): Attachment[] {
  const sorted = [...files];
  const by = firstParameter(call, 'sortBy', 'sort');
  if (by === 'size') sorted.sort((a, b) => (a.size ?? 0) - (b.size ?? 0));
  if (by === 'name') sorted.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const backwards =
    firstParameter(call, 'sortOrder') === 'descending' || firstParameter(call, 'reverse') === 'true';
  return backwards ? sorted.reverse() : sorted;
}

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  const [value, unit] = size < 1_000_000 ? [size / 1000, 'kB'] : [size / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
