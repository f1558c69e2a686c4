import type { List, PhrasingContent, RootContent } from 'mdast';
import {
  addFidelity,
  type Fidelity,
  NO_CONSTRUCTS,
  type SourceAttachment,
  type SourceDocument,
  type Warning,
} from '../../core/document.ts';
import { blockquote, heading, link, list, listItem, paragraph, strong, text } from '../../markdown/nodes.ts';
import { nestHeadings } from '../nodes.ts';
import { readableSize } from '../readable-size.ts';
import { attachmentUrl, shortHash } from './addresses.ts';
import { factsOf, nameOf, type ThreadPlace, titleOf } from './facts.ts';
import { readHtmlBody } from './html-body.ts';
import { htmlPassages } from './html-passages.ts';
import { withoutRepeated } from './html-quotes.ts';
import type { DeliveryReport, Invitation, Mail, MailAttachment, Mailbox } from './mail.ts';
import { textBlocks } from './paragraphs.ts';
import { textPassages } from './plain-text.ts';
import { findRepeated, type Passage, SaidBefore, wordsOf } from './repeated.ts';
import { subjectKey } from './subject.ts';
import type { MailThread, ThreadedMail } from './threads.ts';

/** A thread as one document: its messages in order, each with what it says that none before it said. */
export function renderThread(thread: MailThread<Mail>, place: ThreadPlace): SourceDocument {
  const rendering = new Rendering(thread);
  const children = thread.mails.flatMap((threaded, index) => rendering.message(threaded, index));
  const { warnings, fidelity } = rendering;
  const attachments = rendering.attachments();
  return {
    facts: factsOf(thread, place, attachments),
    body: { type: 'root', children },
    warnings,
    fidelity,
    attachments,
  };
}

interface Said {
  /** Of the words that are the message's own. */
  readonly count: number;
}

class Rendering {
  readonly warnings: Warning[] = [];
  fidelity: Fidelity = NO_CONSTRUCTS;
  readonly #thread: MailThread<Mail>;
  readonly #subject: string;
  readonly #before = new SaidBefore();
  readonly #said = new Map<string, Said>();
  /** What each author's messages ended with so far. */
  readonly #signatures = new Map<string, SaidBefore>();
  readonly #files = new Map<string, SourceAttachment>();

  constructor(thread: MailThread<Mail>) {
    this.#thread = thread;
    this.#subject = subjectKey(titleOf(thread));
  }

  /** Files by their content: what each message repeats, such as a logo, is one file. */
  attachments(): SourceAttachment[] {
    return [...this.#files.values()];
  }

  message({ id, mail, parent }: ThreadedMail<Mail>, index: number): RootContent[] {
    const answered = parent === undefined ? undefined : this.#said.get(parent);
    const shown = new Set<string>();
    const content = this.#body(mail, shown, { id, answeredWords: answered?.count });
    this.#before.endMessage();
    return [
      heading(2, [text(titleLine(mail))]),
      ...this.#head(mail, parent, index),
      ...nestHeadings(content, 2),
      ...this.#rest(mail, shown, 0),
    ];
  }

  #head(mail: Mail, parent: string | undefined, index: number): RootContent[] {
    const before = this.#thread.mails[index - 1]?.id;
    const answered = parent === before ? undefined : this.#thread.mails.find(({ id }) => id === parent)?.mail;
    return headLines([
      ['To', peopleLine(mail.to)],
      ['Cc', peopleLine(mail.cc)],
      ['Subject', subjectKey(mail.subject) === this.#subject ? '' : mail.subject],
      ['In reply to', answered ? titleLine(answered) : ''],
      ['Note', notesOf(mail).join(', ')],
    ]);
  }

  /** What stands below a message's words: what it carries. */
  #rest(mail: Mail, shown: ReadonlySet<string>, depth: number): RootContent[] {
    for (const warning of mail.warnings) this.#warn(warning);
    const files = mail.attachments.filter(({ sha256 }) => !shown.has(sha256));
    const links = files.map((file) => this.#fileLine(mail, file));
    return [
      ...mail.invitations.flatMap(invitationBlock),
      ...reportBlock(mail.reports),
      ...(links.length > 0 ? [paragraph([text('Attachments:')]), bullets(links)] : []),
      ...mail.messages.map((inner) => this.#inner(inner, depth)),
    ];
  }

  /** A message within a message, as a quote of it. */
  #inner(mail: Mail, depth: number): RootContent {
    const shown = new Set<string>();
    const content = this.#plainBody(mail, shown);
    const head = headLines([
      ['From', peopleLine(mail.from)],
      ['Date', minute(mail.date)],
      ['To', peopleLine(mail.to)],
      ['Cc', peopleLine(mail.cc)],
      ['Subject', mail.subject],
    ]);
    return blockquote([...head, ...nestHeadings(content, 2), ...this.#rest(mail, shown, depth + 1)]);
  }

  #fileLine(mail: Mail, attachment: MailAttachment): PhrasingContent[] {
    const { url } = this.#file(mail, attachment, false);
    return [
      link(url, [text(attachment.name)]),
      text(` · ${readableSize(attachment.size)} · ${attachment.type}`),
    ];
  }

  #file(
    mail: Mail,
    { part, name, type, size, sha256 }: MailAttachment,
    referenced: boolean,
  ): SourceAttachment {
    const known = this.#files.get(sha256);
    if (known) {
      if (referenced && !known.referenced) this.#files.set(sha256, { ...known, referenced });
      return known;
    }
    // Of a message within a message, the part begins with the place of that message in the one that is in the mailbox.
    const owner = this.#thread.mails.find((threaded) => threaded.mail === mail) ?? this.#owner(mail);
    const file: SourceAttachment = {
      id: sha256.slice(0, 20),
      name,
      version: sha256,
      type,
      size,
      url: attachmentUrl(owner?.mail.id ?? mail.id, part),
      referenced,
    };
    this.#files.set(sha256, file);
    return file;
  }

  #owner(inner: Mail): ThreadedMail<Mail> | undefined {
    const holds = (mail: Mail): boolean => mail.messages.some((one) => one === inner || holds(one));
    return this.#thread.mails.find(({ mail }) => holds(mail));
  }

  #body(
    mail: Mail,
    shown: Set<string>,
    { id, answeredWords }: { readonly id: string; readonly answeredWords: number | undefined },
  ): RootContent[] {
    const ofHtml = mail.html === undefined ? undefined : htmlPassages(mail.html);
    const ofText = mail.text === undefined ? [] : textPassages(mail.text);
    const useHtml = ofHtml?.passages.some(({ text, role }) => role === 'picture' || text !== '') ?? false;
    const passages: readonly Passage[] = useHtml && ofHtml ? ofHtml.passages : ofText;
    const repeated = findRepeated(passages, this.#before, answeredWords);
    this.#findSignatures(mail, passages, repeated);
    const own = passages.filter((_, index) => !repeated[index]);
    // Answers may quote either form.
    const other = useHtml && ofText.length > 0 ? ofText.filter(({ quote }) => quote === undefined) : [];
    for (const passage of [...own, ...other]) this.#before.add(passage.text);
    this.#said.set(id, { count: own.reduce((sum, passage) => sum + wordsOf(passage.text).length, 0) });
    if (useHtml && ofHtml && mail.html !== undefined) {
      const { own, below } = withoutRepeated(mail.html, ofHtml, repeated);
      const content = this.#html(mail, own, '', shown);
      const quoted = below === undefined ? [] : this.#html(mail, below, '-below', shown);
      return quoted.length > 0 ? [...content, blockquote(quoted)] : content;
    }
    return textBlocks(ofText.filter((_, index) => !repeated[index]).map(({ lines }) => lines));
  }

  /** Whoever writes often signs often; once says it. */
  #findSignatures(mail: Mail, passages: readonly Passage[], repeated: boolean[]): void {
    const author = mail.from[0]?.address ?? '';
    const known = this.#signatures.get(author) ?? new SaidBefore();
    this.#signatures.set(author, known);
    const signatures = passages.flatMap(({ role, quote, text }, index) =>
      role === 'signature' && quote === undefined ? [{ index, text }] : [],
    );
    // The line before a signature says nothing by itself.
    const said = signatures.map(({ text }) => known.has(text));
    if (said.includes(true) && !said.includes(false))
      for (const { index } of signatures) repeated[index] = true;
    for (const { text } of signatures) known.add(text);
    known.endMessage();
  }

  #plainBody(mail: Mail, shown: Set<string>): RootContent[] {
    if (mail.html !== undefined) return this.#html(mail, mail.html, '', shown);
    return mail.text === undefined ? [] : textBlocks(textPassages(mail.text).map(({ lines }) => lines));
  }

  #html(mail: Mail, html: string, suffix: string, shown: Set<string>): RootContent[] {
    const { content, warnings, fidelity } = readHtmlBody(html, shortHash(mail.id) + suffix, (contentId) => {
      const found = mail.attachments.find((one) => one.contentId === contentId);
      if (!found) return undefined;
      shown.add(found.sha256);
      const { url, name } = this.#file(mail, found, true);
      return { url, name, mediaType: found.type, size: found.size };
    });
    for (const warning of warnings) this.warnings.push(warning);
    this.fidelity = addFidelity(this.fidelity, fidelity);
    return content;
  }

  #warn(warning: Warning): void {
    this.warnings.push(warning);
    this.fidelity = addFidelity(this.fidelity, { ...NO_CONSTRUCTS, [warning.fate]: 1 });
  }
}

function titleLine({ from, date }: Mail): string {
  const author = from[0] ? nameOf(from[0]) : 'Unknown';
  return date === undefined ? author : `${author} · ${minute(date)}`;
}

function notesOf({ flags, warnings }: Mail): string[] {
  const isCut = warnings.some(({ construct }) => construct === 'mail:too-large');
  return [...flags.filter((flag) => flag !== 'bulk'), ...(isCut ? ['too large to be read whole'] : [])];
}

function peopleLine(people: readonly Mailbox[]): string {
  return people.map(nameOf).join(', ');
}

/** One line each, without those that say nothing. */
function headLines(lines: readonly (readonly [label: string, value: string])[]): RootContent[] {
  const shown = lines.filter(([, value]) => value !== '');
  if (shown.length === 0) return [];
  return [
    { ...bullets(shown.map(([label, value]) => [text(`${label}: ${value}`)])), data: { isHead: true } },
  ];
}

function invitationBlock(invitation: Invitation): RootContent[] {
  const { method, summary, start, end, rule, location, organizer, attendees, description } = invitation;
  const what =
    method === undefined || method === 'REQUEST' ? 'Invitation' : `Invitation (${method.toLowerCase()})`;
  const when = [start, end].filter((time) => time !== undefined).join(' – ');
  const head = headLines([
    ['When', when],
    ['Repeats', rule ?? ''],
    ['Where', location ?? ''],
    ['Organizer', organizer ?? ''],
    ['Attendees', attendees.join(', ')],
  ]);
  const words =
    description === undefined ? [] : textPassages({ value: description, flowed: false, delSp: false });
  return [
    paragraph([strong([text(summary ? `${what}: ${summary}` : what)])]),
    ...head,
    ...textBlocks(words.map(({ lines }) => lines)),
  ];
}

function reportBlock(reports: readonly DeliveryReport[]): RootContent[] {
  if (reports.length === 0) return [];
  const lines = reports.map(({ recipient, action, status, diagnostic }) =>
    [recipient, [action, status].filter(Boolean).join(' '), diagnostic].filter(Boolean).join(' · '),
  );
  return [paragraph([strong([text('Delivery report')])]), bullets(lines.map((line) => [text(line)]))];
}

function bullets(items: readonly (readonly PhrasingContent[])[]): List {
  return list(items.map((children) => listItem([paragraph([...children])])));
}

function minute(iso: string | undefined): string {
  return iso === undefined ? '' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
