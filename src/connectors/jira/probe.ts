import type { JiraSource } from '../../config/sources/jira.ts';
import { counted } from '../../core/counted.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Probe } from '../contract.ts';
import type { JiraClient } from './client.ts';
import { explainView } from './views.ts';

/** Tells whose the token is, and tries the query of each view. */
export async function probeJira(
  client: JiraClient,
  { id: source, views }: Pick<JiraSource, 'id' | 'views'>,
): Promise<Probe> {
  const name = await client.ownName();
  const answers = await Promise.all(
    Object.entries(views).map(async ([view, jql]) => ({
      view,
      answer: await attempt(() => client.firstUpdated(jql, `view ${view}`)),
    })),
  );
  const empty = answers.filter(({ answer }) => answer === undefined).map(({ view }) => view);
  return {
    found: [
      `signed in as ${name}`,
      counted(answers.length, 'view'),
      ...(empty.length > 0 ? [`nothing in ${empty.join(', ')}`] : []),
    ],
    problems: answers.flatMap(({ view, answer }) =>
      isCtxError(answer) ? explainView(answer, source, view) : [],
    ),
  };
}
