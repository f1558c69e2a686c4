import type { Reader } from './reader.ts';

/** False if the text may not grow by so many characters more; it is shown without its address then. */
export type Afford = (characters: number) => boolean;

/**
 * How far a text may grow by addresses and names that it only hints at, such as a ticket's key, so that it stays
 * within what a document may hold (R13).
 */
export function allowance(sourceLength: number, reader: Reader): Afford {
  let left = 4 * sourceLength + 32 * 1024;
  let refused = false;
  return (characters) => {
    left -= characters;
    if (left >= 0) return true;
    if (!refused) reader.degrade('size', 'addresses left out');
    refused = true;
    return false;
  };
}
