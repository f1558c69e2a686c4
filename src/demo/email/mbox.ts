import { type MailSpec, messageText } from './message.ts';

/** An mbox (https://www.rfc-editor.org/rfc/rfc4155) of messages in the order of their arrival. */
export function mboxOf(specs: readonly MailSpec[]): string {
  const byId = new Map(specs.map((spec) => [spec.id, spec]));
  return [...specs]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((spec) => entry(quoting(spec, byId), chainOf(spec, byId)))
    .join('');
}

function entry(spec: MailSpec, chain: readonly string[]): string {
  const [, address = 'MAILER-DAEMON'] = /<([^>]+)>/.exec(spec.from) ?? [];
  const written = new Date(`${spec.at}:00Z`).toUTCString();
  const [, weekday, day, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(written) ?? [];
  const message = messageText(spec, chain).replace(/^(>*From )/gm, '>$1');
  return `From ${address} ${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}\n${message.trimEnd()}\n\n`;
}

/** The ids of what a message answers, the oldest first. */
function chainOf({ answers }: MailSpec, all: ReadonlyMap<string, MailSpec>): string[] {
  const spec = answers === undefined ? undefined : all.get(answers);
  return spec ? [...chainOf(spec, all), spec.id] : [];
}

/** Quotes, which hold quotes, as mail programs put them in. */
function quoting(spec: MailSpec, all: ReadonlyMap<string, MailSpec>): MailSpec {
  const answered = spec.answers === undefined ? undefined : all.get(spec.answers);
  if (!answered) return spec;
  const { from, at, text, html } = quoting(answered, all);
  const day = `${new Date(`${at}:00Z`).toUTCString().slice(0, 16)} at ${at.slice(11)}`;
  const intro = `On ${day}, ${from} wrote:`;
  const quoted = `${intro}\n${text
    .trimEnd()
    .replace(/^(?=>)/gm, '>')
    .replace(/^(?!>)/gm, '> ')}`;
  const shown = `<div class="gmail_quote"><div class="gmail_attr">${escaped(intro)}<br></div><blockquote class="gmail_quote">${html ?? paragraphs(text)}</blockquote></div>`;
  return {
    ...spec,
    text: spec.text.replace('{{quote}}', () => quoted),
    ...(spec.html !== undefined && { html: spec.html.replace('{{quote}}', () => shown) }),
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\n+/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
