import { link, type Mixed, text as textNode } from '../nodes.ts';
import { trimAddress } from '../trim-address.ts';
import { absoluteUrl, issueUrl } from '../urls.ts';
import type { Source } from './source.ts';

const SCHEME = /(?:https?|ftps?|sftp|file|irc|nntp|news):\/\/(?=[^\s/])|mailto:(?=[^\s@:]{1,64}@)/iy;
const ADDRESS = /[^\s|<>"\\^`[\]{}\u00A0]+/y;
const KEY = /([A-Z][A-Z0-9]+)-[1-9]\d{0,6}(?![\p{L}\p{N}_-]|\.\d)/uy;

/** Prefixes of standards, algorithms and hardware that look like a project's key and hardly ever are one. */
const NO_PROJECTS = new Set(
  (
    'AES AGPL AMD ANSI API ARM ASCII BASE BSD CET CIS COVID CP CRC CSS CVE CWE DES DIN DOS EC ECMA EN EPL ES EST ' +
    'EUC GB GMT GPL GPT HMAC HTML HTTP IE IEC IEEE INT IPV ISBN ISO ISSN JAVA JDK JRE JSR KB LGPL LATIN LLVM MD MIPS ' +
    'MIT MP MPEG MPL MS OS PEP PHP PKCS PR PS PST RC RFC RIPEMD RS RSA SDK SHA SLF SQL SS SSL TLS TS UCS UINT ' +
    'USB UTC UTF VP VT WAI WIN WINDOWS XHTML XML'
  ).split(' '),
);

interface Found {
  readonly nodes: Mixed;
  readonly end: number;
}

/** An address, or an issue's key, that begins with the word at a position. */
export function autolinkAt(source: Source, at: number, end: number): Found | undefined {
  return addressAt(source, at, end) ?? issueAt(source, at, end);
}

function addressAt({ text, reader }: Source, at: number, end: number): Found | undefined {
  SCHEME.lastIndex = at;
  const scheme = SCHEME.exec(text)?.[0];
  if (!scheme) return undefined;
  ADDRESS.lastIndex = at + scheme.length;
  const match = ADDRESS.exec(text);
  const longest = at + scheme.length + (match?.[0].length ?? 0);
  const address = trimAddress(text.slice(at, Math.min(longest, end)), text[at - 1]);
  const url = address.length > scheme.length ? absoluteUrl(address, reader.context) : undefined;
  if (url === undefined) return undefined;
  reader.construct();
  const shown = scheme.toLowerCase() === 'mailto:' ? address.slice(scheme.length) : address;
  return { nodes: [link(url, [textNode(shown)])], end: at + address.length };
}

/**
 * A bare key of an issue. Jira links those that exist; we can not ask, so a key is linked by its form (two capitals
 * or more, a number without leading zero), but for the prefixes that mean something else.
 */
function issueAt({ text, reader, afford }: Source, at: number, end: number): Found | undefined {
  if ('-/.=#@_&%$\\'.includes(text[at - 1] ?? ' ')) return undefined;
  KEY.lastIndex = at;
  const match = KEY.exec(text);
  if (!match || KEY.lastIndex > end || NO_PROJECTS.has(match[1] ?? '')) return undefined;
  const [key] = match;
  const url = issueUrl(reader.context, key);
  if (!afford(url.length)) return undefined;
  reader.construct();
  return { nodes: [link(url, [textNode(key)])], end: at + key.length };
}
