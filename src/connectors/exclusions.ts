/** What is said of names in `exclude` that call nothing: a mistyped one would let in what was to be left out. */
export function unknownExclusions(source: string, names: readonly string[]): string {
  return `${source}: exclude: nothing is called ${names.join(', ')}, or the account may not see it`;
}
