/**
 * What people greet, sign off, acknowledge, agree and disagree with, in English, German, French and Spanish: small letters, without
 * punctuation, words with one space between. A message counts by its beginning, or by its end for what signs off.
 */
const PHRASES = {
  greetings: [
    'hi|hi all|hi everyone|hi team|hi there|hey|hey all|hey folks|hey team|hey there|hello|hello all|hello everyone|hello there',
    'good morning|good afternoon|good evening|morning|morning all|morning everyone|happy monday|happy friday|yo|howdy',
    'hallo|hallo zusammen|guten morgen|guten tag|guten abend|moin|servus|grüezi',
    'bonjour|bonjour à tous|bonsoir|salut|coucou|hola|hola a todos|buenos días|buenas tardes|buenas',
  ],
  sign_offs: [
    'thanks|thank you|many thanks|thanks a lot|thanks all|thanks everyone|thanks again|thanks in advance|thx|ty|cheers',
    'best|best regards|kind regards|regards|bye|see you|see you tomorrow|see you there|talk soon|talk to you soon|take care',
    'have a good day|have a great day|have a nice day|have a good weekend|have a nice weekend|good night|sleep well',
    'danke|vielen dank|danke dir|danke euch|grüße|viele grüße|liebe grüße|bis morgen|bis dann|schönes wochenende|schönen abend',
    'merci|merci beaucoup|merci d’avance|à bientôt|à demain|bonne journée|gracias|muchas gracias|saludos|hasta luego|hasta mañana',
  ],
  acknowledgements: [
    'got it|ok|okay|ok thanks|noted|ack|understood|i see|ah i see|makes sense|will do|on it|i’m on it|taking it|i’ll take it|done',
    'thanks|thank you|thx|cool|great|perfect|nice|awesome|sounds good|all good|no problem|no worries|sure|sure thing|alright|right',
    'verstanden|alles klar|passt|mach ich|erledigt|danke|super|gern|compris|d’accord|entendu|merci|parfait|entendido|vale|hecho|gracias',
  ],
  agreement: [
    'yes|yep|yeah|yup|yes please|agreed|i agree|i agree with|exactly|absolutely|definitely|totally|indeed|of course|correct|true|true that',
    'good point|good idea|good call|fair point|fair enough|makes sense|sounds good|works for me|fine with me|fine by me|+1|lgtm|ship it|same here',
    'ja|genau|stimmt|einverstanden|sehe ich auch so|klingt gut|gute idee|oui|tout à fait|exactement|bonne idée|sí|claro|exacto|de acuerdo|buena idea',
  ],
  disagreement: [
    'no|nope|nah|not really|not quite|not sure|i’m not sure|not convinced|i’m not convinced|i disagree|disagree|i don’t think|i doubt',
    'i’d rather|i would rather|i’d rather not|i would rather not|hm|hmm|actually|well actually|please don’t|let’s not|-1|wait|hold on',
    'nein|nicht ganz|eher nicht|ich glaube nicht|das sehe ich anders|lieber nicht|non|pas vraiment|je ne pense pas|no creo|no estoy seguro|no estoy de acuerdo',
  ],
} as const;

export type PhraseKind = keyof typeof PHRASES;

interface Known {
  readonly phrases: ReadonlySet<string>;
  /** In words. */
  readonly longest: number;
}

export const PHRASE_KINDS = Object.keys(PHRASES) as PhraseKind[];

const KNOWN = new Map<PhraseKind, Known>(
  PHRASE_KINDS.map((kind) => {
    const phrases = PHRASES[kind].flatMap((list) => list.split('|'));
    const longest = Math.max(...phrases.map((phrase) => phrase.split(' ').length));
    return [kind, { phrases: new Set(phrases), longest }];
  }),
);

/** The phrase of a kind that a message begins with, or ends with if it signs off; `words` as {@link comparable} gives them. */
export function phraseIn(kind: PhraseKind, words: readonly string[]): string | undefined {
  const { phrases, longest } = KNOWN.get(kind) as Known;
  for (let length = Math.min(longest, words.length); length > 0; length--) {
    const part = kind === 'sign_offs' ? words.slice(-length) : words.slice(0, length);
    const phrase = part.join(' ');
    if (phrases.has(phrase)) return phrase;
  }
  return undefined;
}

const MARKS = /^[^\p{L}\p{N}+-]+|[^\p{L}\p{N}]+$/gu;

/** The words of a text in small letters, without punctuation around them. */
export function comparable(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll("'", '’')
    .split(/\s+/)
    .map((word) => word.replace(MARKS, ''))
    .filter((word) => word !== '');
}
