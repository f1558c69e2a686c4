import type { Command } from 'commander';
import { count, from1To } from './arguments.ts';
import type { Run } from './run.ts';
import { CONFIG, CURSOR, DATES, DOCUMENT, REPO, STORE } from './wording.ts';

/** Commands that read documents and their history: `log`, `diff`, `blame`, `show`, `related`. */
export function declareDocuments(program: Command, run: Run): void {
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
      run((context) =>
        import('../commands/log.ts').then(({ logCommand }) => logCommand(name, options, context)),
      ),
    );

  reading('diff', 'what changed since a date, document by document, as markdown')
    .requiredOption('--since <date>', DATES)
    .option('--until <date>', 'and what changed later is left out')
    .option('-s, --source <id>', 'only this source')
    .option('-p, --patch', 'with the lines that differ')
    .option('-n, --limit <number>', 'how many documents are listed, 0 for all', count, 100)
    .option('--cursor <cursor>', CURSOR)
    .action((options) =>
      run((context) =>
        import('../commands/diff.ts').then(({ diffCommand }) => diffCommand(options, context)),
      ),
    );

  reading('blame', 'who wrote each line of a document, when, and in which revision')
    .argument('<document>', DOCUMENT)
    .option('--text', 'without the lines of the frontmatter')
    .action((name, options) =>
      run((context) =>
        import('../commands/blame.ts').then(({ blameCommand }) => blameCommand(name, options, context)),
      ),
    );

  reading('show', 'a document as it was; or a note, or code that is indexed, as it is')
    .argument('<document[@date]>', `${DOCUMENT}; @DATE is its end, @COMMIT a commit`)
    .option('--lines <range>', 'only these lines, such as 10-40')
    .option('--section <heading>', 'only what stands below this heading')
    .action((name, options) =>
      run((context) =>
        import('../commands/show.ts').then(({ showCommand }) => showCommand(name, options, context)),
      ),
    );

  reading('related', 'what a document links to, what links to it, its parent, and what is like it')
    .argument('<document>', DOCUMENT)
    .option('-n, --limit <number>', 'how many', from1To(200), 20)
    .option('--cursor <cursor>', CURSOR)
    .option('--store <url>', STORE)
    .option('-c, --config <file>', CONFIG)
    .action((name, options) =>
      run((context) =>
        import('../commands/related.ts').then(({ relatedCommand }) => relatedCommand(name, options, context)),
      ),
    );
}
