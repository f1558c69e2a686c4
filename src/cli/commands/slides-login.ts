import { resolve } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { Scope } from '../../slides/google/credentials.ts';
import type { CommandContext } from '../command-context.ts';
import { googleRootUrl } from '../slides/google-deck.ts';
import { forgetLogin, loginFile, readOAuthClient, writeLogin } from '../slides/google-login.ts';
import { listenForRedirect } from '../slides/redirect.ts';

export interface SlidesLoginOptions {
  readonly client?: string;
  readonly scope: Scope;
  readonly forget?: boolean;
}

/** `ctx slides login`: a person lets ctx into their Google Drive, by a browser on this machine. */
export async function slidesLoginCommand(
  options: SlidesLoginOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd, signal } = context;
  if (options.forget) {
    await forgetLogin(env);
    output.info('Forgotten here. https://myaccount.google.com/connections withdraws the access itself.');
    return 0;
  }
  if (options.client === undefined) throw ctxError('google.no-client', undefined);
  const client = await readOAuthClient(resolve(cwd, expandHome(options.client, homeOf(env))));
  output.hide([client.secret]);
  const { beginLogin } = await import('../../slides/google/login.ts');
  await using redirect = await listenForRedirect(signal);
  const login = await beginLogin(client, options.scope, {
    ...{ redirectUri: redirect.address, rootUrl: googleRootUrl(context) },
  });
  output.print(`Open this in a browser on this machine, and allow it:\n${login.url}`);
  const stored = await login.finish(await redirect.code(login.state));
  output.hide([stored.refreshToken]);
  await writeLogin(env, stored);
  output.info(`Logged in; ${loginFile(env)} keeps it, readable by you alone.`);
  return 0;
}
