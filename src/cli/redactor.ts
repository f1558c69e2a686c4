import type { LoadedConfig } from '../config/load.ts';
import type { Redactor } from '../redact/redactor.ts';
import { findCredentials } from './hidden.ts';

/** What keeps secrets out, as the configuration has it; without one, the rules that always hold. Loads the rules. */
export async function redactorOf(loaded: LoadedConfig | undefined): Promise<Redactor> {
  const { createRedactor } = await import('../redact/redactor.ts');
  return createRedactor({ ...loaded?.config.secrets, rules: [findCredentials(loaded?.secrets ?? [])] });
}
