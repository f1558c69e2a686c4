import type { Facts } from '../../core/document.ts';
import { stripInvisible } from '../../core/invisible.ts';
import { percentDecode } from '../../core/percent-decode.ts';
import type { Checkpoint, Container, Placement, Reference, SourceModel } from '../contract.ts';

/** What the connector remembers: the tree's nodes that are not documents, and what it could not read. */
export interface ConfluenceCheckpoint extends Checkpoint {
  readonly containers: { readonly [id: string]: ContainerFacts };
  readonly pending: readonly string[];
  /** Documents that were rendered while the site did not tell which files there are. */
  readonly unlisted?: readonly string[];
}

export type ContainerFacts = {
  readonly title: string;
  readonly space: string;
  readonly parent: string | null;
};

const LAYOUT = `Pages and blog posts of Confluence: \`SPACE/title.md\`, what is below a page in \`SPACE/title/\`, posts in
  \`SPACE/blog/YEAR/\`. Frontmatter: \`space\`, \`parent\` (an id), \`labels\`, \`version\`, \`author\`, \`editor\`.`;

/** What is known of Confluence documents from their frontmatter. */
export function confluenceModel(source: string): SourceModel {
  return {
    source,
    layout: LAYOUT,
    placement,
    containers,
    scopes: ({ space }) => (space === undefined ? [] : [spaceScope(space)]),
    names,
    resolve,
    fileOwner,
  };
}

export function spaceScope(key: string): string {
  return `space ${key}`;
}

function placement(facts: Facts): Placement {
  const { type, title, parent, created = '', fields } = facts;
  const space = facts.space ?? 'unknown';
  const [month = '', year = 'undated'] = /^(\d{4})-\d\d/.exec(created) ?? [];
  if (type === 'blogpost') {
    return { folder: [space, 'blog', year], name: title, shard: month };
  }
  return {
    folder: [space],
    name: title,
    shard: month,
    ...(parent !== undefined && { parent }),
    ...(fields?.homepage === true && { root: true }),
  };
}

function* containers(checkpoint: Checkpoint | undefined): Generator<Container> {
  const known = (checkpoint as ConfluenceCheckpoint | undefined)?.containers ?? {};
  for (const [id, { title, space, parent }] of Object.entries(known)) {
    yield { id, title, folder: [space], ...(parent !== null && { parent }) };
  }
}

function names({ id, type, url, space, title, created }: Facts): string[] {
  const { origin } = new URL(url);
  const byId = nameById(origin, id);
  if (space === undefined) return [byId];
  const day = type === 'blogpost' ? (created ?? '') : undefined;
  return [byId, nameByTitle(origin, space, titlePath(title, day))];
}

/** A blog post is called by the day of its publication and its title, a page by its title alone. */
function titlePath(title: string, day: string | undefined): string {
  return day === undefined ? title : `${day.slice(0, 10).replaceAll('-', '/')}/${title}`;
}

/** What a page or blog post (then with the day on which it was published) is called on its site. */
export function nameOf(
  siteUrl: string,
  target:
    | { readonly id: string }
    | { readonly space: string; readonly title: string; readonly day?: string | undefined },
): string {
  const { origin } = new URL(siteUrl);
  return 'id' in target
    ? nameById(origin, target.id)
    : nameByTitle(origin, target.space, titlePath(target.title, target.day));
}

function nameById(origin: string, id: string): string {
  return `confluence:${origin}#${id}`;
}

/** Titles are unique in a space, whatever their case; documents bear them without invisible characters. */
function nameByTitle(origin: string, space: string, title: string): string {
  return `confluence:${origin}/${space.toLowerCase()}/${stripInvisible(title).text.normalize('NFC').toLowerCase()}`;
}

/** The address of a page by its id: it outlives renames and moves. */
export function contentUrl(
  siteUrl: string,
  space: string,
  type: string,
  id: string,
  created: string | undefined,
): string {
  const day = type === 'blogpost' && created ? `blog/${created.slice(0, 10).replaceAll('-', '/')}` : 'pages';
  return `${siteUrl}/wiki/spaces/${encodeURIComponent(space)}/${day}/${id}`;
}

const FORMS: readonly {
  readonly path: RegExp;
  readonly read: (url: URL, groups: Record<string, string>) => Target | undefined;
}[] = [
  {
    path: /^\/wiki\/spaces\/[^/]+\/(?:pages|blog(?:\/\d+){3})\/(?<id>\d+)(?:\/|$)/,
    read: (_, { id }) => ({ id: id as string }),
  },
  { path: /^\/wiki\/spaces\/[^/]+\/overview\/?$/, read: (url) => idParameter(url, 'homepageId') },
  { path: /^\/wiki\/pages\/viewpage\.action$/, read: (url) => idParameter(url, 'pageId') },
  {
    path: /^\/wiki\/x\/(?<tiny>[A-Za-z0-9_-]+)\/?$/,
    read: (_, { tiny }) => ({ id: tinyId(tiny as string) }),
  },
  {
    path: /^\/wiki\/display\/(?<space>[^/]+)\/(?<title>.+?)\/?$/,
    read: (_, { space, title }) => ({ space: decode(space as string), title: decode(title as string) }),
  },
];

type Target = { readonly id: string } | { readonly space: string; readonly title: string };

export function resolve(url: URL): Reference | undefined {
  for (const { path, read } of FORMS) {
    const groups = path.exec(url.pathname)?.groups;
    const target = path.test(url.pathname) ? read(url, groups ?? {}) : undefined;
    if (target)
      return { ...reference(url.origin, target), ...(url.hash.length > 1 && { anchor: url.hash.slice(1) }) };
  }
  return undefined;
}

function reference(origin: string, target: Target): Reference {
  if ('id' in target) {
    return {
      name: nameById(origin, target.id),
      url: `${origin}/wiki/pages/viewpage.action?pageId=${target.id}`,
    };
  }
  const { space, title } = target;
  return {
    name: nameByTitle(origin, space, title),
    url: `${origin}/wiki/display/${encodeURIComponent(space)}/${encodeTitle(title)}`,
  };
}

/** The page or blog post that a file at this address is attached to. */
export function fileOwner({ pathname }: URL): string | undefined {
  return /^\/wiki\/download\/(?:attachments|thumbnails|embedded-page\/[^/]+)\/(\d+)(?:\/|$)/.exec(
    pathname,
  )?.[1];
}

function idParameter(url: URL, name: string): Target | undefined {
  const id = url.searchParams.get(name);
  return id !== null && /^\d+$/.test(id) ? { id } : undefined;
}

/** Spaces are `+` in these addresses, and a blog post's title follows its day after slashes. */
function decode(text: string): string {
  return percentDecode(text.replaceAll('+', ' '));
}

function encodeTitle(title: string): string {
  return title.split('/').map(encodeURIComponent).join('/');
}

/** A short link holds the id as little-endian bytes in base64 (https://confluence.atlassian.com/x/xYqDDw). */
function tinyId(tiny: string): string {
  const base64 = tiny.replaceAll('-', '/').replaceAll('_', '+');
  const bytes = Buffer.from(base64.padEnd(Math.ceil(base64.length / 4) * 4, 'A'), 'base64');
  let id = 0n;
  for (const byte of bytes.reverse()) id = id * 256n + BigInt(byte);
  return String(id);
}
