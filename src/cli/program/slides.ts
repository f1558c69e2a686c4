import { type Command, Option } from 'commander';
import type { Run } from './run.ts';
import { CONFIG, DATES, REPO } from './wording.ts';

/** Commands that make slides: `slides build`, `slides list`, `slides login`. */
export function declareSlides(program: Command, run: Run): void {
  const slides = program.command('slides').description('slides from what the repository knows');

  slides
    .command('build')
    .description('a deck from a template, with values of the repository, of a file, or of an outline')
    .argument('[outline]', 'a markdown file: # the title, ## a slide each, with lists, tables and images')
    .option('-t, --template <name>', 'which template (`ctx slides list`)')
    .option('-d, --data <file>', 'YAML with what fills the template')
    .option(
      '-o, --output <file>',
      'the PowerPoint file (default: named as the template, or the outline, here)',
    )
    .addOption(
      new Option(
        '--target <target>',
        'what to make; google where the template names a presentation there',
      ).choices(['pptx', 'google']),
    )
    .option('--since <date>', `what the deck is about begins then: ${DATES}`)
    .option('--until <date>', 'and ends then (default: the last whole week or quarter, as the template says)')
    .option('--folder <id>', 'the folder of Google Drive for a new deck (default: My Drive)')
    .option('--subject <address>', 'the person of its domain that a service account acts for')
    .option('--dry-run', 'say what would be on the slides, write nothing')
    .option('-C, --repo <folder>', REPO)
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print the result as one JSON object')
    .action((outline, options) =>
      run((context) =>
        import('../commands/slides-build.ts').then(({ slidesBuildCommand }) =>
          slidesBuildCommand(outline, options, context),
        ),
      ),
    );

  slides
    .command('list')
    .description('the templates: those in slides/ beside the configuration, and those that come with ctx')
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/slides-list.ts').then(({ slidesListCommand }) =>
          slidesListCommand(options, context),
        ),
      ),
    );

  slides
    .command('login')
    .description('let ctx into your Google Drive, for decks in Google Slides')
    .option('--client <file>', 'the OAuth client of a desktop app, as Google’s console offers it')
    .addOption(
      new Option('--scope <scope>', 'all files, or only those that ctx made')
        .choices(['drive', 'drive.file'])
        .default('drive'),
    )
    .addOption(new Option('--forget', 'forget the login on this machine').conflicts('client'))
    .action((options) =>
      run((context) =>
        import('../commands/slides-login.ts').then(({ slidesLoginCommand }) =>
          slidesLoginCommand(options, context),
        ),
      ),
    );
}
