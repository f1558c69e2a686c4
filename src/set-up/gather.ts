import { isHttpUrl } from '../config/fields.ts';
import type { ConnectorEnvironment, Offer } from '../connectors/contract.ts';
import { type CtxError, ctxError, isCtxError } from '../core/errors/index.ts';
import type { Answers, Home } from './answers.ts';
import { type Site, type SiteAccess, trySite } from './try-site.ts';
import { OWN_VIEWS, projectView } from './views.ts';

/** What options and variables have told already. */
export interface Given {
  readonly site?: string | undefined;
  readonly email?: string | undefined;
  readonly token?: string | undefined;
  readonly spaces?: 'all' | readonly string[] | undefined;
  /** Names of views: `ASSIGNED`, `WATCHING`, and keys of projects. */
  readonly views?: readonly string[] | undefined;
  readonly path?: string | undefined;
  /** A remote to push to. */
  readonly remote?: string | undefined;
  readonly actions?: boolean | undefined;
  readonly gateway?: string | undefined;
}

/** One of several that may be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Asks a person. Each question rejects with `init.stopped` when they have had enough. */
export interface Asker {
  text(question: {
    readonly message: string;
    readonly initial?: string | undefined;
    readonly placeholder?: string;
    /** What is wrong with an answer. */
    readonly problem: (answer: string) => string | undefined;
  }): Promise<string>;
  secret(question: { readonly message: string }): Promise<string>;
  several(question: {
    readonly message: string;
    readonly choices: readonly Choice[];
    readonly chosen: readonly string[];
  }): Promise<readonly string[]>;
  say(line: string): void;
  complain(error: CtxError): void;
}

export interface GatherOptions {
  readonly given: Given;
  /** Without it nobody is asked: what is not given has its default, or is missing. */
  readonly asker: Asker | undefined;
  readonly say: (line: string) => void;
  /** Told of the token before it is used. */
  readonly hide: (secrets: Iterable<string>) => void;
  readonly environment: ConnectorEnvironment;
}

const DEFAULT_PATH = '~/context-sync';
const ACTIONS = 'actions';
/** How often a person may correct what the site has refused. */
const TRIES = 3;

/** Asks at most six questions, tries the credentials before the fourth, and answers what is to be set up. */
export async function gatherAnswers(options: GatherOptions): Promise<Answers> {
  const { given, asker } = options;
  const { access, site } = await askForSite(options);
  tellProducts(site, options);
  const { confluence, jira } = site;
  const spaces = 'error' in confluence ? undefined : await chooseSpaces(confluence.offers, options);
  const views = 'error' in jira ? undefined : await chooseViews(jira.offers, options);
  if (spaces === undefined && views === undefined)
    throw ctxError('init.nothing-to-read', { site: access.site });
  return { ...access, spaces, views, home: await chooseHome(given, asker) };
}

async function askForSite(
  options: GatherOptions,
): Promise<{ readonly access: SiteAccess; readonly site: Site }> {
  const { given, asker, environment, hide } = options;
  let known: Given = given;
  for (let attempt = 1; ; attempt += 1) {
    const access = await accessOf(known, asker, attempt > 1);
    hide([access.token]);
    try {
      return { access, site: await trySite({ ...access, gateway: given.gateway }, environment) };
    } catch (error) {
      if (asker === undefined || attempt === TRIES || !isCtxError(error)) throw error;
      asker.complain(error);
      known = { ...given, site: access.site, email: access.email, token: undefined };
    }
  }
}

/** `anew`: what was answered before is only proposed. */
async function accessOf(known: Given, asker: Asker | undefined, anew: boolean): Promise<SiteAccess> {
  const { site, email, token, gateway } = known;
  if (asker === undefined) {
    const what = [
      ...(site ? [] : [{ flag: '--site', variable: 'CONFLUENCE_URL' }]),
      ...(email ? [] : [{ flag: '--email', variable: 'CONFLUENCE_USERNAME' }]),
      ...(token ? [] : [{ flag: '--token-stdin', variable: 'CONFLUENCE_API_TOKEN' }]),
    ];
    if (!site || !email || !token) throw ctxError('init.missing', { what });
    return { site: siteOf(site), email, token, gateway };
  }
  const ask = (value: string | undefined, question: Parameters<Asker['text']>[0]) =>
    value !== undefined && !anew ? value : asker.text({ ...question, initial: value });
  return {
    site: siteOf(
      await ask(site, {
        message: 'Where is your Confluence or Jira?',
        placeholder: 'https://your-team.atlassian.net',
        problem: (answer) => (isSite(answer) ? undefined : 'such as https://your-team.atlassian.net'),
      }),
    ),
    email: await ask(email, {
      message: 'The e-mail address of the account?',
      placeholder: 'you@example.com',
      problem: (answer) => (/^\S+@\S+$/.test(answer) ? undefined : 'such as you@example.com'),
    }),
    token:
      token ??
      (await asker.secret({
        message: 'An API token of it? (https://id.atlassian.com/manage-profile/security/api-tokens)',
      })),
    gateway,
  };
}

const TEAM = /^[a-z0-9][a-z0-9-]*$/i;

/** What people call their site: its address, its host, or the team's name in it. */
function addressOf(written: string): string {
  const text = written.trim();
  if (TEAM.test(text)) return `https://${text}.atlassian.net`;
  return /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
}

const isSite = (written: string): boolean => written.trim() !== '' && isHttpUrl(addressOf(written));

/** Without what follows in the address of a page. An address of the gateway stays whole. */
function siteOf(written: string): string {
  if (!isSite(written))
    throw ctxError('init.bad-answer', { option: '--site', problem: 'it is no address of a site' });
  const { origin, pathname } = new URL(addressOf(written));
  return origin + (/^\/ex\/(?:confluence|jira)\/[^/]+/.exec(pathname)?.[0] ?? '');
}

function tellProducts(site: Site, { asker, say }: GatherOptions): void {
  const tell = asker ? (line: string) => asker.say(line) : say;
  for (const [name, product] of [
    ['Confluence', site.confluence],
    ['Jira', site.jira],
  ] as const) {
    if ('error' in product) tell(`${name}: left out: ${product.error.message}`);
    else tell(`${name}: ${product.found.filter((each) => !each.endsWith('views')).join(', ')}`);
  }
}

async function chooseSpaces(
  offers: readonly Offer[],
  { given, asker }: GatherOptions,
): Promise<'all' | readonly string[]> {
  if (given.spaces === 'all') return 'all';
  if (given.spaces !== undefined)
    return among(
      '--spaces',
      given.spaces,
      offers.map(({ key }) => key),
    );
  if (asker === undefined || offers.length === 0) return 'all';
  const chosen = await asker.several({
    message: 'Which Confluence spaces? (none: all of them)',
    choices: offers.map(choiceOf),
    chosen: [],
  });
  return chosen.length === 0 ? 'all' : chosen;
}

async function chooseViews(
  offers: readonly Offer[],
  { given, asker }: GatherOptions,
): Promise<Readonly<Record<string, string>>> {
  const own = Object.keys(OWN_VIEWS);
  const known = [...own, ...offers.map(({ key }) => key)];
  let names: readonly string[] = own;
  if (given.views !== undefined) names = among('--views', given.views, known);
  else if (asker !== undefined)
    names = await asker.several({
      message: 'Which Jira tickets?',
      choices: [
        { value: 'ASSIGNED', label: 'ASSIGNED  open ones assigned to you' },
        { value: 'WATCHING', label: 'WATCHING  open ones that you watch' },
        ...offers.map((offer) => ({
          ...choiceOf(offer),
          label: `${choiceOf(offer).label}: the last 90 days`,
        })),
      ],
      chosen: own,
    });
  if (names.length === 0) names = own;
  return Object.fromEntries(
    names.map((name) => {
      const jql = OWN_VIEWS[name];
      if (jql !== undefined) return [name, jql];
      const view = projectView(name);
      return [view.name, view.jql];
    }),
  );
}

function among(option: string, asked: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = asked.filter((key) => !known.includes(key));
  if (unknown.length > 0) throw ctxError('init.unknown-choice', { option, unknown, known });
  return asked;
}

const choiceOf = ({ key, name }: Offer): Choice => ({
  value: key,
  label: name === key ? key : `${key}  ${name}`,
});

async function chooseHome({ path, remote, actions }: Given, asker: Asker | undefined): Promise<Home> {
  if (actions) return { kind: 'actions' };
  const place = path ?? DEFAULT_PATH;
  if (remote !== undefined || asker === undefined)
    return { kind: 'machine', path: place, remote: remote ?? null };
  const answer = (
    await asker.text({
      message: `The documents go to ${place}. A git remote to push them to? (none: leave empty; ${ACTIONS}: GitHub Actions builds them in this folder's repository)`,
      problem: () => undefined,
    })
  ).trim();
  if (answer === ACTIONS) return { kind: 'actions' };
  return { kind: 'machine', path: place, remote: answer || null };
}
