import { ctxError } from '../../core/errors/index.ts';
import { isLoopback } from '../../core/loopback.ts';
import type { Deck } from '../../slides/deck.ts';
import type { GoogleCredentials } from '../../slides/google/credentials.ts';
import type { GooglePreview } from '../../slides/google/decks.ts';
import type { Template } from '../../slides/template.ts';
import type { CommandContext } from '../command-context.ts';
import { readLogin } from './google-login.ts';
import type { Outcome } from './outcome.ts';

export interface GoogleOptions {
  /** The id of a folder of Google Drive. */
  readonly folder?: string;
  /** Whom a service account acts for. */
  readonly subject?: string;
  readonly dryRun?: boolean;
}

/** Another place than Google's, such as a simulator on this machine. */
const ROOT_URL = 'GOOGLE_API_ROOT_URL';

/** Makes the deck in Google Slides, or says what would be done. */
export async function googleDeck(
  deck: Deck,
  template: Template,
  { folder, subject, dryRun }: GoogleOptions,
  context: CommandContext,
): Promise<Outcome> {
  const { google } = template;
  if (google === null)
    throw ctxError('slides.no-presentation', { template: template.name, target: 'google' });
  const { output, signal, env, now } = context;
  const [{ createGoogleDecks }, { authorizeWith }, { createNetwork }, { systemClock }] = await Promise.all([
    import('../../slides/google/decks.ts'),
    import('../../slides/google/credentials.ts'),
    import('../../http/network.ts'),
    import('../../core/clock.ts'),
  ]);
  const rootUrl = googleRootUrl(context);
  const decks = createGoogleDecks({
    authorize: await authorizeWith(await credentialsOf(context, subject), rootUrl),
    ...{ log: output, signal, rootUrl, clock: { ...systemClock, now }, network: createNetwork(env) },
  });
  try {
    const made = { ...template, google };
    return outcomeOf(
      await (dryRun ? decks.preview(deck, made, { folder }) : decks.write(deck, made, { folder })),
    );
  } finally {
    await decks.close();
  }
}

/** Undefined for Google's own. Tokens are sent there: anything but this machine needs TLS. */
export function googleRootUrl({ env }: CommandContext): string | undefined {
  const written = env[ROOT_URL];
  if (!written) return undefined;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname)))
    return url.origin;
  throw ctxError('google.bad-root', { variable: ROOT_URL });
}

/** A key that is named wins over a login, and a login over what the machine provides. */
async function credentialsOf(
  { env, output }: CommandContext,
  subject: string | undefined,
): Promise<GoogleCredentials> {
  const named = env.GOOGLE_APPLICATION_CREDENTIALS;
  if (named) return { type: 'default', keyFile: named, subject };
  const login = subject === undefined ? await readLogin(env) : null;
  if (login === null) return { type: 'default', keyFile: undefined, subject };
  output.hide([login.refreshToken, login.client.secret]);
  return { type: 'login', login };
}

function outcomeOf({ location, slides, ...details }: GooglePreview): Outcome {
  const { done, added, removed, sharing } = details;
  const changes = done === 'updated' ? `, ${added} new, ${removed} gone` : '';
  return {
    ...{ location, details },
    lines: [`${slides} slides (${done}${changes}): ${location ?? 'a new deck'}`, `Seen by: ${sharing}`],
  };
}
