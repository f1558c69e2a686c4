import { answerBrief } from '../../answers/brief.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { parseMoment } from '../../history/dates.ts';
import type { CommandContext } from '../command-context.ts';
import { lastSession } from '../last-session.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';

export interface BriefCommandOptions extends ReadingOptions {
  readonly since?: string;
  readonly maxBytes: number;
  /** Whether an assistant's session asks, as it begins. */
  readonly hook?: boolean;
}

const DAY = 24 * 60 * 60 * 1000;
/** After longer absences, what changed before is no news. */
const LONGEST = 30 * DAY;

/** `ctx brief`: what changed since the last session, or in the last day if that is longer. */
export async function briefCommand(options: BriefCommandOptions, context: CommandContext): Promise<number> {
  try {
    return await brief(options, context);
  } catch (error) {
    // A session in a place without a context repository has nothing to hear of it.
    if (options.hook && isCtxError(error) && error.is('history.no-repository')) return 0;
    throw error;
  }
}

async function brief(options: BriefCommandOptions, context: CommandContext): Promise<number> {
  const { maxBytes, hook = false } = options;
  const { env, output } = context;
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const now = new Date(context.now());
  const since =
    options.since === undefined
      ? sinceLast(hook ? await lastSession(repo.path, env, now) : undefined, now)
      : parseMoment(options.since, now, 'beginning');
  const text = await answerBrief(repo, { since, maxBytes });
  if (hook) {
    // https://code.claude.com/docs/en/hooks#sessionstart
    if (text !== undefined)
      output.json({ hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: text } });
  } else if (options.json)
    output.json({ repository: repo.path, since: since.toISOString(), text: text ?? null });
  else if (text !== undefined) output.print(text.trimEnd());
  return 0;
}

/** At least the last day: what another session was told, this one has not heard. */
function sinceLast(last: Date | undefined, now: Date): Date {
  const [day, earliest] = [now.getTime() - DAY, now.getTime() - LONGEST];
  return new Date(Math.max(earliest, Math.min(day, last?.getTime() ?? day)));
}
