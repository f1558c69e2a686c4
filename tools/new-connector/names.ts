/** The forms in which a connector's name stands in code and prose. */
export interface Names {
  /** In configurations and file names: `issue-tracker`. */
  readonly type: string;
  readonly camel: string;
  readonly pascal: string;
  readonly title: string;
  /** In names of variables of the environment. */
  readonly upper: string;
}

/** Undefined for what can't be the name of a type. */
export function namesOf(type: string): Names | undefined {
  if (type.length > 40 || !/^[a-z][a-z\d]*(?:-[a-z][a-z\d]*)*$/.test(type)) return undefined;
  const words = type.split('-');
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  const pascal = words.map(capital).join('');
  return {
    type,
    pascal,
    camel: pascal.slice(0, 1).toLowerCase() + pascal.slice(1),
    title: words.map(capital).join(' '),
    upper: words.join('_').toUpperCase(),
  };
}

export function fill(text: string, { type, camel, pascal, title, upper }: Names): string {
  return text
    .replaceAll('__TYPE__', upper)
    .replaceAll('__type__', type)
    .replaceAll('__camel__', camel)
    .replaceAll('__Pascal__', pascal)
    .replaceAll('__Title__', title);
}
