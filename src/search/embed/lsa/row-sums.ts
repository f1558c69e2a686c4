import { exportsOf, PAGE, type WithMemory } from '../../web-assembly.ts';

/** `row-sums.wat`, assembled: two columns at once. What is written for V8 alone takes nearly four times as long. */
export const ROW_SUMS =
  'AGFzbQEAAAABEgJgB39/f39/f38AYAN/f38BfwMDAgABBQMBAAAHEAIGbWVtb3J5AgADYWRkAAAKhgQC9QMCBn8EeyADIAVBBGxqIQMCQANAIAJB' +
  'BEkNASADIAQgACgCABABIQcgAyAEIAAoAgQQASEIIAMgBCAAKAIIEAEhCSADIAQgACgCDBABIQogASoCALv9FCENIAEqAgS7/RQhDiABKgIIu/0U' +
  'IQ8gASoCDLv9FCEQIAYhCyAEIAVrIQwCQANAIAxBAkgNASALIAv9AAQAIA0gB/1dAwD9X/3yAf3wASAOIAj9XQMA/V/98gH98AEgDyAJ/V0DAP1f' +
  '/fIB/fABIBAgCv1dAwD9X/3yAf3wAf0LBAAgC0EQaiELIAdBCGohByAIQQhqIQggCUEIaiEJIApBCGohCiAMQQJrIQwMAAsLIAwEQCALIAv9XQMA' +
  'IA0gB/1cAgD9X/3yAf3wASAOIAj9XAIA/V/98gH98AEgDyAJ/VwCAP1f/fIB/fABIBAgCv1cAgD9X/3yAf3wAf1bAwAACyAAQRBqIQAgAUEQaiEB' +
  'IAJBBGshAgwACwsCQANAIAJFDQEgAyAEIAAoAgAQASEHIAEqAgC7/RQhDSAGIQsgBCAFayEMAkADQCAMRQ0BIAsgC/1dAwAgDSAH/VwCAP1f/fIB' +
  '/fAB/VsDAAAgC0EIaiELIAdBBGohByAMQQFrIQwMAAsLIABBBGohACABQQRqIQEgAkEBayECDAALCwsNACAAIAIgAWxBBGxqCw==';

interface Kernel extends WithMemory {
  readonly add: (
    rows: number,
    factors: number,
    count: number,
    matrix: number,
    width: number,
    first: number,
    sums: number,
  ) => void;
}

/** A dense matrix of 32-bit floats by rows, in memory of `RowSums`. */
export interface Stored {
  /** Where it begins, in bytes. */
  readonly at: number;
  readonly height: number;
  readonly width: number;
}

export interface Room {
  /** How many sums there are at most, and how many rows one call adds at most. */
  readonly sums: number;
  readonly rows: number;
  /** How many numbers all matrices have together. */
  readonly numbers: number;
}

/** Adds up rows of dense matrices, each times a factor. All is in one memory, which is as large as it is at first. */
export class RowSums {
  readonly #kernel: Kernel;
  readonly #sums: Float64Array;
  readonly #rows: Uint32Array;
  readonly #factors: Float32Array;
  #end: number;

  constructor({ sums, rows, numbers }: Room) {
    this.#kernel = exportsOf<Kernel>(ROW_SUMS);
    const { memory } = this.#kernel;
    const [rowsAt, factorsAt] = [8 * sums, 8 * sums + 4 * rows];
    this.#end = factorsAt + 4 * rows;
    memory.grow(Math.ceil((this.#end + 4 * numbers) / PAGE));
    this.#sums = new Float64Array(memory.buffer, 0, sums);
    this.#rows = new Uint32Array(memory.buffer, rowsAt, rows);
    this.#factors = new Float32Array(memory.buffer, factorsAt, rows);
  }

  take(height: number, width: number): Stored {
    const at = this.#end;
    this.#end += 4 * height * width;
    return { at, height, width };
  }

  numbersOf({ at, height, width }: Stored): Float32Array {
    return new Float32Array(this.#kernel.memory.buffer, at, height * width);
  }

  /** The sums, all 0: what `add` adds to. */
  cleared(count: number): Float64Array {
    return this.#sums.subarray(0, count).fill(0);
  }

  /** Adds these rows of a matrix, each times its factor, from column `first` on, to the sums from `first` after `at` on. */
  add(matrix: Stored, rows: Uint32Array, factors: Float32Array, first = 0, at = 0): void {
    this.#rows.set(rows);
    this.#factors.set(factors);
    this.#kernel.add(
      this.#rows.byteOffset,
      this.#factors.byteOffset,
      rows.length,
      matrix.at,
      matrix.width,
      first,
      8 * (at + first),
    );
  }
}
