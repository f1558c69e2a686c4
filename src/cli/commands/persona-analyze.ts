import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CtxError, ctxError } from '../../core/errors/index.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { Plain } from '../../core/plain.ts';
import { replaceFile } from '../../core/replace-file.ts';
import { disk } from '../../files/disk.ts';
import { analyze } from '../../personas/analyze/analyze.ts';
import { PROFILE_HEADING, writeProfile } from '../../personas/analyze/write-profile.ts';
import { CHART_HEADING, drawChart } from '../../personas/chart/chart.ts';
import { LEAST_SAMPLES, type Profile } from '../../personas/profile.ts';
import { createRedactor } from '../../redact/redactor.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfRun } from '../exit-codes.ts';

export interface PersonaAnalyzeOptions {
  /** A file, or `-` for the standard output. */
  readonly output: string;
  readonly chart?: string;
  readonly timeZone: string;
  readonly json?: boolean;
}

/** What somebody wrote is for nobody else on this machine. */
const PRIVATE = { mode: 0o600 } as const;

/** `ctx persona analyze`: how somebody writes, as a file that a persona can name. */
export async function personaAnalyzeCommand(
  messages: string,
  options: PersonaAnalyzeOptions,
  context: CommandContext,
): Promise<number> {
  const { output, stdin, cwd, env, signal } = context;
  const pathOf = (name: string) => resolve(cwd, expandHome(name, homeOf(env)));
  const profilePath = options.output === '-' ? undefined : pathOf(options.output);
  const chartPath = options.chart === undefined ? undefined : pathOf(options.chart);
  // Before all that is read: another's file is not to be found at the end.
  if (profilePath !== undefined) await onlyOurs(profilePath, PROFILE_HEADING);
  if (chartPath !== undefined) await onlyOurs(chartPath, CHART_HEADING);
  const redactor = createRedactor();
  const file = messages === '-' ? 'the standard input' : pathOf(messages);
  const { profile: found, badLines } = await analyze(messages === '-' ? bytesOf(stdin) : disk.read(file), {
    file,
    timeZone: options.timeZone,
    redact: (texts, path) => redactor.guard(texts, path).value,
    signal,
  });
  const { value } = redactor.guard(found as unknown as Plain, 'profile');
  const profile = value as unknown as Profile;
  const errors: CtxError[] = [];
  const { bad_lines: count } = profile.source.left_out;
  if (count > 0) errors.push(ctxError('persona.bad-lines', { file, count, lines: badLines }));
  if (profilePath === undefined) {
    if (!options.json) output.print(writeProfile(profile).trimEnd());
  } else await replaceFile(profilePath, writeProfile(profile), PRIVATE);
  if (chartPath !== undefined) {
    const chart = drawChart(profile);
    if (chart === undefined)
      errors.push(ctxError('persona.too-few', { messages: profile.source.messages, least: LEAST_SAMPLES }));
    else await replaceFile(chartPath, chart, PRIVATE);
  }
  for (const error of errors) output.error(error);
  if (options.json) output.json(profile);
  const told = summaryOf(profile);
  if (options.json || profilePath === undefined) output.info(told);
  else output.print(`${told}: ${profilePath}`);
  return exitCodeOfRun(errors, true);
}

function summaryOf({ source, registers }: Profile): string {
  const parts = (['public', 'private', 'dm'] as const).flatMap((register) => {
    const { messages } = registers[register] ?? { messages: 0 };
    return messages === 0 ? [] : [`${messages} ${register}`];
  });
  return `${source.messages} messages (${parts.join(', ')}), ${source.first} to ${source.last}`;
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Fails with `persona.other-file` if something else than an earlier one of ours is there. */
async function onlyOurs(file: string, heading: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (!text.includes(heading)) throw ctxError('persona.other-file', { file });
}
