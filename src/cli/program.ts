import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ctxError, isCtxError, systemRefusal } from '../core/errors/index.ts';
import { VERSION } from '../core/version.ts';
import { FORMATS } from '../markdown/formats.ts';
import type { CommandContext } from './commands/build.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { Output, type OutputStream } from './output.ts';
import { sinceOf, untilOf } from './slack/range.ts';

export interface ProgramIo {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. Default: the system's. */
  readonly now?: () => number;
}

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
  ctx log PROJ-123                  what became of a document, through all renames
  ctx diff --since yesterday        what changed, as markdown
  ctx blame PROJ-123 --text         whose each line is
  ctx show PROJ-123@2026-03-02      a document as it was
  ctx purge 12345 --dry-run         what it takes to remove a document from all of history
  ctx search "how do we ship?"       the documents that answer it, best first, without a network
  ctx mcp                           answer agents, such as Claude Code, by the Model Context Protocol
  ctx slack export                  your own Slack messages, for an analysis of your style
  ctx gather "How does billing work?"   what the team knows about it, ready for a prompt
  ctx render page.xhtml             one text as markdown, and what of it could not be kept

Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 credentials, 4 partial, 5 guard, 130 interrupted
`;

const DOCUMENT = "a path that it has or had, a ticket's key, an id as in its frontmatter, or a URL";
const CONFIG = 'configuration (default: ./context.config.yaml, then ~/.config/context-sync/)';
const REPO = 'the context repository (default: the one around this folder)';
const STORE = 'a PostgreSQL database that holds the index (default: as configured)';
const CURSOR = 'go on after an answer, by the cursor that --json told';
const DATES = 'such as 2026-03-02, yesterday, monday, "2 days ago"';

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is no number.');
  return Number(text);
}

const from1To = (most: number) => (text: string) => {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new InvalidArgumentError(`It is no whole number from 1 to ${most}.`);
  return number;
};

/** Less holds no item. */
function from200(text: string): number {
  const number = count(text);
  if (number < 200 || number > 1_000_000)
    throw new InvalidArgumentError('It is no number from 200 to 1000000.');
  return number;
}

function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 65_536;
  if (number > 65_535) throw new InvalidArgumentError('It is no port from 0 to 65535.');
  return number;
}

function seconds(text: string): number {
  const number = /^\d{1,3}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 601;
  if (number > 600) throw new InvalidArgumentError('It is no number of seconds from 0 to 600.');
  return number;
}

function words(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It has no word.');
  return text;
}

const list = (text: string): string[] =>
  words(text)
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** Runs one command line (without `node` and the script) and answers the exit code. Commands are loaded when used. */
export async function runProgram(args: readonly string[], io: ProgramIo): Promise<number> {
  const { stdout, stderr, stdin, env, cwd, signal, now = Date.now } = io;
  const output = new Output({ stdout, stderr, verbose: env.CTX_DEBUG === '1', now });
  const context: CommandContext = { output, stdin, env, cwd, signal, now };
  let exitCode: number = EXIT.done;
  const run = async (command: Promise<number>) => {
    exitCode = await command;
  };

  const program = new Command('ctx')
    .description('What a team knows as markdown in a git repository that agents read and people diff.')
    .version(VERSION)
    .showHelpAfterError('(ctx --help shows examples)')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });

  program
    .command('build')
    .description('read the sources and commit what changed')
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id...>', 'only these sources')
    .option('--full', 'read and render every document, changed or not')
    .option('--resume', 'go on from what an interrupted run of the same has read (the default)')
    .option('--no-resume', 'begin anew')
    .option('--dry-run', 'say what would change and write nothing')
    .option('--push', 'push the branch to the remote, fast-forward only')
    .option('--confirm-deletes <fingerprint...>', 'accept the deletions that a former run held back')
    .option('--no-index', 'leave the search index to the first search, as where nobody searches')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run(import('./commands/build.ts').then(({ buildCommand }) => buildCommand(options, context))),
    );

  program
    .command('backfill')
    .description("tell the history of a source's documents anew: a commit for each change, by who made it")
    .argument(
      '<source>',
      "the source's id; how far back is `history` in its configuration, or else all of it",
    )
    .option('-c, --config <file>', CONFIG)
    .option('--resume', 'go on from what an interrupted run of the same has read (the default)')
    .option('--no-resume', 'begin anew')
    .option('--dry-run', 'say what would change and write nothing')
    .option('--push', 'push the branch to the remote, fast-forward only')
    .option('--json', 'print the result as one JSON object')
    .action((source, options) =>
      run(
        import('./commands/build.ts').then(({ buildCommand }) =>
          buildCommand({ ...options, source: [source], backfill: [source] }, context),
        ),
      ),
    );

  program
    .command('pull')
    .description("bring this host's clone to where the remote is, forward only; make it if there is none")
    .argument('[remote]', "a URL, a path or a remote's name (default: the clone's origin)")
    .option(
      '-C, --repo <folder>',
      'the clone (default: `repo.path` of the configuration if there is one, else ~/context-sync)',
    )
    .option('--branch <name>', 'the branch (default: as configured, else main)')
    .option('--accept-rewrite', 'take over a history that a purge has replaced, and forget the former one')
    .option('-c, --config <file>', `${CONFIG.slice(0, -1)}, if there is one)`)
    .option('--json', 'print the result as one JSON object')
    .action((remote, options) =>
      run(import('./commands/pull.ts').then(({ pullCommand }) => pullCommand(remote, options, context))),
    );

  program
    .command('purge')
    .description('rewrite history so that it never held a document, and keep builds from bringing it back')
    .argument(
      '<id...>',
      "documents: each an id as in its frontmatter, a ticket's key, a URL, or a path it had",
    )
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id>', 'the source they are of, if several have such an id')
    .option('--push', "replace the remote's history too, if nobody has pushed since")
    .option('--dry-run', 'say what would go and write nothing')
    .option('--json', 'print the result as one JSON object')
    .action((ids, options) =>
      run(import('./commands/purge.ts').then(({ purgeCommand }) => purgeCommand(ids, options, context))),
    );

  const reading = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('-C, --repo <folder>', REPO)
      .option('--json', 'print the result as one JSON object');

  reading('log', 'the runs, or what changed a document, through all renames')
    .argument('[document]', DOCUMENT)
    .option('-n, --limit <number>', 'how many, 0 for all', count, 50)
    .option('--since <date>', `not before: ${DATES}`)
    .option('--until <date>', 'not after')
    .action((name, options) =>
      run(import('./commands/log.ts').then(({ logCommand }) => logCommand(name, options, context))),
    );

  reading('diff', 'what changed since a date, document by document, as markdown')
    .requiredOption('--since <date>', DATES)
    .option('--until <date>', 'and what changed later is left out')
    .option('-s, --source <id>', 'only this source')
    .option('-p, --patch', 'with the lines that differ')
    .option('-n, --limit <number>', 'how many documents are listed, 0 for all', count, 100)
    .option('--cursor <cursor>', CURSOR)
    .action((options) =>
      run(import('./commands/diff.ts').then(({ diffCommand }) => diffCommand(options, context))),
    );

  reading('blame', 'who wrote each line of a document, when, and in which revision')
    .argument('<document>', DOCUMENT)
    .option('--text', 'without the lines of the frontmatter')
    .action((name, options) =>
      run(import('./commands/blame.ts').then(({ blameCommand }) => blameCommand(name, options, context))),
    );

  reading('show', 'a document as it was; or a note, or code that is indexed, as it is')
    .argument('<document[@date]>', `${DOCUMENT}; @DATE is its end, @COMMIT a commit`)
    .option('--lines <range>', 'only these lines, such as 10-40')
    .option('--section <heading>', 'only what stands below this heading')
    .action((name, options) =>
      run(import('./commands/show.ts').then(({ showCommand }) => showCommand(name, options, context))),
    );

  reading('related', 'what a document links to, what links to it, its parent, and what is like it')
    .argument('<document>', DOCUMENT)
    .option('-n, --limit <number>', 'how many', from1To(200), 20)
    .option('--cursor <cursor>', CURSOR)
    .option('--store <url>', STORE)
    .option('-c, --config <file>', CONFIG)
    .action((name, options) =>
      run(
        import('./commands/related.ts').then(({ relatedCommand }) => relatedCommand(name, options, context)),
      ),
    );

  const slack = program.command('slack').description('what the Slack sources offer beyond builds');

  slack
    .command('sync')
    .description('read the Slack sources alone, or ask of what was read')
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id...>', 'only these (default: all of type slack)')
    .option('--full', 'read all days of the window anew')
    .addOption(
      new Option('--incremental', 'read no more than today and yesterday').conflicts(['full', 'days']),
    )
    .option('--days <number>', 'how many days back (default: as configured)', from1To(3650))
    .option('--workers <number>', 'how many channels are read side by side', from1To(16))
    .option('--delay <seconds>', 'the least time between two requests of a method', seconds)
    .addOption(
      new Option('--direction <direction>', 'which days are read first').choices(['backwards', 'forwards']),
    )
    .option('--no-threads', 'leave replies to a later run')
    .option('--resume', 'go on with the run that was interrupted, as it was asked for')
    .option('--push', 'push the branch to the remote, fast-forward only')
    .option('--confirm-deletes <fingerprint...>', 'accept the deletions that a former run held back')
    .addOption(
      new Option('--status', 'what was read of each channel, what is left, and the last runs').conflicts([
        'search',
        'resetTracking',
      ]),
    )
    .option('--search <words>', 'the messages that have most of these words, the best first', words)
    .option('--limit <number>', 'how many of them', from1To(1000), 5)
    .option('--my-only', 'only those of the owner of the token')
    .option('--user <name>', 'only those of this person: a name as Slack shows it, or an id')
    .addOption(
      new Option('--reset-tracking', 'forget which days were read; documents stay').conflicts('search'),
    )
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run(
        import('./commands/slack-sync.ts').then(({ slackSyncCommand }) => slackSyncCommand(options, context)),
      ),
    );

  slack
    .command('export')
    .description('your own messages, a line of JSON for each, with replies in threads')
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id>', 'which source of type slack, if there are several')
    .option('--channels <names>', 'names or ids, with commas (default: as configured)', list)
    .option('-o, --output <file>', 'where to write them, - for the standard output', 'slack-export.jsonl')
    .option('--since <date>', 'not before: such as 2026-03-02 or 2026-03-02T09:00Z', sinceOf)
    .option('--until <date>', 'not after; a day is meant with its end', untilOf)
    .option('--include-dms', 'direct messages and those of groups too')
    .option('--context', 'with what others said in the same threads, and right before')
    .option(
      '--user <name>',
      'whose messages: a name, an id or an e-mail address (default: the token’s owner)',
    )
    .addOption(
      new Option(
        '--from <where>',
        'the repository, or Slack (default: the repository if it has all that is asked for)',
      ).choices(['store', 'slack']),
    )
    .action((options) =>
      run(
        import('./commands/slack-export.ts').then(({ slackExportCommand }) =>
          slackExportCommand(options, context),
        ),
      ),
    );

  program
    .command('search')
    .description('the documents, tickets, conversations and code that answer a query, best first')
    .argument('[words...]', 'a question, words, or a key such as PROJ-123')
    .option('-C, --repo <folder>', REPO)
    .option('-s, --source <id...>', 'only of these sources')
    .option('-t, --type <type...>', 'only of these types, such as page, ticket, thread, code')
    .option('--since <date>', `only what was changed since then: ${DATES}`)
    .addOption(
      new Option('--mode <mode>', 'by words, by meaning, or by both')
        .choices(['hybrid', 'lexical', 'semantic'])
        .default('hybrid'),
    )
    .option('-n, --limit <number>', 'how many', from1To(200), 10)
    .option('--cursor <cursor>', CURSOR)
    .option('--eval <file>', 'measure how well judged queries of your own are answered')
    .option('--store <url>', STORE)
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print the answer as one JSON object')
    .action((words, options) =>
      run(import('./commands/search.ts').then(({ searchCommand }) => searchCommand(words, options, context))),
    );

  program
    .command('gather')
    .description(
      'what a prompt needs to know about a question: from the repository, code and memory, as one text',
    )
    .argument('<words...>', 'a question, with the keys of tickets that it is about')
    .option('-C, --repo <folder>', REPO)
    .option('--memory <folder...>', 'folders, or files, with what is remembered')
    .option('--no-memory', 'without any memory, CLAUDE.md and AGENTS.md among it')
    .option('--no-slack', 'without conversations')
    .option('--no-code', 'without code')
    .option('--no-jira', 'without tickets')
    .option('--no-docs', 'without pages and all other documents')
    .option('--max-tokens <number>', 'the most that the text may take, as estimated', from200, 4000)
    .option('-n, --limit <number>', 'how much of each kind at most', from1To(100), 5)
    .option('--time-limit <seconds>', 'how long each kind is waited for', seconds, 5)
    .option(
      '--boundary <letters>',
      'what items stand between, in place of random letters (for prompt caches)',
    )
    .option('--store <url>', STORE)
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print the result as one JSON object')
    .action((words, options) =>
      run(import('./commands/gather.ts').then(({ gatherCommand }) => gatherCommand(words, options, context))),
    );

  program
    .command('index')
    .description('bring the search index up to date; builds and searches do so by themselves')
    .option('-C, --repo <folder>', REPO)
    .option('--code <folder...>', 'code repositories of this machine that are searched too')
    .option('--rebuild', 'make it from nothing')
    .option('--store <url>', STORE)
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print what is in it as one JSON object')
    .action((options) =>
      run(import('./commands/index.ts').then(({ indexCommand }) => indexCommand(options, context))),
    );

  program
    .command('mcp')
    .description('answer agents by the Model Context Protocol: search, read, recent, related')
    .option('-C, --repo <folder>', REPO)
    .option('--http [port]', 'over HTTP on this machine, instead of the standard streams', port)
    .option('--memory <path...>', 'folders and files of memory, beside those that are found by themselves')
    .option('--no-memory', 'without memory')
    .option('--store <url>', STORE)
    .option('-c, --config <file>', CONFIG)
    .action((options) =>
      run(import('./commands/mcp.ts').then(({ mcpCommand }) => mcpCommand(options, context))),
    );

  program
    .command('demo')
    .description('build a simulated workspace, apply a morning of edits, build again')
    .option('-d, --dir <folder>', 'where to put the repository (default: a temporary folder)')
    .option('--serve', 'keep the simulated workspace running and print the environment for ctx build')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run(import('./commands/demo.ts').then(({ demoCommand }) => demoCommand(options, context))),
    );

  program
    .command('render')
    .description('render one text as a build would, and say what of it could not be kept')
    .argument('<file>', 'a file, or - for the standard input')
    .addOption(new Option('--from <format>', 'what it is written in (default: by its name)').choices(FORMATS))
    .option('--site <url>', 'the site that relative links lead to')
    .option('--json', 'print markdown, warnings and counts as one JSON object')
    .action((file, options) =>
      run(import('./commands/render.ts').then(({ renderCommand }) => renderCommand(file, options, context))),
    );

  try {
    await program.parseAsync(args as string[], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportFailure(error, output, io.signal);
  }
}

function reportFailure(error: unknown, output: Output, signal: AbortSignal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  output.endProgress();
  const failure = signal.aborted ? ctxError('build.interrupted', undefined) : (systemRefusal(error) ?? error);
  if (!isCtxError(failure)) {
    output.crash(failure);
    return EXIT.failed;
  }
  output.error(failure);
  return exitCodeOf(failure.kind);
}
