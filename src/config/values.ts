import { isLoopback } from '../core/loopback.ts';
import { isHttpUrl } from './fields.ts';
import { label } from './problems.ts';
import { fillRemote, literalSecretIn, problemOfRemote } from './remote.ts';
import type { Config, SourceConfig } from './schema.ts';
import type { Path, SourceFile } from './source-file.ts';
import { interpolate, type Variables, variablesIn } from './variables.ts';

export interface MissingVariable {
  readonly name: string;
  readonly path: Path;
  /** The position of its source in the file; absent when it stands elsewhere. */
  readonly source?: number;
  /** `file:line:column: setting`. */
  readonly at: string;
}

const REMOTE: Path = ['repo', 'remote'];

/** Fills the variables into every text. Those that are not set are told, and read as an address nobody has. */
export function fillIn(
  written: Config,
  variables: Variables,
  yaml: SourceFile,
): { config: Config; missing: MissingVariable[] } {
  const missing: MissingVariable[] = [];

  function fill(value: unknown, path: Path): unknown {
    if (typeof value === 'string') {
      for (const name of new Set(variablesIn(value))) {
        if (variables.get(name) === undefined) {
          const at = `${yaml.place(yaml.valueAt(path))}: ${label(path)}:`;
          missing.push({ name, path, at, ...(path[0] === 'sources' && { source: Number(path[1]) }) });
        }
      }
      const filled = (text: string) =>
        interpolate(text, variables, (name) => `https://unset.invalid/${name}`);
      return label(path) === label(REMOTE) ? fillRemote(value, filled) : filled(value);
    }
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...path, key])]));
  }

  return { config: fill(written, []) as Config, missing };
}

/** What can be said of addresses only when their variables are filled in, and of the remote as it was written. */
export function checkUrls(
  written: Config,
  config: Config,
  missing: readonly MissingVariable[],
  yaml: SourceFile,
): { problems: string[]; warnings: string[] } {
  const problems: string[] = [];
  const warnings: string[] = [];
  const unset = new Set(missing.map(({ path }) => label(path)));
  const { remote } = config.repo;
  if (remote !== null && written.repo.remote !== null) {
    const problem =
      literalSecretIn(written.repo.remote) ??
      (unset.has(label(REMOTE)) ? undefined : problemOfRemote(remote));
    if (problem !== undefined)
      problems.push(`${yaml.place(yaml.valueAt(REMOTE))}: ${label(REMOTE)} ${problem}`);
  }
  for (const [index, entry] of config.sources.entries()) {
    for (const [key, value] of Object.entries(addressesOf(entry))) {
      const path = ['sources', index, key];
      if (unset.has(label(path))) continue;
      const place = `${yaml.place(yaml.valueAt(path))}: ${label(path)}`;
      if (!isHttpUrl(value))
        problems.push(`${place} is not an http(s) URL; its variable holds something else`);
      else if (sendsInTheClear(value))
        warnings.push(`${place} is http: the token travels unencrypted; use https`);
    }
  }
  return { problems, warnings };
}

/** What the token is sent to. */
function addressesOf(source: SourceConfig): { readonly [key: string]: string } {
  if (source.type === 'git')
    return source.auth && source.remote !== undefined ? { remote: source.remote } : {};
  return Object.fromEntries(
    Object.entries(source).filter(([key]) => key === 'url' || key === 'files_url' || key === 'gateway'),
  );
}

function sendsInTheClear(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}
