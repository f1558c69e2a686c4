#!/bin/sh
# From a clone to a context repository that is brought up to date every hour: installs, asks what is to be read (ctx init), and has
# this machine do it (ctx schedule install). It can be run again at any time, as after `git pull`.
set -eu
unset CDPATH

usage() {
  cat <<'USAGE'
Usage: ./setup.sh [options] [options of ctx init]

  --yes, -y            ask nothing
  --dir FOLDER         where the configuration is, or goes (default: ~/.config/context-sync)
  --every INTERVAL     15min, hourly (default) or daily
  --kind KIND          systemd, launchd or cron (default: what this machine has)
  --push, --no-push    push what was built, or not (default: if a remote is configured)
  --no-schedule        only install and configure
  --bin FOLDER         where the command ctx goes (default: ~/.local/bin)
  --help, -h           this text

All others are those of ctx init, such as --site https://team.atlassian.net --spaces ENG,OPS.
USAGE
}

fail() {
  printf 'setup.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

say() {
  printf '\n== %s\n' "$1"
}

# As one word of the shell.
quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

# Whether version $1 is at least $2.$3.
at_least() {
  major=${1%%.*}
  rest=${1#*.}
  minor=${rest%%.*}
  [ "$major" -gt "$2" ] || { [ "$major" -eq "$2" ] && [ "$minor" -ge "$3" ]; }
}

clone=$(cd -- "$(dirname -- "$0")" && pwd -P)
config=${XDG_CONFIG_HOME:-$HOME/.config}/context-sync
bin=$HOME/.local/bin
schedules=yes
for_init=
for_schedule=

while [ $# -gt 0 ]; do
  case $1 in
    --help | -h)
      usage
      exit 0
      ;;
    --every | --kind | --dir | -d | --bin)
      [ $# -ge 2 ] || fail "$1 needs a value (./setup.sh --help)" 2
      case $1 in
        --dir | -d) config=$2 ;;
        --bin) bin=$2 ;;
        *) for_schedule="$for_schedule $1 $(quoted "$2")" ;;
      esac
      shift
      ;;
    --push | --no-push) for_schedule="$for_schedule $1" ;;
    --no-schedule) schedules=no ;;
    *) for_init="$for_init $(quoted "$1")" ;;
  esac
  shift
done

command -v git > /dev/null || fail 'git is missing: install it (apt install git, dnf install git, brew install git), and run this again.'
git_version=$(git --version | sed 's/^[^0-9]*//')
at_least "$git_version" 2 30 || fail "git is $git_version, and 2.30 or newer is needed."
command -v node > /dev/null || fail 'Node.js is missing: install version 20 or newer (https://nodejs.org), and run this again.'
node_version=$(node --version | sed 's/^v//')
at_least "$node_version" 20 0 || fail "Node.js is $node_version, and 20 or newer is needed; the one that ctx runs on comes with it."
command -v npm > /dev/null || fail 'npm is missing: it comes with Node.js; some distributions have it apart (apt install npm).'

say 'Installing'
in_clone() (cd -- "$clone" && "$@")
installed=$clone/node_modules/.package-lock.json
# npm ci begins by removing what is there, which a run that is at work just then would miss.
if [ -f "$installed" ] && [ -z "$(find "$clone/package-lock.json" -newer "$installed")" ]; then
  in_clone npm run --silent build
else
  in_clone npm ci --no-audit --no-fund
fi
node=$clone/node_modules/.bin/node
main=$clone/dist/cli/main.js
{ [ -x "$node" ] && [ -f "$main" ]; } || fail "npm has not made $node and $main: what it said above tells why."

mark='# Written by setup.sh of context-sync.'
if [ -e "$bin/ctx" ] && ! grep -qF "$mark" "$bin/ctx"; then
  fail "$bin/ctx is there and is another program: move it away, or name another folder with --bin."
fi
mkdir -p "$bin"
# A program of its own, since Node.js of this machine may be too old to run it.
{
  printf '#!/bin/sh\n%s\n' "$mark"
  # shellcheck disable=SC2016 # for the program to expand
  printf 'exec %s %s "$@"\n' "$(quoted "$node")" "$(quoted "$main")"
} > "$bin/ctx.new"
chmod 755 "$bin/ctx.new"
mv -f "$bin/ctx.new" "$bin/ctx"
printf 'ctx %s is %s\n' "$("$bin/ctx" --version)" "$bin/ctx"
case :$PATH: in
  *":$bin:"*) ;;
  *)
    # shellcheck disable=SC2016 # for a profile to expand
    printf '%s is not among the folders of PATH: add it, such as by  export PATH="%s:$PATH"  in ~/.profile.\n' "$bin" "$bin"
    ;;
esac

if [ -f "$config/context.config.yaml" ] && { [ -z "$for_init" ] || [ "$for_init" = " '--yes'" ] || [ "$for_init" = " '-y'" ]; }; then
  say "Configured already: $config/context.config.yaml"
else
  say "Configuring: $config"
  mkdir -p "$config"
  eval "set -- $for_init"
  "$bin/ctx" init --dir "$config" "$@"
fi

# 0 if runs begin by themselves, 4 if they do and the last one failed.
status=0
"$bin/ctx" schedule status > /dev/null 2>&1 || status=$?
if [ "$schedules" = yes ] && [ -z "$for_schedule" ] && { [ "$status" -eq 0 ] || [ "$status" -eq 4 ]; }; then
  say 'Scheduled already'
  "$bin/ctx" schedule status || true
elif [ "$schedules" = yes ]; then
  say 'Scheduling'
  eval "set -- $for_schedule"
  "$bin/ctx" schedule install --config "$config/context.config.yaml" "$@"
fi

say 'Done'
cat <<'NEXT'
ctx schedule run      builds now; the first time takes longest
ctx schedule logs -f  what it says
ctx schedule status   when it runs next
ctx link PROJECT      makes the context visible in a project, for you and your agents
NEXT
