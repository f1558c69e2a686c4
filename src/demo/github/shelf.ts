import type { Item } from './workspace.ts';

/** What listings and searches need to know of an item before they show it. */
export interface Facts {
  readonly number: number;
  readonly kind: Item['kind'];
  readonly state: Item['state'];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The issues and pull requests of one repository. */
export interface Shelf {
  get(number: number): Item | undefined;
  put(item: Item): void;
  remove(number: number): void;
  /** Of all there are, by number. */
  facts(): readonly Facts[];
}

/** Items that are made anew whenever they are asked for, so that there may be very many. */
export interface Supply {
  readonly count: number;
  /** `number` counts from 1. */
  readonly make: (number: number) => Item;
  /** The same as `make` says, for less work. */
  readonly factsOf: (number: number) => Facts;
}

const nothing: Supply = { count: 0, make: unsupplied, factsOf: unsupplied };

export function createShelf(supply: Supply = nothing): Shelf {
  /** What was put, and null for what was removed. */
  const changed = new Map<number, Item | null>();
  let facts: Facts[] | undefined;

  const get = (number: number): Item | undefined => {
    const item = changed.get(number);
    if (item !== undefined) return item ?? undefined;
    return number >= 1 && number <= supply.count ? supply.make(number) : undefined;
  };

  const readFacts = (): Facts[] => {
    const all = Array.from({ length: supply.count }, (_, index) => index + 1)
      .filter((number) => !changed.has(number))
      .map(supply.factsOf);
    for (const item of changed.values()) if (item !== null) all.push(toFacts(item));
    return all.sort((a, b) => a.number - b.number);
  };

  return {
    get,
    put(item) {
      changed.set(item.number, item);
      const place = facts?.findIndex(({ number }) => number === item.number) ?? -1;
      facts = place === -1 ? undefined : facts?.with(place, toFacts(item));
    },
    remove(number) {
      changed.set(number, null);
      facts = facts?.filter((each) => each.number !== number);
    },
    facts() {
      facts ??= readFacts();
      return facts;
    },
  };
}

export function toFacts({ number, kind, state, createdAt, updatedAt }: Item): Facts {
  return { number, kind, state, createdAt, updatedAt };
}

function unsupplied(number: number): never {
  throw new Error(`nothing supplies an item ${number}`);
}
