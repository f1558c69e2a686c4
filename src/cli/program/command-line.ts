import { Command, type OutputConfiguration } from 'commander';
import { VERSION } from '../../core/version.ts';
import { declareAgents } from './agents.ts';
import { declareBuilding } from './building.ts';
import { declareCompletion } from './completion.ts';
import { declareDocuments } from './documents.ts';
import { declareLinking } from './linking.ts';
import { declarePersonas } from './personas.ts';
import type { Run } from './run.ts';
import { declareScheduling } from './scheduling.ts';
import { declareSearching } from './searching.ts';
import { declareSettingUp } from './setting-up.ts';
import { declareSlack } from './slack.ts';
import { declareSlides } from './slides.ts';
import { declareTrying } from './trying.ts';

const EXAMPLES = `
Examples:
  ctx demo                          a simulated workspace, built twice, to see what it does
  ctx build                         build what ./context.config.yaml names
  ctx build --dry-run               say what would change, write nothing
  ctx build --source jira --json    one source, the result as one JSON object
  ctx build --full                  read every document anew
  ctx build --push                  and push the commit to the configured remote
  ctx backfill confluence           tell the history of its pages, by their authors
  ctx pull                          bring this host's clone up to date, and say how old its content is
  ctx schedule install              build every hour by itself, by systemd, launchd or cron
  ctx link ~/work/shop              make the context visible in a project, for you and your agents
  ctx log PROJ-123                  what became of a document, through all renames
  ctx diff --since yesterday        what changed, as markdown
  ctx blame PROJ-123 --text         whose each line is
  ctx show PROJ-123@2026-03-02      a document as it was
  ctx purge 12345 --dry-run         what it takes to remove a document from all of history
  ctx search "how do we ship?"       the documents that answer it, best first, without a network
  ctx brief                         what changed since yesterday, for an assistant whose session begins
  ctx mcp                           answer agents, such as Claude Code, by the Model Context Protocol
  ctx slack export                  your own Slack messages, for an analysis of your style
  ctx persona build                 documents, agents and skills of personas/*.yaml
  ctx persona analyze slack-export.jsonl   how you write, as a profile that a persona can have
  ctx slides build -t weekly-changes   a deck of what changed last week
  ctx gather "How does billing work?"   what the team knows about it, ready for a prompt
  ctx render page.xhtml             one text as markdown, and what of it could not be kept

Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 credentials, 4 partial, 5 guard, 130 interrupted
`;

interface Group {
  readonly heading: string;
  /** Those that can be declared without the other groups. */
  readonly commands: readonly string[];
  readonly declare: (program: Command, run: Run) => void;
}

const GROUPS: readonly Group[] = [
  {
    heading: 'Set up:',
    commands: ['init', 'doctor', 'status', 'sources', 'spaces', 'fetch'],
    declare: declareSettingUp,
  },
  { heading: 'Build:', commands: ['build', 'backfill', 'pull', 'purge'], declare: declareBuilding },
  { heading: 'Every day:', commands: ['schedule'], declare: declareScheduling },
  { heading: 'Every day:', commands: ['link'], declare: declareLinking },
  { heading: 'Read:', commands: ['log', 'diff', 'blame', 'show', 'related'], declare: declareDocuments },
  { heading: 'Search:', commands: ['search', 'gather', 'index', 'mcp'], declare: declareSearching },
  { heading: 'Agents:', commands: ['brief'], declare: declareAgents },
  { heading: 'Slack:', commands: ['slack'], declare: declareSlack },
  { heading: 'Personas:', commands: ['persona'], declare: declarePersonas },
  { heading: 'Slides:', commands: ['slides'], declare: declareSlides },
  { heading: 'Try:', commands: ['demo', 'render'], declare: declareTrying },
  // It tells a shell of all commands.
  { heading: 'Try:', commands: [], declare: declareCompletion },
];

/**
 * Every command with its arguments and options. Each hands what it does to `run`. Where the first word of what is asked is given and
 * names a command, only the group of this one: all of them take a tenth of a search.
 */
export function commandLine(run: Run, output: OutputConfiguration, first?: string): Command {
  const program = new Command('ctx')
    .description('What a team knows as markdown in a git repository that agents read and people diff.')
    .version(VERSION)
    .showHelpAfterError('(ctx --help shows examples)')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput(output);
  const asked = GROUPS.filter(({ commands }) => first !== undefined && commands.includes(first));
  for (const { heading, declare } of asked.length > 0 ? asked : GROUPS) {
    program.commandsGroup(heading);
    declare(program, run);
  }
  return program;
}
