/** Confluence's emoticon names from before it had emoji, which storage format still carries. */
const EMOTICONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    smile: '🙂',
    sad: '🙁',
    cheeky: '😛',
    laugh: '😀',
    wink: '😉',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
    information: 'ℹ️',
    tick: '✅',
    cross: '❌',
    warning: '⚠️',
    plus: '➕',
    minus: '➖',
    question: '❓',
    'light-on': '💡',
    'light-off': '🔅',
    'yellow-star': '⭐',
    'red-star': '⭐',
    'green-star': '⭐',
    'blue-star': '⭐',
    heart: '❤️',
    'broken-heart': '💔',
  }),
);

/** Atlassian's own emoji, which have an image and no character. */
const ATLASSIAN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ':check_mark:': '✅',
    ':cross_mark:': '❌',
    ':plus:': '➕',
    ':minus:': '➖',
    ':info:': 'ℹ️',
    ':question_mark:': '❓',
    ':yellow_star:': '⭐',
    ':red_star:': '⭐',
    ':green_star:': '⭐',
    ':blue_star:': '⭐',
    ':light_bulb_on:': '💡',
    ':light_bulb_off:': '🔅',
    ':broken_heart:': '💔',
    ':warning:': '⚠️',
  }),
);

export interface EmojiNames {
  /** The character itself, or a short name where there is none. */
  readonly text?: string | undefined;
  readonly shortName?: string | undefined;
  /** An emoji's code points in hexadecimal, joined by `-`. */
  readonly id?: string | undefined;
  readonly emoticon?: string | undefined;
}

/** The emoji as a character if any of its names tells it, else its short name. */
export function emoji({ text, shortName, id, emoticon }: EmojiNames): string {
  if (text && !/^:.*:$/.test(text)) return text;
  const byName = ATLASSIAN.get(shortName ?? '') ?? ATLASSIAN.get(text ?? '');
  if (byName) return byName;
  if (id && /^[\da-f]{2,6}(?:-[\da-f]{2,6})*$/i.test(id)) {
    const points = id.split('-').map((point) => Number.parseInt(point, 16));
    if (points.every((point) => point <= 0x10ffff)) return String.fromCodePoint(...points);
  }
  return (shortName || text || EMOTICONS.get(emoticon ?? '')) ?? (emoticon ? `:${emoticon}:` : '');
}
