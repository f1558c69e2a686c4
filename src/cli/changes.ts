import type { Output } from './output.ts';

/** A text that was changed, or would be; undefined where it was not there, or is not any more. */
export interface ShownChange {
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** New texts by name, changed ones by what differs; all of it in a dry run. */
export async function printChanges(
  changes: readonly ShownChange[],
  dryRun: boolean,
  output: Output,
): Promise<void> {
  const { patchOf } = await import('./patch.ts');
  for (const { place, before, after } of changes) {
    if (after === undefined) output.print(`${dryRun ? 'would remove' : 'removed'} ${place}`);
    else if (before === undefined && !dryRun) output.print(`wrote ${place}`);
    else {
      const name = before === undefined ? '/dev/null' : place;
      const patch = patchOf({ name, text: before ?? '' }, { name: place, text: after });
      output.print(patch.trimEnd());
    }
  }
}
