import { emoji } from '../emoji.ts';
import { textOf } from './json.ts';
import type { Json } from './source.ts';

/** An emoji's characters, in the skin tone that was chosen; one of the workspace's own has only its name. */
export function emojiText(element: Json): string {
  const name = textOf(element, 'name') ?? '';
  const tone = /^[2-6]$/.exec(textOf(element, 'skin_tone') ?? '')?.[0];
  const points = (textOf(element, 'unicode') ?? '').split('-');
  if (tone !== undefined && !points.some((point) => /^1f3f[b-f]$/i.test(point))) {
    // The tone follows the person that it colours, in the place of the sign that asks for an image.
    points.splice(1, points[1]?.toLowerCase() === 'fe0f' ? 1 : 0, TONES[tone] ?? '');
  }
  const characters = emoji({ id: points.join('-') });
  if (characters !== '' || name === '') return characters;
  return tone === undefined ? `:${name}:` : `:${name}::skin-tone-${tone}:`;
}

const TONES: Readonly<Record<string, string>> = {
  2: '1f3fb',
  3: '1f3fc',
  4: '1f3fd',
  5: '1f3fe',
  6: '1f3ff',
};
