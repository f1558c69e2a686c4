import { image, link, type Mixed, text } from '../nodes.ts';
import type { Macro } from './macro.ts';
import { marker } from './marker.ts';

const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$/i;

/** `view-file` and its kin: a link to the file that the page showed. */
export const fileMacro: Macro = ({ name, parameter, reference, reader }): Mixed => {
  const target = reference();
  const given = (parameter('name') ?? parameter('') ?? '').trim();
  const file = target?.kind === 'attachment' ? target.name : given;
  const url =
    target?.kind === 'attachment' || target?.kind === 'link'
      ? target.url
      : reader.context.attachment?.(file ? { name: file } : {})?.url;
  if (url === undefined) {
    reader.warn(`macro:${name}`, 'file not found');
    return [marker(`${name}: ${file || 'unnamed'}`)];
  }
  return [PICTURE.test(file) ? image(url, file) : link(url, [text(file || url)])];
};

/** `attachments` and `gallery` list what the page has at the time of reading. */
export const attachmentListMacro: Macro = ({ name, reader }) => {
  reader.warn(`macro:${name}`);
  return [marker(name)];
};
