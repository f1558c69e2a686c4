import { ctxError } from '../../core/errors/index.ts';
import { slideName, tagsOf as tagsOfLayout } from '../check.ts';
import type { Deck } from '../deck.ts';
import type { Layout } from '../template.ts';
import type { PresentSlide } from './presentation.ts';
import { type Tag, tagsOf, tagText } from './tags.ts';
import type { GoogleTemplate } from './wanted.ts';

/**
 * Checks that the slide which each of the deck's is made from asks for what its layout names, and for nothing else. Fails with
 * `slides.tag-not-declared` or `slides.tag-not-there`, which name slide and tag.
 */
export function checkSlides(
  deck: Deck,
  template: GoogleTemplate,
  sourceOf: (layout: Layout, name: string) => PresentSlide,
): void {
  for (const [index, slide] of deck.slides.entries()) {
    const layout = template.layouts[slide.layout] as Layout;
    const place = { template: template.name, slide: slideName(index, slide) };
    const declared = tagsOfLayout(layout);
    const there = askedBy(sourceOf(layout, slide.layout)).map(tagText);
    const undeclared = there.find((tag) => !declared.includes(tag));
    if (undeclared !== undefined) throw ctxError('slides.tag-not-declared', { ...place, tag: undeclared });
    const absent = declared.find((tag) => !there.includes(tag));
    if (absent !== undefined) throw ctxError('slides.tag-not-there', { ...place, tag: absent });
  }
}

/** Tables, charts and images are asked for by shapes of their own alone; within other text such a tag has no place. */
function askedBy({ shapes, text, notes }: PresentSlide): Tag[] {
  return [
    ...shapes.flatMap((shape) => placeOf(shape.text) ?? []),
    ...tagsOf(`${text}\n${notes?.text ?? ''}`).filter(({ kind }) => kind === 'var'),
  ];
}

/** What a shape holds the place of: its tag is all of its text. */
export function placeOf(text: string): Tag | undefined {
  const [tag] = tagsOf(text);
  return tag && tag.kind !== 'var' && tag.text === text.trim() ? tag : undefined;
}
