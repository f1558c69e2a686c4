const LARGEST = 1024 * 1024;
/** In bytes: what people write has shorter lines on average, and what tools make for machines longer ones. */
const LONGEST_LINES = 400;
const LEAST_TO_JUDGE = 4 * 1024;
/** As much of a file as tells who made it. */
const HEADER = 1024;

const LOCKS = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'deno.lock',
  'cargo.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'pipfile.lock',
  'gemfile.lock',
  'composer.lock',
  'podfile.lock',
  'packages.lock.json',
  'flake.lock',
  'mix.lock',
  'pubspec.lock',
  'go.sum',
  'gradle.lockfile',
  '.terraform.lock.hcl',
]);
const FOREIGN = /(?:^|\/)(?:node_modules|bower_components|vendor|third_party)\//;
/** Text by its bytes, but of nothing that anybody would look for by words. */
const DATA = /\.(?:min\.(?:js|css|mjs)|map|svg|csv|tsv|snap|ipynb|pem|crt|pbxproj)$/i;
/**
 * How tools mark what they make: https://go.dev/s/generatedcode, and the mark that GitHub and many linters know
 * (https://github.com/github-linguist/linguist/blob/main/docs/overrides.md).
 */
const GENERATED = /^[ \t]*(?:\/\/|#|\/?\*+|--|;|<!--)[ \t]*(?:Code generated .* DO NOT EDIT\.|@generated\b)/m;
/** A paragraph is a line in many of them. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc|asciidoc|org|tex)$/;

/** Whether a file of a code repository holds text that people have written, and would look for. */
export function isWorthIndexing(path: string, bytes: Uint8Array): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (LOCKS.has(name) || DATA.test(name) || FOREIGN.test(path)) return false;
  if (bytes.length > LARGEST || bytes.includes(0)) return false;
  if (GENERATED.test(new TextDecoder().decode(bytes.subarray(0, HEADER)))) return false;
  return PROSE.test(name) || !hasLongLines(bytes);
}

function hasLongLines(bytes: Uint8Array): boolean {
  let lines = 1;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return bytes.length > LEAST_TO_JUDGE && bytes.length / lines > LONGEST_LINES;
}
