/** UIDs as IMAP writes sets of them (https://www.rfc-editor.org/rfc/rfc3501#section-9): `1:3,7`. */
export function uidSet(uids: Iterable<number>): string {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const ranges: [first: number, last: number][] = [];
  for (const uid of sorted) {
    const range = ranges.at(-1);
    if (range && uid === range[1] + 1) range[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}
