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
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  for (const { place, before, after } of changes) {
    if (after === undefined) output.print(`${dryRun ? 'would remove' : 'removed'} ${place}`);
    else if (before === undefined && !dryRun) output.print(`wrote ${place}`);
    else {
      const names = [before === undefined ? '/dev/null' : place, place] as const;
      const patch = createTwoFilesPatch(...names, before ?? '', after, undefined, undefined, {
        headerOptions: FILE_HEADERS_ONLY,
      });
      output.print(patch.trimEnd());
    }
  }
}
