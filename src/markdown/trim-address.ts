/** An address without the punctuation of the sentence around it, and the mark that opens before it. */
export function trimAddress(written: string, before: string | undefined): string {
  let end = written.length;
  let open = 0;
  for (const char of written) open += char === '(' ? 1 : char === ')' ? -1 : 0;
  for (; end > 0; end--) {
    const last = written[end - 1] ?? '';
    if (last === ')' && open < 0) open++;
    else if (!".,;:!?'*".includes(last) && !(last === before && '_-+~'.includes(last))) break;
  }
  return written.slice(0, end);
}
