import type { Facts } from './shelf.ts';

export interface Dated {
  readonly number: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Order {
  readonly by: 'createdAt' | 'updatedAt';
  readonly descending: boolean;
}

/** What things are sorted by: a time, and the number where that is the same. */
export const placeOf = (dated: Dated, by: Order['by']): string =>
  `${dated[by]} ${String(dated.number).padStart(12, '0')}`;

export const comparePlaces =
  ({ descending }: Order) =>
  (a: string, b: string): number =>
    a === b ? 0 : (a < b ? -1 : 1) * (descending ? -1 : 1);

export function sorted<T extends Dated>(items: readonly T[], order: Order): readonly T[] {
  const compare = comparePlaces(order);
  const places = items.map((item) => ({ item, place: placeOf(item, order.by) }));
  return places.sort((a, b) => compare(a.place, b.place)).map(({ item }) => item);
}

/** Orders of whole repositories: they cost much to make, and change only with the facts. */
const known = new WeakMap<readonly Facts[], Map<string, readonly Facts[]>>();

export function sortedFacts(facts: readonly Facts[], order: Order): readonly Facts[] {
  const orders = known.get(facts) ?? new Map<string, readonly Facts[]>();
  known.set(facts, orders);
  const name = `${order.by} ${order.descending}`;
  const made = orders.get(name) ?? sorted(facts, order);
  orders.set(name, made);
  return made;
}
