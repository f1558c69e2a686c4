import { fill, type Names } from './names.ts';

interface Registration {
  readonly file: string;
  /** Each puts its text before what the pattern finds, which has to be there once. */
  readonly additions: readonly { readonly before: RegExp; readonly text: string }[];
}

/** Where a connector is known by name. Everything else finds it by these. */
const REGISTRATIONS: readonly Registration[] = [
  {
    file: 'src/config/schema.ts',
    additions: [
      { before: /^import \{ suggest \}/m, text: "import { __camel__ } from './sources/__type__.ts';\n" },
      { before: /\] as const;\n\nexport const configSchema/, text: ", '__type__'" },
      { before: /\],\n\s*`must be one of \$\{sourceTypes/, text: ', __camel__' },
    ],
  },
  {
    file: 'src/connectors/registry.ts',
    additions: [
      {
        before: /^\};\n\n\/\*\* The connector for a configured source/m,
        text: "  '__type__': async () => (await import('./__type__/index.ts')).__camel__,\n",
      },
    ],
  },
  {
    file: 'src/cli/commands/sources.ts',
    additions: [
      {
        before: /^ {4}case 'files':/m,
        text: "    case '__type__':\n      return { place: shown(source.url), reads: ['all documents'] };\n",
      },
    ],
  },
  {
    file: 'docs/README.md',
    additions: [
      { before: /\n\n## Who wants to look something up/, text: '\n- [__Title__](connectors/__type__.md)' },
    ],
  },
];

export function registeredIn(): readonly string[] {
  return REGISTRATIONS.map(({ file }) => file);
}

/** The text of a file with the connector registered in it. */
export function register(file: string, text: string, names: Names): string {
  const { additions = [] } = REGISTRATIONS.find((each) => each.file === file) ?? {};
  return additions.reduce((written, addition) => {
    const places = [...written.matchAll(new RegExp(addition.before, `g${addition.before.flags}`))];
    const [place] = places;
    if (place === undefined || places.length > 1)
      throw new Error(
        `${file} has ${places.length} places for a connector (${addition.before}); there must be one`,
      );
    return written.slice(0, place.index) + fill(addition.text, names) + written.slice(place.index);
  }, text);
}
