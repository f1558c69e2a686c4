import { expect, onTestFinished } from 'vitest';
import type { Simulator } from '../../src/demo/server.ts';
import { dotenv, variables } from './configuration.ts';
import { type Machine, newMachine } from './machine.ts';

/** A secret in every form in which it may travel. */
export function formsOf(secret: string, username: string): string[] {
  const basic = Buffer.from(`${username}:${secret}`).toString('base64');
  const alone = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    basic,
    basic.slice(8, -4),
    alone,
    alone.replace(/=+$/, '').slice(0, -1),
  ];
}

/** A machine that has the site's credentials in its `.env`. */
export async function machineFor(
  { url, credentials }: Pick<Simulator, 'url' | 'credentials'>,
  config: string,
): Promise<Machine> {
  const machine = await newMachine();
  onTestFinished(() => machine[Symbol.asyncDispose]());
  await machine.write('context.config.yaml', config);
  await machine.write('.env', dotenv(variables({ url, credentials })));
  return machine;
}

export function expectHidden(text: string, forms: readonly string[]): void {
  for (const form of forms) expect(text.includes(form), `${form} in ${text.slice(0, 2000)}`).toBe(false);
}
