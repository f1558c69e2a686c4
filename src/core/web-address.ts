import { encodePath } from './encode-path.ts';

/** How a host of repositories makes the addresses of files. */
interface Host {
  readonly name: RegExp;
  readonly page: (kind: 'file' | 'raw', branch: string, path: string) => string;
  /** The same of a file at a commit, where that differs from one of a branch. */
  readonly permanent?: (commit: string, path: string) => string;
  /** What leads to lines of a file. */
  readonly lines: (first: number, last: number) => string;
  /** The address of a repository's wiki, from that of the repository. */
  readonly wiki?: (page: string) => string;
}

const github: Host = {
  name: /(?:^|\.)github\./,
  page: (kind, branch, path) => `${kind === 'raw' ? 'raw' : 'blob'}/${branch}/${path}`,
  lines: (first, last) => `L${first}-L${last}`,
  wiki: (page) => `wiki/${page}`,
};

/** https://docs.gitlab.com/user/project/repository/ and its like; of all others GitHub's form is guessed. */
const HOSTS: readonly Host[] = [
  {
    name: /(?:^|[.-])gitlab\b/,
    page: (kind, branch, path) => `-/${kind === 'raw' ? 'raw' : 'blob'}/${branch}/${path}`,
    lines: (first, last) => `L${first}-${last}`,
    wiki: (page) => `-/wikis/${page}`,
  },
  {
    name: /(?:^|\.)bitbucket\.org$/,
    page: (kind, branch, path) => `${kind === 'raw' ? 'raw' : 'src'}/${branch}/${path}`,
    lines: (first, last) => `lines-${first}:${last}`,
  },
  {
    name: /^codeberg\.org$|(?:^|[.-])(?:gitea|forgejo)\b/,
    page: (kind, branch, path) => `${kind === 'raw' ? 'raw' : 'src'}/branch/${branch}/${path}`,
    permanent: (commit, path) => `src/commit/${commit}/${path}`,
    lines: (first, last) => `L${first}-L${last}`,
    wiki: (page) => `wiki/${page}`,
  },
  github,
];

/** Where a repository is shown on the web. */
export interface WebAddress {
  /** Such as `https://github.com/acme/shop`. */
  readonly repository: string;
  /** Pages of a wiki are called by their names, whatever folder they are in. */
  readonly isWiki: boolean;
  file(path: string, branch: string): string;
  raw(path: string, branch: string): string;
  /** Lines of a file as they are in a commit; of a wiki, the page. */
  lines(path: string, commit: string, lines: readonly [first: number, last: number]): string;
}

/** By the address that the configuration names, or the remote's. Undefined for hosts that are not known. */
export function webAddress(named: string | undefined, remote: string | undefined): WebAddress | undefined {
  const written = named ?? (remote === undefined ? undefined : fromRemote(remote));
  if (written === undefined || !URL.canParse(written)) return undefined;
  const { origin, hostname, pathname } = new URL(written);
  const known = HOSTS.find(({ name }) => name.test(hostname));
  if (known === undefined && named === undefined) return undefined;
  const host = known ?? github;
  const path = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  const isWiki = host.wiki !== undefined && path.endsWith('.wiki');
  const repository = origin + path.replace(/\.wiki$/, '');
  const at = (kind: 'file' | 'raw') => (file: string, branch: string) =>
    `${repository}/${host.page(kind, encodePath(branch), encodePath(file))}`;
  const page = (file: string) => `${repository}/${host.wiki?.(encodePath(pageOf(file)))}`;
  const permanent = host.permanent ?? ((commit: string, path: string) => host.page('file', commit, path));
  return {
    repository,
    isWiki,
    file: isWiki ? page : at('file'),
    lines: isWiki
      ? page
      : (file, commit, [first, last]) =>
          `${repository}/${permanent(commit, encodePath(file))}#${host.lines(first, last)}`,
    raw: isWiki ? (file) => `${repository}/${host.wiki?.(encodePath(file))}` : at('raw'),
  };
}

/** The name of a wiki's page. */
export function pageOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[a-z]+$/i, '');
}

/** `git@host:owner/name.git`, `ssh://git@host/owner/name.git` and the like, as the web has them. */
function fromRemote(remote: string): string | undefined {
  if (/^https?:\/\//i.test(remote)) return remote.replace(/\/\/[^/@]*@/, '//');
  const [, host, path] =
    /^(?:ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(remote) ??
    /^(?:[^/@:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(remote) ??
    [];
  return host === undefined ? undefined : `https://${host}/${path}`;
}
