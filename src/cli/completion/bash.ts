import { allOf, type Completed, type Completion, type Values } from './words.ts';

/** For bash from 3.2 on, as macOS has it, and without the package bash-completion. */
export function bashCompletion(program: Completion): string {
  const all = allOf(program);
  const commands = all.flatMap(({ path }) => (path.length === 0 ? [] : quote(path.join(' '))));
  return `# Completion of ctx for bash, made by \`ctx completion bash\`.
_ctx() {
  local word current previous found='' words='' files='' i
  current=\${COMP_WORDS[COMP_CWORD]}
  previous=\${COMP_WORDS[COMP_CWORD-1]}
  # bash takes --option=value for three words.
  if [[ $current == = ]]; then current=''
  elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "\${found:+$found }$word" in
      ${commands.join(' | ')}) found="\${found:+$found }$word" ;;
    esac
  done
  case "$found" in
${all.map(caseOf).join('\n')}
  esac
  if [[ -z $files ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  local IFS=$'\\n'
  case "$files" in
    files) COMPREPLY=($(compgen -f -- "$current")) ;;
    folders) COMPREPLY=($(compgen -d -- "$current")) ;;
  esac
  # Quotes what is no plain word, and sets a slash after folders.
  compopt -o filenames 2> /dev/null || true
}
complete -F _ctx ctx`;
}

function caseOf({ path, commands, options, arguments: names }: Completion): string {
  const flags = options.flatMap(flagsOf).join(' ');
  const [first] = names;
  const subcommands = commands.map((each) => each.path.at(-1) ?? '').join(' ');
  const otherwise = first === undefined ? `words=${quote(subcommands)}` : offer(first.values);
  const values = options.flatMap((option) => {
    const { value } = option;
    if (value === undefined || value.optional) return [];
    return `        ${flagsOf(option).map(quote).join(' | ')}) ${offer(value.values)} ;;`;
  });
  return `    ${quote(path.join(' '))})
      case "$previous" in
${[...values, `        *) if [[ $current == -* ]]; then words=${quote(flags)}; else ${otherwise}; fi ;;`].join('\n')}
      esac ;;`;
}

function flagsOf({ short, long }: Completed): string[] {
  return [...(short === undefined ? [] : [`-${short}`]), ...(long === undefined ? [] : [`--${long}`])];
}

function offer(values: Values): string {
  if (values === 'files' || values === 'folders') return `files=${values}`;
  return `words=${quote(values === 'unknown' ? '' : values.join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
