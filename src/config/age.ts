/** An age as it is written: `90min`, `6h`, `2d`. */
export const AGE = /^(\d{1,5})(min|h|d)$/;
const SECONDS = { min: 60, h: 3600, d: 86_400 } as const;

/** Undefined for what is none. */
export function ageInSeconds(written: string): number | undefined {
  const [, count, unit] = AGE.exec(written) ?? [];
  return unit === undefined ? undefined : Number(count) * SECONDS[unit as keyof typeof SECONDS];
}
