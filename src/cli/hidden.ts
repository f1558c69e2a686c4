import { oneLine } from '../core/one-line.ts';
import type { Finder } from '../redact/rules.ts';

/** Shorter ones would be found in the base64 of other things. */
const LEAST_BASE64 = 10;

/**
 * Finds secrets in a text: as they are, percent-encoded, escaped for JSON, and within base64 such as that of an
 * `Authorization` header. Undefined when there is nothing to hide.
 */
export function patternOf(secrets: Iterable<string>): RegExp | undefined {
  const found = [...new Set(secrets)].filter((secret) => secret !== '');
  // A longer one may begin with a shorter one.
  const forms = found
    .toSorted((a, b) => b.length - a.length)
    .flatMap((secret) => [plain(secret), ...base64(secret)]);
  return forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'gu');
}

/** Each character in any of its forms. */
function plain(secret: string): string {
  const isBlank = oneLine(secret).trim() === '';
  return [...secret.toWellFormed()]
    .map((character) => {
      const forms = formsOf(character);
      // A line of ours has one space in place of some of them.
      if (!isBlank && oneLine(character) !== character) forms.push(' ?');
      return `(?:${forms.join('|')})`;
    })
    .join('');
}

function formsOf(character: string): string[] {
  const bytes = [...Buffer.from(character)].map((byte) => {
    const hex = byte.toString(16).padStart(2, '0');
    return `%${hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`;
  });
  const literal = /[\p{L}\p{N}_]/u.test(character)
    ? character
    : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  const escaped = /["\\/]/.test(character) ? [`\\\\${literal}`] : [];
  return [...escaped, literal, bytes.join(''), ...(character === ' ' ? ['\\+'] : [])];
}

/** What is sure to stand in the base64 of anything that contains the secret, for each of the three ways it may begin. */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const own = text.slice(Math.ceil((before * 8) / 6), (before + bytes.length) % 3 === 0 ? undefined : -1);
    if (own.length < LEAST_BASE64) return [];
    return own.replace(/[+/]/g, (character) =>
      character === '+' ? '(?:[+-]|%2[bB])' : '(?:\\\\?/|_|%2[fF])',
    );
  });
}

/** A shorter one may be a word. */
const LEAST_IN_DOCUMENTS = 8;

/** A rule for documents: what this program logs in with is a secret there too, should a page or an answer quote it. */
export function findCredentials(secrets: Iterable<string>): Finder {
  const pattern = patternOf([...secrets].filter(({ length }) => length >= LEAST_IN_DOCUMENTS));
  if (pattern === undefined) return () => [];
  return (text) =>
    Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      kind: 'credential',
    }));
}
