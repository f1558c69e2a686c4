import { loadConfig } from '../../config/load.ts';
import type { SourceConfig } from '../../config/schema.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

export interface SourcesCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** `ctx sources`: what is configured, and what of it would be read. Nothing is asked of a source. */
export async function sourcesCommand(
  { config: file, json }: SourcesCommandOptions,
  { output, env, cwd }: CommandContext,
): Promise<number> {
  const { config, secrets } = await loadConfig({ file, env, cwd, only: [] });
  output.hide(secrets);
  const sources = config.sources.map((source) => ({
    ...{ id: source.id, type: source.type, optional: source.optional },
    ...describe(source),
  }));
  if (json) output.json({ sources });
  else {
    const [ids, types] = [widthOf(sources, 'id'), widthOf(sources, 'type')];
    for (const { id, type, place, reads } of sources)
      output.print(
        `${id.padEnd(ids)}  ${type.padEnd(types)}  ${place ?? ''}${place ? ': ' : ''}${reads.join('; ')}`,
      );
  }
  return EXIT.done;
}

function widthOf<K extends string>(items: readonly Record<K, string>[], key: K): number {
  return Math.max(...items.map((item) => item[key].length));
}

interface Description {
  /** Where it is. */
  readonly place: string | undefined;
  /** What of it is read, in words. */
  readonly reads: readonly string[];
}

const listed = (what: string, items: 'all' | readonly string[]): string =>
  items === 'all' ? `all ${what}` : `${what} ${items.join(', ')}`;

function describe(source: SourceConfig): Description {
  switch (source.type) {
    case 'confluence':
      return { place: shown(source.url), reads: [listed('spaces', source.spaces), ...withComments(source)] };
    case 'jira':
      return {
        place: shown(source.url),
        reads: [
          ...Object.entries(source.views).map(([name, jql]) => `${name}: ${jql}`),
          ...withComments(source),
        ],
      };
    case 'slack':
      return {
        place: source.path ?? source.url,
        reads: [
          listed('channels', source.channels),
          ...(source.direct_messages.length > 0 ? ['direct messages'] : []),
          ...(source.group_messages.length > 0 ? ['group conversations'] : []),
        ],
      };
    case 'email':
      return {
        place: source.path ?? source.imap?.host,
        reads: [source.path === undefined ? listed('folders', source.folders ?? ['INBOX']) : 'all mail'],
      };
    case 'github':
      return {
        place: source.url,
        reads: [
          ...(source.repositories.length > 0 ? [listed('repositories', source.repositories)] : []),
          ...Object.entries(source.views).map(([name, query]) => `${name}: ${query}`),
          source.include.join(', '),
        ],
      };
    case 'git':
      return {
        place: source.path ?? source.remote,
        reads: [source.documents === undefined ? 'READMEs, docs, decisions' : source.documents.join(', ')],
      };
    case 'files':
      return {
        place: source.path,
        reads: [...source.include, ...(source.copy ? [] : ['left where they are'])],
      };
  }
}

const withComments = ({ comments }: { readonly comments: boolean }) => (comments ? ['comments'] : []);

/** The address of a variable that is not set is nobody's. */
function shown(url: string): string {
  const [, name] = /^https:\/\/unset\.invalid\/(\w+)/.exec(url) ?? [];
  return name === undefined ? url : `\${${name}} (not set)`;
}
