import type { Command } from 'commander';
import type { Run } from './run.ts';
import { CONFIG } from './wording.ts';

/** Commands that write the repository: `build`, `backfill`, `pull`, `purge`. */
export function declareBuilding(program: Command, run: Run): void {
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
    .option('--summary <file>', 'add what became of the run to a file, as markdown')
    .option('--outputs <file>', 'add its figures to a file, as NAME=VALUE, such as $GITHUB_OUTPUT')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/build.ts').then(({ buildCommand }) => buildCommand(options, context)),
      ),
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
      run((context) =>
        import('../commands/build.ts').then(({ buildCommand }) =>
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
      run((context) =>
        import('../commands/pull.ts').then(({ pullCommand }) => pullCommand(remote, options, context)),
      ),
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
      run((context) =>
        import('../commands/purge.ts').then(({ purgeCommand }) => purgeCommand(ids, options, context)),
      ),
    );
}
