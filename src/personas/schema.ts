import { z } from 'zod';
import { MARK } from './marker.ts';

/** What others than the person may have written into a file between the marks would end them. */
const withoutMarks = (value: string) => !value.includes(MARK);
const noMarks = `must not hold ${MARK}, by which generated parts are told from others`;

const text = z.string().trim().min(1, 'must not be empty').refine(withoutMarks, noMarks);
const line = text.refine((value) => !/[\r\n]/.test(value), 'must be one line');
const texts = z.array(text);

/** As Claude Code wants names of agents and skills: https://code.claude.com/docs/en/skills, …/sub-agents */
const name = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters and digits, with single hyphens between')
  .max(64, 'must be at most 64 characters');

const distinct = <T extends z.ZodType>(item: T) =>
  z.array(item).refine((items) => new Set(items).size === items.length, 'must not name the same twice');

export const KINDS = ['role', 'voice'] as const;
export const OUTPUTS = ['markdown', 'agent', 'skill'] as const;
/** The parts that `ctx gather` asks of the index. */
export const KNOWLEDGE = ['slack', 'code', 'jira', 'docs'] as const;
/** Where somebody speaks: in channels, in private ones, to people or groups; or all of these together. */
export const REGISTERS = ['public', 'private', 'dm', 'all'] as const;

export type Output = (typeof OUTPUTS)[number];
export type Register = (typeof REGISTERS)[number];

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`);

const communication = z.strictObject({
  do: texts.optional().describe('What it does when it speaks or writes.'),
  dont: texts.optional().describe('What it never does.'),
  tone: text.optional().describe('How it sounds, in a few words.'),
});

const context = z.strictObject({
  sources: distinct(oneOf(KNOWLEDGE))
    .optional()
    .describe('What of the context repository it asks for before it answers. Default: all.'),
  memory: z
    .union([z.boolean(), z.array(line)], 'must be true, false or a list of folders')
    .optional()
    .describe('Whether it asks memory too; or the folders with memory. Default: true.'),
  max_tokens: z
    .int('must be a whole number')
    .min(200, 'must be at least 200')
    .max(1_000_000, 'must be at most 1000000')
    .optional()
    .describe('The most that an answer may take. Default: 4000.'),
});

const style = z.strictObject({
  profile: line
    .optional()
    .describe('A file that ctx persona analyze wrote; relative paths start at this file’s folder.'),
  examples: z
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(24, 'must be at most 24')
    .optional()
    .describe('How many messages of each register are shown as examples. Default: 6.'),
  registers: distinct(oneOf(REGISTERS))
    .min(1, 'must name at least one')
    .optional()
    .describe(
      'Whose figures and examples are used: public channels (default), private ones, direct messages, or the figures of all.',
    ),
});

export const personaSchema = z
  .strictObject({
    name: name.describe('Names the persona and its files.'),
    description: line
      .refine((value) => !/[<>]/.test(value), 'must not hold < or >')
      .max(1024, 'must be at most 1024 characters')
      .describe('What it is for, and when to use it: assistants choose agents and skills by this line.'),
    kind: oneOf(KINDS)
      .optional()
      .describe('role: what somebody does. voice: how somebody writes, from a style profile. Default: role.'),
    role: text.optional().describe('Who it is, in the second person: “You look after …”. Markdown.'),
    goals: texts.optional().describe('What it is after.'),
    workflow: texts.optional().describe('How it works, step by step.'),
    communication: communication.optional().describe('How it speaks.'),
    tools: distinct(line.refine((value) => !value.includes(','), 'must be one tool'))
      .optional()
      .describe('The tools that the agent may use, as Claude Code calls them. Default: all.'),
    skills: distinct(line).optional().describe('Skills that the agent begins with.'),
    model: line
      .optional()
      .describe(
        'The model of the agent: sonnet, opus, haiku, inherit, or the name of one. Default: that of the session.',
      ),
    context: context.optional().describe('What it asks the context repository before it answers.'),
    style: style.optional().describe('How somebody writes, as messages of theirs show it.'),
    outputs: distinct(oneOf(OUTPUTS))
      .optional()
      .describe('What is made of it. Default: all. None ([]) for one that others only extend.'),
    extends: z
      .union([name, distinct(name)], 'must be the name of a persona, or a list of names')
      .optional()
      .describe(
        'Personas that it takes what it does not say itself from; a later one goes before an earlier one.',
      ),
  })
  .meta({
    title: 'context-sync persona',
    description: "What 'ctx persona build' makes a document, an agent and a skill of.",
  });

/** As one file says it. */
export type WrittenPersona = z.output<typeof personaSchema>;
