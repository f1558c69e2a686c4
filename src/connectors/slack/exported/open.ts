import type { SlackSource } from '../../../config/sources/slack.ts';
import { ctxError, isCtxError } from '../../../core/errors/index.ts';
import { attempt } from '../../attempt.ts';
import type { OpenWorkspace, SlackEnvironment } from '../open.ts';
import type { Workspace } from '../run.ts';
import { type Archive, openArchive } from './archive.ts';
import { exportedChanges } from './changes.ts';
import { createExportedClient } from './client.ts';
import { siteOfFiles, siteOfName } from './site.ts';
import { Span } from './span.ts';
import { type Survey, survey } from './survey.ts';

/** An export of a workspace. Fails with `slack.no-export`, `slack.export-file` and `slack.unknown-workspace`. */
export async function openExport(
  config: SlackSource & { readonly path: string },
  { clock, log, signal, files }: SlackEnvironment,
): Promise<OpenWorkspace> {
  const { id: source, path } = config;
  const archive = await openArchive({ source, path, files, workspace: config.workspace });
  const workspace = await workspaceOf(archive, config, signal);
  let surveyed: Promise<Survey> | undefined;
  const surveyOnce = () => {
    surveyed ??= survey(archive, signal);
    return surveyed;
  };
  const client = createExportedClient({ source, archive, survey: surveyOnce });
  return {
    workspace,
    clientFor: () => client,
    async range() {
      const { first, last } = new Span(await surveyOnce(), undefined, []);
      return { first, last };
    },
    changes: (options) =>
      exportedChanges({ ...{ config, workspace, client, clock, log, archive }, survey: surveyOnce }, options),
    async download({ id }) {
      throw ctxError('source.not-found', { source, what: `file ${id}` });
    },
    requests: 0,
    async close() {},
  };
}

async function workspaceOf(archive: Archive, config: SlackSource, signal: AbortSignal): Promise<Workspace> {
  if (config.workspace !== undefined) return siteOfName(config.workspace, config.url);
  const people = await attempt(() => archive.people());
  const [person] = isCtxError(people) ? [] : people;
  const team = typeof person?.team_id === 'string' ? person.team_id : undefined;
  const found = await siteOfFiles(archive, team, signal);
  if (found === undefined) throw ctxError('slack.unknown-workspace', { source: config.id });
  return found;
}
