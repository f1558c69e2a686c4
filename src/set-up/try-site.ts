import { configSchema, type SourceConfig } from '../config/schema.ts';
import type { ConnectorEnvironment, Offer } from '../connectors/contract.ts';
import { connectorFor } from '../connectors/registry.ts';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import { OWN_VIEWS } from './views.ts';

export interface SiteAccess {
  readonly site: string;
  readonly email: string;
  readonly token: string;
  readonly gateway?: string | undefined;
}

/** What a product of the site offers, or why it does not answer. */
export type Product =
  | { readonly offers: readonly Offer[]; readonly found: readonly string[] }
  | { readonly error: CtxError };

export interface Site {
  readonly confluence: Product;
  readonly jira: Product;
}

type Settings =
  | { readonly type: 'confluence'; readonly spaces: 'all' }
  | { readonly type: 'jira'; readonly views: Readonly<Record<string, string>> };

/** Asks both products of a site with real requests. Throws when the credentials are refused by all that answers. */
export async function trySite(access: SiteAccess, environment: ConnectorEnvironment): Promise<Site> {
  const [confluence, jira] = await Promise.all([
    tryProduct({ type: 'confluence', spaces: 'all' }, access, environment),
    tryProduct({ type: 'jira', views: OWN_VIEWS }, access, environment),
  ]);
  const site = { confluence, jira };
  const errors = Object.values(site).flatMap((product) => ('error' in product ? product.error : []));
  const refused = errors.find(({ kind }) => kind === 'credentials') ?? errors[0];
  if (errors.length === 2 && refused) throw refused;
  return site;
}

async function tryProduct(
  settings: Settings,
  access: SiteAccess,
  environment: ConnectorEnvironment,
): Promise<Product> {
  const config = configOf(settings, access);
  try {
    const connector = await (await connectorFor(config)).open(config, environment);
    try {
      const { found, problems } = await connector.probe();
      const [problem] = problems;
      if (problem) return { error: problem };
      const offers = await Array.fromAsync(connector.offers?.() ?? []);
      return { offers: offers.sort((a, b) => (a.key < b.key ? -1 : 1)), found };
    } finally {
      await connector.close();
    }
  } catch (error) {
    if (environment.signal.aborted || !isCtxError(error)) throw error;
    return { error };
  }
}

/** A source as a configuration would have it, with all its defaults. */
function configOf(
  settings: Settings,
  { site: url, email: username, token, gateway }: SiteAccess,
): SourceConfig {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the schema knows tokens as variables alone
  const auth = { username, token: '${TOKEN}' };
  const written = { id: settings.type, ...settings, url, auth, ...(gateway && { gateway }) };
  const { sources } = configSchema.parse({ version: 1, repo: { path: '.' }, sources: [written] });
  return { ...sources[0], auth: { username, token } } as SourceConfig;
}
