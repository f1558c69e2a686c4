import type { PhrasingContent } from 'mdast';
import { isBlank, link, text } from '../nodes.ts';
import { absoluteUrl } from '../urls.ts';
import type { Source } from './source.ts';

/** The address that a message names; undefined if it is not a whole one, or if following it would run code. */
export function addressOf(href: string, { reader }: Source): string | undefined {
  // Browsers leave out line ends and tabs.
  const address = href.replace(/[\t\n\r]/g, '');
  return /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address) ? absoluteUrl(address, reader.context) : undefined;
}

/** A link, or its words where it leads nowhere. */
export function linked(href: string, words: PhrasingContent[], source: Source): PhrasingContent[] {
  const url = addressOf(href, source);
  if (url !== undefined) return [link(url, isBlank(words) ? [text(shownAddress(url))] : words)];
  source.reader.degrade('link', 'unsafe address');
  return isBlank(words) ? [text(href)] : words;
}

/** An address as Slack shows it. */
function shownAddress(url: string): string {
  return url.replace(/^(?:mailto|tel):(?=.)/i, '');
}
