import { allOf, type Completion, type Values } from './words.ts';

/** A line of fish for each command, option and argument, said to hold where the command has been written. */
export function fishCompletion(program: Completion): string {
  const all = allOf(program);
  const known = all.flatMap(({ path }) => (path.length === 0 ? [] : quote(path.join(' '))));
  return `# Completion of ctx for fish, made by \`ctx completion fish\`.
function __ctx_at --description 'Whether the command that is being written is this one'
    set -l known ${known.join(' ')}
    set -l found
    for word in (commandline -opc)[2..]
        set -l longer (string join -- ' ' $found $word)
        contains -- $longer $known; and set found $longer
    end
    test "$found" = "$argv"
end
complete -c ctx -f
${all.flatMap(linesOf).join('\n')}`;
}

function linesOf({ path, commands, options, arguments: names }: Completion): string[] {
  const here = `complete -c ctx -n ${quote(`__ctx_at ${path.join(' ')}`.trimEnd())}`;
  return [
    ...commands.map((each) => `${here} -a ${each.path.at(-1)} -d ${quote(each.description)}`),
    ...options.map(({ short, long, description, value }) =>
      [
        here,
        ...(short === undefined ? [] : [`-s ${short}`]),
        ...(long === undefined ? [] : [`-l ${long}`]),
        ...(value === undefined || value.optional ? [] : [offer(value.values, '-r')]),
        `-d ${quote(description)}`,
      ].join(' '),
    ),
    ...names
      .slice(0, 1)
      .flatMap(({ values }) => (values === 'unknown' ? [] : `${here} ${offer(values, '')}`)),
  ];
}

/** What fish offers after an option, or (`required` is empty) as an argument. */
function offer(values: Values, required: '-r' | ''): string {
  const option = required === '' ? '' : `${required} `;
  if (values === 'files') return `${option}-F`;
  if (values === 'folders') return `${option}-f -a '(__fish_complete_directories)'`;
  return values === 'unknown' ? `${option}-f` : `${option}-f -a ${quote(values.join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
