import { link, type Mixed, text } from '../nodes.ts';
import { absoluteUrl } from '../urls.ts';
import { example, examplePage } from './example.ts';
import { liveContent } from './live.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';
import { marker } from './marker.ts';

/** What a page shows of elsewhere: a link to it. */
export const webMacro: MacroDefinition = {
  names: [
    'widget',
    'iframe',
    'rss',
    'html-include',
    'iframe-macro',
    'web-page',
    'embed',
    'youtube',
    'vimeo',
    'loom',
    'google-drive',
    'google-drive-live-link',
    'googledrive-live-link',
    'onedrive',
    'figma-embed',
    'trello-board',
    'office-connector',
    'markdown-from-url',
    'markdown-url',
  ],
  example: example('widget', { url: '<ri:url ri:value="https://www.youtube.com/watch?v=42" />' }),
  render: webLink,
};

/** A button is a link. */
export const buttonMacro: MacroDefinition = {
  names: ['ui-button', 'button', 'button-macro', 'aura-button', 'link-button', 'navitabs-button'],
  example: example('ui-button', { title: 'Read on', '': examplePage('Glossary') }),
  render: webLink,
};

function webLink(call: MacroCall): Mixed {
  const { name, parameter, reader, reference } = call;
  const target = reference();
  const address =
    target?.kind === 'link' || target?.kind === 'attachment'
      ? target.url
      : ADDRESSES.map((key) => parameter(key)?.trim()).find((value) => value && isAddress(value));
  const url = address === undefined ? undefined : absoluteUrl(address, reader.context);
  const title = firstParameter(call, 'title', 'label', 'text', 'name');
  if (url === undefined) {
    const shown = liveContent(call) ?? call.body();
    if (shown.length > 0) return shown;
    reader.lose(`macro:${name}`, address === undefined ? 'without an address' : 'unsafe address');
    return [marker(title === undefined ? name : `${name}: ${title}`)];
  }
  const label = title ?? (target?.kind === 'link' || target?.kind === 'attachment' ? target.name : url);
  return [link(url, [text(label)]), ...call.body()];
}

const ADDRESSES = ['url', 'src', 'href', 'link', 'URL', 'Url', 'source', 'location', ''];

function isAddress(value: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|\/|#|www\.)/i.test(value);
}
