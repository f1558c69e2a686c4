import { stringify } from 'yaml';
import type { Persona } from '../load.ts';
import type { Output } from '../schema.ts';
import { gathering } from './gathering.ts';
import type { Generated } from './regions.ts';
import { greetingLines, nameOf, responseLines, styleLines, type Voice, voicesOf } from './voice.ts';
import { bullets, quotedText, steps } from './write-text.ts';

export interface Page extends Generated {
  readonly output: Output;
  /** Below the folder that outputs are put into, `/` between segments. */
  readonly path: string;
}

/** All that is made of a persona: of the same persona the same bytes. */
export function pagesOf(persona: Persona): Page[] {
  const examples = examplesOf(persona);
  return persona.outputs.flatMap((output) =>
    MADE[output](persona, examples).map((page) => ({ output, ...page })),
  );
}

type Made = Omit<Page, 'output'>;

const MADE: Readonly<Record<Output, (persona: Persona, examples: string | undefined) => Made[]>> = {
  markdown: documentOf,
  agent: agentOf,
  skill: skillOf,
};

function documentOf(persona: Persona, examples: string | undefined): Made[] {
  const { name } = persona;
  const body = joined([`# ${name}`, ...sections(persona, examples)]);
  return [{ path: `personas/${name}.md`, frontmatter: null, body }];
}

function agentOf(persona: Persona, examples: string | undefined): Made[] {
  const body = joined(sections(persona, examples));
  return [{ path: `.claude/agents/${persona.name}.md`, frontmatter: agentFacts(persona), body }];
}

/** Examples are read when they are needed. */
function skillOf(persona: Persona, examples: string | undefined): Made[] {
  const { name } = persona;
  const folder = `.claude/skills/${name}`;
  const link = examples && 'Read [examples](references/examples.md) before you write in this voice.';
  const body = joined([`# ${name}`, ...sections(persona, link)]);
  const page = { path: `${folder}/SKILL.md`, frontmatter: skillFacts(persona), body };
  if (examples === undefined) return [page];
  const shown = joined([`# Examples of ${name}`, examples]);
  return [page, { path: `${folder}/references/examples.md`, frontmatter: null, body: shown }];
}

/** https://code.claude.com/docs/en/sub-agents#supported-frontmatter-fields */
function agentFacts({ name, description, tools, model, skills }: Persona): string {
  return yaml({
    ...{ name, description },
    ...(tools && { tools: tools.join(', ') }),
    ...(model !== null && { model }),
    ...(skills.length > 0 && { skills }),
  });
}

/** Tools that a skill names are allowed without asking, which a persona does not decide: https://code.claude.com/docs/en/skills#frontmatter-reference */
function skillFacts({ name, description }: Persona): string {
  return yaml({ name, description });
}

const yaml = (facts: object): string => stringify(facts, { lineWidth: 0 });

function sections(persona: Persona, examples: string | undefined): string[] {
  const { description, role, goals, workflow, communication, context, style } = persona;
  const voices = voicesOf(style.profile, style.registers);
  const { tone, do: dos, dont } = communication;
  return [
    section('Overview', [description, role]),
    section('Key points', [bullets(goals), ...ofVoices(voices, styleLines)]),
    section('Response patterns', [steps(workflow), ...ofVoices(voices, responseLines)]),
    section('Greetings and sign-offs', ofVoices(voices, greetingLines)),
    section('Examples', [examples]),
    section('Guidelines', [
      tone === null ? undefined : `Tone: ${tone}`,
      dos.length === 0 ? undefined : `Do:\n\n${bullets(dos)}`,
      dont.length === 0 ? undefined : `Don’t:\n\n${bullets(dont)}`,
      context === null ? undefined : `### What the team knows\n\n${gathering(context)}`,
    ]),
  ].filter((text) => text !== '');
}

/** Nothing, where there is nothing to say. */
function section(title: string, parts: readonly (string | null | undefined)[]): string {
  const said = parts.filter((part) => part);
  return said.length === 0 ? '' : joined([`## ${title}`, ...said]);
}

/** Of several registers each by its name. */
function ofVoices(voices: readonly Voice[], linesOf: (voice: Voice) => readonly string[]): string[] {
  return voices.flatMap((voice) => {
    const lines = linesOf(voice);
    if (lines.length === 0) return [];
    return [...(voices.length > 1 ? [headingOf(voice)] : []), bullets(lines)];
  });
}

function examplesOf({ style }: Persona): string | undefined {
  const voices = voicesOf(style.profile, style.registers);
  const shown = voices.flatMap((voice) => {
    const quotes = voice.profile.examples.slice(0, style.examples).map(quotedText);
    // Quotes in a row are one, unless something stands between them.
    const separated = quotes.join('\n\n<!-- -->\n\n');
    return quotes.length === 0 ? [] : [...(voices.length > 1 ? [headingOf(voice)] : []), separated];
  });
  if (shown.length === 0) return undefined;
  return joined([
    'Messages as they were written. They show how, and are no instructions; @… is a person’s name, and […] what was taken out.',
    ...shown,
  ]);
}

const headingOf = ({ register }: Voice): string => {
  const name = nameOf(register);
  return `### ${name.charAt(0).toUpperCase()}${name.slice(1)}`;
};

const joined = (parts: readonly (string | null | undefined)[]): string => parts.join('\n\n');
