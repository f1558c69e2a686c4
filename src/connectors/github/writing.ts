import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import {
  addFidelity,
  type Facts,
  type Fidelity,
  NO_CONSTRUCTS,
  type SourceDocument,
  type Warning,
} from '../../core/document.ts';
import { fromGithub } from '../../markdown/index.ts';
import { LIVE_END, liveStart } from '../../markdown/live.ts';
import { blockHtml } from '../../markdown/nodes.ts';
import { emphasis, heading, link, nestHeadings, paragraph, text } from '../nodes.ts';
import { nameOf } from './people.ts';
import type { Actor, Reactions, Reference } from './schema.ts';

/** Where a document's texts were written. */
export interface Place {
  readonly source: string;
  /** What people see, such as `https://github.com`. */
  readonly site: string;
  /** Such as `acme/api`. */
  readonly repository: string;
  readonly repositoryId: string;
}

/** What somebody wrote, in an issue as in a review. */
export interface Written {
  readonly id?: string | null | undefined;
  readonly author?: Actor;
  readonly body?: string | null | undefined;
  readonly createdAt?: string | null | undefined;
  readonly lastEditedAt?: string | null | undefined;
  readonly isMinimized?: boolean | null | undefined;
  readonly minimizedReason?: string | null | undefined;
}

/** A document, and the addresses that people wrote in it. */
export interface Rendered {
  readonly document: SourceDocument;
  readonly mentions: ReadonlySet<string>;
}

/** What is read of a comment that a program wrote; the rest of it is seldom for people. */
const BLOCKS_OF_BOTS = 8;

/** A document on its way: what its texts named, and what became of their constructs. */
export class Writing {
  readonly place: Place;
  readonly #people = new Map<string, string>();
  readonly #warnings: Warning[] = [];
  readonly #mentions = new Set<string>();
  #fidelity: Fidelity = NO_CONSTRUCTS;
  #texts = 0;

  constructor(place: Place) {
    this.place = place;
  }

  /** A text, its headings below the heading at `depth` that it stands under. */
  read(markdown: string | null | undefined, depth: number): RootContent[] {
    const { site, repository } = this.place;
    this.#texts += 1;
    const { root, warnings, fidelity } = fromGithub(markdown ?? '', {
      siteUrl: site,
      repository,
      address: (href) => relativeTo(`${site}/${repository}/issues/`, href),
      lineBreaks: true,
      // The first is the description.
      ...(this.#texts > 1 && { textId: String(this.#texts) }),
      person: () => undefined,
    });
    this.#noteMentions(root);
    return nestHeadings(this.take(root.children, warnings, fidelity), depth);
  }

  #noteMentions(node: Nodes): void {
    if (node.type === 'link') this.#mentions.add(node.url);
    if ('children' in node) for (const child of node.children) this.#noteMentions(child);
  }

  take(
    content: readonly RootContent[],
    warnings: readonly Warning[],
    fidelity: Fidelity,
  ): readonly RootContent[] {
    this.#warnings.push(...warnings);
    this.#fidelity = addFidelity(this.#fidelity, fidelity);
    return content;
  }

  warn(warning: Warning): void {
    this.#warnings.push(warning);
    const { kept, degraded, lost } = this.#fidelity;
    this.#fidelity =
      warning.fate === 'lost' ? { kept, degraded, lost: lost + 1 } : { kept, degraded: degraded + 1, lost };
  }

  /** A comment: its heading, which says who wrote it and when, and its text. */
  comment(written: Written, depth: 3 | 4 | 5, said = ''): RootContent[] {
    const { author, createdAt, lastEditedAt } = written;
    const edited = lastEditedAt ? ` (edited ${minuteOf(lastEditedAt)})` : '';
    const title = `${this.name(author)}${said}${createdAt ? ` · ${minuteOf(createdAt)}${edited}` : ''}`;
    return [heading(depth, title), ...this.#textOf(written, depth)];
  }

  #textOf({ author, body, isMinimized, minimizedReason }: Written, depth: number): RootContent[] {
    if (isMinimized) {
      const reason = minimizedReason ? ` as ${minimizedReason.toLowerCase().replaceAll('_', ' ')}` : '';
      return [note(`This comment was hidden${reason}.`)];
    }
    const content = this.read(body, depth);
    const rest = content.length - BLOCKS_OF_BOTS;
    if (author?.__typename !== 'Bot' || rest < 2) return content;
    return [
      ...content.slice(0, BLOCKS_OF_BOTS),
      note(`${rest} more blocks of this program’s comment are left out.`),
    ];
  }

  /** What people call it; who is named is in the frontmatter. */
  name(actor: Actor): string {
    const { id, login } = actor ?? {};
    if (id && login) this.#people.set(id, login);
    return nameOf(actor);
  }

  /** Such as `#12` or `acme/web#7`; undefined for what only some of the repository's readers may know of. */
  reference(other: Reference | null | undefined): PhrasingContent | undefined {
    const name = this.referenceName(other);
    return name === undefined || !other?.url ? undefined : link(other.url, name);
  }

  referenceName(other: Reference | null | undefined): string | undefined {
    const { number, repository } = other ?? {};
    if (number == null || !repository) return undefined;
    if (repository.id === this.place.repositoryId) return `#${number}`;
    return repository.isPrivate ? undefined : `${repository.nameWithOwner}#${number}`;
  }

  /** How often people reacted, as it is now: a reaction is no change of what it is to. */
  reactions(groups: Reactions, votes = 0): RootContent[] {
    const said = (groups ?? []).flatMap(({ content, reactors }) =>
      reactors.totalCount > 0 ? [`${EMOJI[content] ?? content.toLowerCase()} ${reactors.totalCount}`] : [],
    );
    // Everybody votes for what they began.
    if (votes > 1) said.unshift(`⬆️ ${votes}`);
    if (said.length === 0) return [];
    return [blockHtml(liveStart('reactions')), paragraph(text(said.join(' · '))), blockHtml(LIVE_END)];
  }

  document(facts: Omit<Facts, 'source' | 'people'>, children: RootContent[]): Rendered {
    const people = Object.fromEntries([...this.#people].sort(([a], [b]) => (a < b ? -1 : 1)));
    const document = {
      facts: {
        ...facts,
        source: this.place.source,
        ...(this.#people.size > 0 && { people }),
      },
      body: { type: 'root' as const, children },
      warnings: this.#warnings,
      fidelity: this.#fidelity,
      attachments: [],
    };
    return { document, mentions: this.#mentions };
  }
}

/** https://docs.github.com/en/graphql/reference/enums#reactioncontent */
const EMOJI: Readonly<Record<string, string>> = {
  ...{ THUMBS_UP: '👍', THUMBS_DOWN: '👎', LAUGH: '😄', HOORAY: '🎉' },
  ...{ CONFUSED: '😕', HEART: '❤️', ROCKET: '🚀', EYES: '👀' },
};

/** What people see, such as `https://github.com`, by the address of a repository. */
export function siteOf(repositoryUrl: string): string {
  return repositoryUrl.replace(/(?:\/[^/]+){2}\/?$/, '');
}

export function section(title: string, content: readonly RootContent[]): RootContent[] {
  return content.length === 0 ? [] : [heading(2, title), ...content];
}

export function note(words: string): RootContent {
  return paragraph(emphasis(text(words)));
}

export function minuteOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Where an address of a text at `base` leads; a place within the text stays as it is. Undefined if nowhere. */
export function relativeTo(base: string, href: string): string | undefined {
  if (isWhole(href)) return href;
  return URL.canParse(href, base) ? new URL(href, base).href : undefined;
}

/** Whether an address is no path: it names its scheme, or a place within the text. */
export function isWhole(href: string): boolean {
  return href.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(href);
}

export function present<T>(list: { readonly nodes: readonly (T | null)[] } | null | undefined): T[] {
  return (list?.nodes ?? []).filter((node) => node !== null);
}
