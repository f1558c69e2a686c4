import { linkTo } from '../marks.ts';
import { type Mixed, text as textNode } from '../nodes.ts';
import { mention } from '../people.ts';
import { absoluteUrl, cardTitle, issueUrl } from '../urls.ts';
import { inline } from './inline.ts';
import type { Source } from './source.ts';

const SMART = new Set(['smart-link', 'smart-card', 'smart-embed', 'smart-block', 'block', 'embed']);
export const ISSUE_KEY = /^[A-Z][A-Z0-9_]+-[1-9]\d{0,7}$/;

/** What a link's target means. */
type Target =
  | { readonly kind: 'address'; readonly href: string; readonly name: string }
  | { readonly kind: 'attachment'; readonly name: string }
  | { readonly kind: 'person'; readonly id: string };

interface Part {
  readonly start: number;
  readonly text: string;
}

/** `[…]` at a position as a link, mention or attachment, if what it holds is one; otherwise it is text. */
export function linkAt(source: Source, at: number, depth: number): { nodes: Mixed; end: number } | undefined {
  const close = source.brackets.get(at);
  if (close === undefined) return undefined;
  const parts = partsOf(source.text, at + 1, close);
  const smart = parts.length > 1 && SMART.has(parts.at(-1)?.text ?? '');
  if (smart) parts.pop();
  const last = parts.findLastIndex((part, index) => readTarget(source, part.text, index > 0) !== undefined);
  const written = parts[last];
  const target = written && readTarget(source, written.text, last > 0);
  // What follows the target is its tip; without a label, only the target itself may stand there.
  if (!written || !target || (last === 0 && parts.length > 1 && parts[1]?.text !== '')) return undefined;
  source.reader.construct();
  const label = { start: at + 1, end: Math.max(at + 1, written.start - 1) };
  const labelText = source.text.slice(label.start, label.end).trim();
  const own = labelText !== '' && labelText !== written.text;
  const content = () => (own ? inline(source, label.start, label.end, depth, true) : []);
  return { nodes: render(source, target, content, smart && !own), end: close + 1 };
}

function partsOf(text: string, start: number, end: number): Part[] {
  const parts: Part[] = [];
  let from = start;
  for (const written of text.slice(start, end).split('|')) {
    parts.push({ start: from, text: written.trim() });
    from += written.length + 1;
  }
  return parts;
}

function readTarget({ reader }: Source, written: string, labelled: boolean): Target | undefined {
  const rest = written.slice(1).trim();
  if (/^#\S/.test(written)) return { kind: 'address', href: written, name: rest };
  if (/^\^./.test(written)) return { kind: 'attachment', name: rest };
  if (/^~\S/.test(written)) return { kind: 'person', id: rest.replace(/^accountid:/, '') };
  if (ISSUE_KEY.test(written))
    return { kind: 'address', href: issueUrl(reader.context, written), name: written };
  if (/^www\.\S+$/i.test(written)) return { kind: 'address', href: `https://${written}`, name: written };
  if (/^mailto:\S/i.test(written)) return { kind: 'address', href: written, name: written.slice(7) };
  if (/^(?:[a-z][a-z\d+.-]*:)?\/\/\S/i.test(written))
    return { kind: 'address', href: written, name: written };
  const addressed = /^[a-z][a-z\d+.-]*:\S+$/i.test(written) || /^\/\S+$/.test(written);
  return labelled && addressed ? { kind: 'address', href: written, name: written } : undefined;
}

function render(source: Source, target: Target, content: () => Mixed, smart: boolean): Mixed {
  const { reader, afford } = source;
  if (target.kind === 'person') {
    const [label] = content();
    return [mention(target.id, reader, label?.type === 'text' ? label.value : undefined)];
  }
  const label = content();
  if (target.kind === 'attachment') {
    const url = reader.context.attachment?.({ name: target.name })?.url;
    if (url !== undefined && afford(url.length)) return linkTo(url, label, target.name);
    if (url === undefined) reader.degrade('attachment', 'not found');
    return label.length > 0 ? label : [textNode(target.name)];
  }
  const url = absoluteUrl(target.href, reader.context);
  if (url === undefined) reader.degrade('link', 'unsafe address');
  if (url === undefined || !afford(url.length)) return label.length > 0 ? label : [textNode(target.name)];
  return linkTo(url, label, smart ? cardTitle(url, reader.context) : target.name);
}
