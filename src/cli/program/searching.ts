import { type Command, Option } from 'commander';
import { from1To, from200, port, seconds } from './arguments.ts';
import type { Run } from './run.ts';
import { CONFIG, CURSOR, DATES, REPO, STORE } from './wording.ts';

/** Commands that answer from the index: `search`, `gather`, `index`, `mcp`. */
export function declareSearching(program: Command, run: Run): void {
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
      run((context) =>
        import('../commands/search.ts').then(({ searchCommand }) => searchCommand(words, options, context)),
      ),
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
      run((context) =>
        import('../commands/gather.ts').then(({ gatherCommand }) => gatherCommand(words, options, context)),
      ),
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
      run((context) =>
        import('../commands/index.ts').then(({ indexCommand }) => indexCommand(options, context)),
      ),
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
      run((context) => import('../commands/mcp.ts').then(({ mcpCommand }) => mcpCommand(options, context))),
    );
}
