/** What mail programs put before the subject of an answer, in their languages, without the colon. */
const REPLY = [
  ...['re', 'aw', 'antw', 'antwort', 'sv', 'vs', 'ref', 'ynt', 'odp', 'vá', 'vl', 'bls', 'rif', 'r', 'res'],
  ...[
    'απ',
    'σχετ',
    'ответ',
    'отв',
    'תגובה',
    'رد',
    '回复',
    '回覆',
    '答复',
    '答覆',
    '返信',
    '回信',
    '답장',
    '회신',
  ],
];
const FORWARD = [
  ...[
    'fw',
    'fwd',
    'wg',
    'tr',
    'rv',
    'enc',
    'doorst',
    'vb',
    'vidb',
    'vs',
    'pd',
    'továbbítás',
    'i',
    'ilt',
    'πρθ',
  ],
  ...['пересл', 'преп', 'הועבר', 'إعادة توجيه', '转发', '轉寄', '转寄', '転送', '전달'],
];

const escaped = (words: readonly string[]) =>
  [...new Set(words)].sort((a, b) => b.length - a.length).join('|');

/** `Re:`, `Re[2]:`, `RE：` and `Re (3):`, with white space or another list's tag before it. */
const PREFIX = new RegExp(
  `^\\s*(?:${escaped([...REPLY, ...FORWARD])})\\s*(?:[[(]\\d+[\\])])?\\s*[:：]\\s*`,
  'iu',
);
const FORWARD_MARK = /\s*\(fwd?\)$/i;
const TAG = /^\s*(\[[^\][]{1,60}\])\s*/u;

export interface Subject {
  /** What the mails of a talk have in common: no prefixes; tags of lists stay. */
  readonly title: string;
  /** It says of itself that it answers or forwards another. */
  readonly isReply: boolean;
}

export function readSubject(subject: string): Subject {
  let rest = subject.replace(/\s+/g, ' ').trim();
  let tag = '';
  let isReply = false;
  for (;;) {
    const prefix = PREFIX.exec(rest);
    if (prefix) {
      isReply = true;
      rest = rest.slice(prefix[0].length);
      continue;
    }
    // `[list] Re: title`, and `Re: [list] title`, are one title.
    const [whole, name = ''] = TAG.exec(rest) ?? [];
    if (whole === undefined || !(PREFIX.test(rest.slice(whole.length)) || name === tag)) break;
    tag ||= name;
    rest = rest.slice(whole.length);
  }
  const title = rest.replace(FORWARD_MARK, '').trim();
  return { title: tag === '' || title.startsWith(tag) ? title : `${tag} ${title}`.trim(), isReply };
}

/** Equal for subjects that mean the same talk. */
export function subjectKey(subject: string): string {
  return readSubject(subject).title.normalize('NFKC').toLowerCase();
}
