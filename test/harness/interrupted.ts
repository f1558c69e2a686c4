import { expect } from 'vitest';

/** What builds from a simulated service. */
interface Building<Choices> {
  readonly simulator: { readonly faults: { schedule: unknown; clear(): void } };
  build(choices: Choices & { readonly isHasty: boolean; readonly signal: AbortSignal }): Promise<unknown>;
}

/** A build that is interrupted at its nth request. False if it was done before. */
export async function interrupted<Choices extends object>(
  { simulator: { faults }, build }: Building<Choices>,
  nth: number,
  choices: Choices = {} as Choices,
): Promise<boolean> {
  const controller = new AbortController();
  let requests = 0;
  faults.schedule = () => {
    requests += 1;
    if (requests === nth) controller.abort(new Error('interrupted'));
    return undefined;
  };
  try {
    await build({ isHasty: true, ...choices, signal: controller.signal });
    return false;
  } catch (error) {
    expect(error).toMatchObject({ message: 'interrupted' });
    return true;
  } finally {
    faults.clear();
  }
}
