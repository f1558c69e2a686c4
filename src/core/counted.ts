/** Such as `1 page` and `2 pages`; `plural` where it is not the word with an s. */
export function counted(count: number, one: string, plural = `${one}s`): string {
  return `${count} ${count === 1 ? one : plural}`;
}
