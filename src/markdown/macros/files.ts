import { image, link, type Mixed, text } from '../nodes.ts';
import type { MacroCall, MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$/i;

/** A link to the file that the page showed. */
export const fileMacro: MacroDefinition = {
  names: ['view-file', 'viewpdf', 'viewdoc', 'viewppt', 'viewxls', 'multimedia'],
  example:
    '<ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name"><ri:attachment ri:filename="plan.pdf" /></ac:parameter></ac:structured-macro>',
  render: showFile,
};

function showFile({ name, parameter, reference, reader }: MacroCall): Mixed {
  const target = reference();
  const given = (parameter('name') ?? parameter('') ?? '').trim();
  const file = target?.kind === 'attachment' ? target.name : given;
  const url =
    target?.kind === 'attachment' || target?.kind === 'link'
      ? target.url
      : reader.context.attachment?.(file ? { name: file } : {})?.url;
  if (url === undefined) {
    reader.lose(`macro:${name}`, 'file not found');
    return [marker(`${name}: ${file || 'unnamed'}`)];
  }
  return [PICTURE.test(file) ? image(url, file) : link(url, [text(file || url)])];
}

/** What the page has at the time of reading. */
export const attachmentListMacro: MacroDefinition = {
  names: ['attachments', 'gallery'],
  example: '<ac:structured-macro ac:name="attachments" />',
  render({ name, reader }) {
    reader.lose(`macro:${name}`);
    return [marker(name)];
  },
};
