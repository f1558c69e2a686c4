import type { PhrasingContent } from 'mdast';
import { link, text } from '../nodes.ts';
import { absoluteUrl } from '../urls.ts';
import type { Source } from './source.ts';

/** The address that a message names; undefined if it is not a whole one, or if following it would run code. */
export function addressOf(href: string, { reader }: Source): string | undefined {
  return /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(href) ? absoluteUrl(href, reader.context) : undefined;
}

/** A link, or its words where it leads nowhere. */
export function linked(href: string, words: PhrasingContent[], source: Source): PhrasingContent[] {
  const url = addressOf(href, source);
  if (url !== undefined) return [link(url, words.length > 0 ? words : [text(shownAddress(url))])];
  source.reader.degrade('link', 'unsafe address');
  return words.length > 0 ? words : [text(href)];
}

/** An address as Slack shows it. */
function shownAddress(url: string): string {
  return url.replace(/^(?:mailto|tel):(?=.)/i, '');
}
