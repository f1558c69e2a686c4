/*
 * The lines by which mail programs introduce what they quote, in the languages that they speak.
 */

const WROTE = [
  ...[
    'wrote',
    'writes',
    'schrieb',
    'schrieben',
    'a écrit',
    'escribió',
    'escribio',
    'ha scritto',
    'escreveu',
    'schreef',
  ],
  ...[
    'skrev',
    'kirjoitti',
    'napisał',
    'napisała',
    'napisał\\(a\\)',
    'napsal',
    'napsala',
    'napsal\\(a\\)',
    'írta',
    'a scris',
  ],
  ...[
    'пишет',
    'написал',
    'написала',
    'написал\\(а\\)',
    'пише',
    'έγραψε',
    'yazdı',
    'şunu yazdı',
    'כתב',
    'כתבה',
    'كتب',
  ],
  ...['写道', '寫道', 'のメール', '님이 작성', '작성'],
];
const INTRODUCTION = new RegExp(`(?:^|[\\s>,\\d])(?:${WROTE.join('|')})(?![\\p{L}]).{0,200}$`, 'su');
const ADDRESSED = /\d.*<[^<>\s]+@[^<>\s]+>\s*$/s;
const LONGEST = 400;

/** `On … Ann wrote:` and what others have in its place: a date or an address, and a colon at the end. */
export function isAttribution(text: string): boolean {
  const line = text.trim();
  if (line.length > LONGEST || !/[:：]$/.test(line)) return false;
  const words = line.slice(0, -1);
  return (INTRODUCTION.test(words) && /[\d@]/.test(words)) || ADDRESSED.test(words);
}

const ORIGINAL = [
  ...[
    'original message',
    'original appointment',
    'forwarded message',
    'begin forwarded message',
    'reply message',
  ],
  ...[
    'ursprüngliche nachricht',
    'originalnachricht',
    'weitergeleitete nachricht',
    'anfang der weitergeleiteten nachricht',
  ],
  ...[
    "message d['’]origine",
    'message original',
    'message transféré',
    'message transmis',
    'début du message (?:transféré|réexpédié)',
  ],
  ...[
    'mensaje original',
    'mensaje reenviado',
    'inicio del mensaje reenviado',
    'mensagem original',
    'mensagem encaminhada',
  ],
  ...[
    'messaggio originale',
    'messaggio inoltrato',
    'inizio messaggio inoltrato',
    'oorspronkelijk bericht',
    'doorgestuurd bericht',
  ],
  ...[
    'ursprungligt meddelande',
    'vidarebefordrat meddelande',
    'opprinnelig melding',
    'oprindelig meddelelse',
  ],
  ...[
    'alkuperäinen viesti',
    'wiadomość oryginalna',
    'oryginalna wiadomość',
    'původní zpráva',
    'eredeti üzenet',
  ],
  ...[
    'исходное сообщение',
    'пересланное сообщение',
    '原始邮件',
    '原始郵件',
    '转发的消息',
    '元のメッセージ',
    '원본 메시지',
  ],
];
const SEPARATOR = new RegExp(`^[\\s*_>-]*(?:${ORIGINAL.join('|')})\\s*[:：]?[\\s*_>-]*$`, 'iu');

/** `-----Original Message-----` and the like: all that follows is of another message. */
export function isSeparator(line: string): boolean {
  return line.length < 100 && SEPARATOR.test(line);
}

const FROM_LABELS =
  'from|von|de|da|van|från|fra|od|lähettäjä|от|от кого|від|kimden|feladó|expéditeur|发件人|寄件者|差出人|보낸 사람|보낸사람';
const OTHER_LABELS = [
  'sent|date|to|cc|bcc|subject|reply-to|importance|priority|gesendet|gesendet am|datum|an|kopie|betreff',
  'envoyé|à|objet|cc :|enviado|enviado el|enviada em|fecha|para|asunto|data|assunto|inviato|a|oggetto',
  'verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|lähetetty|vastaanottaja|aihe|wysłano|wysłane|do|dw|temat',
  'odesláno|komu|předmět|отправлено|дата|кому|копия|тема|gönderildi|kime|konu|küldve|címzett|tárgy',
  '发送时间|发送日期|收件人|抄送|主题|寄件日期|收件者|副本|主旨|送信日時|日時|宛先|件名|보낸 날짜|날짜|받는 사람|제목',
].join('|');
const FROM_LINE = new RegExp(`^\\s*\\*?(?:${FROM_LABELS})\\s*\\*?\\s*[:：]`, 'iu');
const OTHER_LINE = new RegExp(`^\\s*\\*?(?:${OTHER_LABELS})\\s*\\*?\\s*[:：]`, 'iu');
const MOST_LINES = 12;

/**
 * How many lines from `start` on are the head of another message, as Outlook quotes it: its author, and at least two of
 * when, to whom and about what. None is 0.
 */
export function headLength(lines: readonly string[], start: number): number {
  if (!FROM_LINE.test(lines[start]?.slice(0, LONGEST) ?? '')) return 0;
  let end = 1;
  let known = 0;
  // A long list of people goes on in the next lines.
  for (let at = 1; at < MOST_LINES && at - end < 4; at++) {
    const line = lines[start + at]?.slice(0, LONGEST);
    if (line === undefined || (line.trim() === '' && known > 0)) break;
    if (!OTHER_LINE.test(line)) continue;
    known++;
    end = at + 1;
  }
  return known < 2 ? 0 : end;
}
