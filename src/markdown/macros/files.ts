import { image, link, type Mixed, text } from '../nodes.ts';
import { example, exampleFile } from './example.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

export const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$/i;

/** A link to the file that the page showed. */
export const fileMacro: MacroDefinition = {
  names: [
    'view-file',
    'viewpdf',
    'viewdoc',
    'viewppt',
    'viewxls',
    'multimedia',
    'pdf',
    'viewvisio',
    'video',
    'audio',
    'csv-attachment',
    'attachment-link',
  ],
  example: example('view-file', { name: exampleFile('plan.pdf') }),
  render: showFile,
};

function showFile(call: MacroCall): Mixed {
  const { name, reference, reader } = call;
  const target = reference();
  const file =
    target?.kind === 'attachment' ? target.name : (firstParameter(call, 'name', 'attachment', '') ?? '');
  const url = target?.kind === 'attachment' ? target.url : fileUrl(file, call);
  if (url === undefined) {
    reader.lose(`macro:${name}`, 'file not found');
    return [marker(`${name}: ${file || 'unnamed'}`)];
  }
  return [PICTURE.test(file) ? image(url, file) : link(url, [text(file || url)])];
}

/** A file by its name, of the page that another parameter refers to if there is one. */
function fileUrl(file: string, { reader, reference }: MacroCall): string | undefined {
  const owner = reference();
  if (owner?.kind !== 'link') return reader.context.attachment?.(file ? { name: file } : {})?.url;
  if (file === '' || !owner.page) return owner.url;
  return reader.context.attachment?.({ name: file, page: owner.page })?.url ?? owner.url;
}
