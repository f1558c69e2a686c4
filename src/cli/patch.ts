import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** How two texts differ, as `git apply` takes it; ends with a line end. */
export function patchOf(
  before: { name: string; text: string },
  after: { name: string; text: string },
): string {
  return createTwoFilesPatch(before.name, after.name, before.text, after.text, undefined, undefined, {
    ...{ context: 3, headerOptions: FILE_HEADERS_ONLY },
  });
}
