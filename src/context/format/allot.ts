/**
 * Shares a total fairly: who asks for less than an equal share gets all of it, and what that leaves is shared by the others. In the
 * order of the demands; never more than the total.
 */
export function allot(demands: readonly number[], total: number): number[] {
  const shares = demands.map(() => 0);
  let rest = Math.max(0, total);
  const ascending = [...demands.keys()].sort((a, b) => (demands[a] ?? 0) - (demands[b] ?? 0));
  for (const [n, index] of ascending.entries()) {
    const share = Math.min(demands[index] ?? 0, Math.floor(rest / (ascending.length - n)));
    shares[index] = share;
    rest -= share;
  }
  return shares;
}
