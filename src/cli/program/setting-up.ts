import { type Command, Option } from 'commander';
import { age, list, seconds } from './arguments.ts';
import type { Run } from './run.ts';
import { CONFIG, REPO } from './wording.ts';

/** Commands that bring a build about and look after it: `init`, `doctor`, `status`, `sources`, `spaces`, `fetch`. */
export function declareSettingUp(program: Command, run: Run): void {
  program
    .command('init')
    .description('ask at most six questions, try the answers, and write the configuration')
    .option('-d, --dir <folder>', 'where to write it (default: this folder)')
    .option('--site <url>', 'the site of Confluence and Jira (default: CONFLUENCE_URL or JIRA_URL)')
    .option('--email <address>', "the account's (default: CONFLUENCE_USERNAME or JIRA_USERNAME)")
    .option(
      '--token-stdin',
      'read the API token from the standard input (default: CONFLUENCE_API_TOKEN or JIRA_API_TOKEN)',
    )
    .option('--spaces <keys>', 'Confluence spaces, such as ENG,INFRA, or all', list)
    .option('--views <names>', 'Jira views: ASSIGNED, WATCHING, keys of projects', list)
    .option('--repo <folder>', 'where the documents go (default: ~/context-sync)')
    .option('--remote <url>', 'a git remote that builds push to')
    .option('--actions', 'let GitHub Actions build, in the repository of the configuration')
    .addOption(new Option('--gateway <url>', "in place of Atlassian's API gateway").hideHelp())
    .option('-y, --yes', 'ask nothing: defaults for what is not given; files that differ stay')
    .option('--force', 'replace files that differ')
    .action((options) =>
      run((context) =>
        import('../commands/init.ts').then(({ initCommand }) => initCommand(options, context)),
      ),
    );

  program
    .command('doctor')
    .description('try everything that a build needs, change nothing, and say what to do about what is wrong')
    .option('-c, --config <file>', CONFIG)
    .option('--limit <seconds>', 'how long each check may take', seconds, 20)
    .option('--json', 'print the checks as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/doctor.ts').then(({ doctorCommand }) => doctorCommand(options, context)),
      ),
    );

  program
    .command('status')
    .description(
      'how old each source is, what the last run did, and the index; exit code 4 when one is stale',
    )
    .option('-C, --repo <folder>', REPO)
    .option('-c, --config <file>', CONFIG)
    .option(
      '--max-age <age>',
      'how old a source may be, such as 90min, 6h or 2d (default: as configured)',
      age,
    )
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/status.ts').then(({ statusCommand }) => statusCommand(options, context)),
      ),
    );

  program
    .command('sources')
    .description('the configured sources, and what is read of each')
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/sources.ts').then(({ sourcesCommand }) => sourcesCommand(options, context)),
      ),
    );

  program
    .command('spaces')
    .description('the Confluence spaces and Jira projects that the credentials can see, with their keys')
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id...>', 'only these sources')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/spaces.ts').then(({ spacesCommand }) => spacesCommand(options, context)),
      ),
    );

  program
    .command('fetch')
    .description('print one page or ticket as it is now, as a build would write it; nothing is written')
    .argument('<name>', "a page's id or address, a ticket's key or address")
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id...>', 'only these sources')
    .option('--json', 'print the document in a JSON object')
    .action((name, options) =>
      run((context) =>
        import('../commands/fetch.ts').then(({ fetchCommand }) => fetchCommand(name, options, context)),
      ),
    );
}
