import { emoji } from '../emoji.ts';

/** Jira's emoticons; those with a name are Confluence's. */
const EMOTICONS: readonly (readonly [written: string, shown: string])[] = [
  [':)', named('smile')],
  [':-)', named('smile')],
  [':(', named('sad')],
  [':-(', named('sad')],
  [':P', named('cheeky')],
  [':-P', named('cheeky')],
  [':p', named('cheeky')],
  [':-p', named('cheeky')],
  [':D', named('laugh')],
  [':-D', named('laugh')],
  [';)', named('wink')],
  [';-)', named('wink')],
  ['(y)', named('thumbs-up')],
  ['(n)', named('thumbs-down')],
  ['(i)', named('information')],
  ['(/)', named('tick')],
  ['(x)', named('cross')],
  ['(!)', named('warning')],
  ['(+)', named('plus')],
  ['(-)', named('minus')],
  ['(?)', named('question')],
  ['(on)', named('light-on')],
  ['(off)', named('light-off')],
  ['(*)', named('yellow-star')],
  ['(*r)', named('red-star')],
  ['(*g)', named('green-star')],
  ['(*b)', named('blue-star')],
  ['(*y)', named('yellow-star')],
  ['(flag)', '🚩'],
  ['(flagoff)', '🏳️'],
];

function named(emoticon: string): string {
  return emoji({ emoticon });
}

/** The emoticon that begins at a position. */
export function emoticonAt(
  text: string,
  at: number,
): { readonly written: string; readonly shown: string } | undefined {
  const found = EMOTICONS.find(([written]) => text.startsWith(written, at));
  return found && { written: found[0], shown: found[1] };
}
