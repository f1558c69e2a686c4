/** What a set-up is told, by a person or by options. */
export interface Answers {
  /** The site's address, such as `https://acme.atlassian.net`. */
  readonly site: string;
  readonly email: string;
  readonly token: string;
  /** Keys of Confluence spaces; undefined where the site has no Confluence for this account. */
  readonly spaces: readonly string[] | 'all' | undefined;
  /** Name to JQL; undefined where the site has no Jira for this account. */
  readonly views: Readonly<Record<string, string>> | undefined;
  readonly home: Home;
  /** Where it is not Atlassian's own. */
  readonly gateway?: string | undefined;
}

/** Where the documents go and who builds them. */
export type Home =
  | { readonly kind: 'machine'; readonly path: string; readonly remote: string | null }
  /** The folder of the configuration is the repository, and GitHub Actions builds it. */
  | { readonly kind: 'actions' };

/** The variables that the configuration names, each of which holds one answer. */
export function variablesOf({ site, email, token, spaces, views }: Answers): Record<string, string> {
  const products = [...(spaces ? ['CONFLUENCE'] : []), ...(views ? ['JIRA'] : [])];
  return Object.fromEntries(
    products.flatMap((product) => [
      [`${product}_URL`, site],
      [`${product}_USERNAME`, email],
      [`${product}_API_TOKEN`, token],
    ]),
  );
}
