import { allOf, type Completed, type CompletedArgument, type Completion, type Values } from './words.ts';

/** A function of zsh for each command that has others below it, and one line for each option of a command. */
export function zshCompletion(program: Completion): string {
  const groups = allOf(program).filter(({ commands }) => commands.length > 0);
  return `#compdef ctx
# Completion of ctx for zsh, made by \`ctx completion zsh\`.
${groups.toReversed().map(groupOf).join('\n\n')}

# It is either found in a folder of fpath, or read by eval.
if [[ \${funcstack[1]} == _ctx ]]; then
  _ctx "$@"
else
  compdef _ctx ctx
fi`;
}

function groupOf({ path, commands, options }: Completion): string {
  const nameOf = (each: Completion) => each.path.at(-1) ?? '';
  return `${functionOf(path)}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${lines(options.map(optionOf))} \\
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command)
      local -a commands=(
${commands.map((each) => `        ${quote(`${nameOf(each)}:${each.description.replaceAll(':', '\\:')}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${commands.map((each) => `        ${nameOf(each)}) ${callOf(each)} ;;`).join('\n')}
      esac
      ;;
  esac
}`;
}

function callOf({ path, commands, options, arguments: names }: Completion): string {
  if (commands.length > 0) return functionOf(path);
  return `_arguments ${lines([...options.map(optionOf), ...names.map(argumentOf)])}`;
}

function functionOf(path: readonly string[]): string {
  return ['_ctx', ...path].join('_').replaceAll('-', '_');
}

function optionOf({ short, long, description, value, repeats }: Completed): string {
  const tail = `[${description.replace(/[[\]\\]/g, '\\$&')}]`;
  const taken = value ? `${value.optional ? '::' : ':'}${message(value.name)}:${actionOf(value.values)}` : '';
  const shortFlag = short === undefined ? [] : [`-${short}${value ? '+' : ''}`];
  const longFlag = long === undefined ? [] : [`--${long}${value ? '=' : ''}`];
  const flags = [...shortFlag, ...longFlag];
  const others = [...(short ? [`-${short}`] : []), ...(long ? [`--${long}`] : [])].join(' ');
  const before = repeats ? quote('*') : quote(`(${others})`);
  const written = flags.length > 1 ? `{${flags.join(',')}}` : flags.join('');
  return `${before}${written}${quote(`${tail}${taken}`)}`;
}

function argumentOf({ name, values, optional, repeats }: CompletedArgument): string {
  if (repeats) return quote(`*:${message(name)}:${actionOf(values)}`);
  return quote(`${optional ? '::' : ':'}${message(name)}:${actionOf(values)}`);
}

/** An empty list, not an empty action: that would keep options from being offered in its place. */
function actionOf(values: Values): string {
  if (values === 'files') return '_files';
  if (values === 'folders') return '_files -/';
  return values === 'unknown' ? '()' : `(${values.join(' ')})`;
}

function message(name: string): string {
  return name.replaceAll(':', '\\:');
}

function lines(specs: readonly string[]): string {
  return specs.join(' \\\n    ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
