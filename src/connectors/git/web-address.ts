import { encodePath } from '../own-address.ts';

/** How a host of repositories makes the addresses of files. */
interface Host {
  readonly name: RegExp;
  readonly page: (kind: 'file' | 'raw', branch: string, path: string) => string;
  /** The address of a repository's wiki, from that of the repository. */
  readonly wiki?: (page: string) => string;
}

const github: Host = {
  name: /(?:^|\.)github\./,
  page: (kind, branch, path) => `${kind === 'raw' ? 'raw' : 'blob'}/${branch}/${path}`,
  wiki: (page) => `wiki/${page}`,
};

/** https://docs.gitlab.com/user/project/repository/ and its like; of all others GitHub's form is guessed. */
const HOSTS: readonly Host[] = [
  {
    name: /(?:^|[.-])gitlab\b/,
    page: (kind, branch, path) => `-/${kind === 'raw' ? 'raw' : 'blob'}/${branch}/${path}`,
    wiki: (page) => `-/wikis/${page}`,
  },
  {
    name: /(?:^|\.)bitbucket\.org$/,
    page: (kind, branch, path) => `${kind === 'raw' ? 'raw' : 'src'}/${branch}/${path}`,
  },
  {
    name: /^codeberg\.org$|(?:^|[.-])(?:gitea|forgejo)\b/,
    page: (kind, branch, path) => `${kind === 'raw' ? 'raw' : 'src'}/branch/${branch}/${path}`,
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
  return {
    repository,
    isWiki,
    file: isWiki ? (file) => `${repository}/${host.wiki?.(encodePath(pageOf(file)))}` : at('file'),
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
