import { parseEnv } from 'node:util';

/**
 * The lines of a `.env` file with these variables in it: those that it sets otherwise are replaced where they stand, the others
 * are added, and all else stays.
 */
export function dotenvText(before: string, variables: Readonly<Record<string, string>>): string {
  const set = parseEnv(before);
  const left = new Map(Object.entries(variables).filter(([name, value]) => set[name] !== value));
  const lines = before === '' ? [] : before.replace(/\n$/, '').split('\n');
  const kept = lines.map((line) => {
    const [, name = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line) ?? [];
    const value = left.get(name);
    if (value === undefined) return line;
    left.delete(name);
    return lineOf(name, value);
  });
  return [...kept, ...[...left].map(([name, value]) => lineOf(name, value)), ''].join('\n');
}

/** Quoted where a reader would take a part of it for something else. */
function lineOf(name: string, value: string): string {
  if (/^[\w.:/@+=-]*$/.test(value)) return `${name}=${value}`;
  const quote = [`'`, '"', '`'].find((mark) => !value.includes(mark)) ?? `'`;
  return `${name}=${quote}${value}${quote}`;
}

/** The names that differ between two such texts; their values are nobody's to see. */
export function changedVariables(before: string, after: string): string[] {
  const [old, next] = [parseEnv(before), parseEnv(after)];
  return Object.keys({ ...old, ...next }).filter((name) => old[name] !== next[name]);
}
