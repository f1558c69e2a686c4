import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill, namesOf } from './names.ts';
import { register, registeredIn } from './registrations.ts';

/** `npm run new-connector NAME`: a connector that works, of a service that does not exist, to be made into one that does. */
const SKELETON = fileURLToPath(new URL('skeleton', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const [name = ''] = process.argv.slice(2);
const names =
  namesOf(name) ??
  fail(
    'Usage: npm run new-connector NAME, in lower-case letters, digits and hyphens, such as issue-tracker.',
  );

const files = readdirSync(SKELETON, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((template) => ({
    template,
    file: fill(relative(SKELETON, template), names).replace(/\.template$/, ''),
  }));
const taken = files.find(({ file }) => existsSync(join(ROOT, file)));
if (taken) fail(`${taken.file} is there already. Nothing was written.`);

// All that can fail comes before the first file is written.
const registered = registeredIn().map((file) => ({
  file,
  text: register(file, readFileSync(join(ROOT, file), 'utf8'), names),
}));
const written = files.map(({ template, file }) => ({
  file,
  text: fill(readFileSync(template, 'utf8'), names),
}));
for (const { file, text } of [...written, ...registered]) {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), text);
}

const run = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
const changed = [...written, ...registered].map(({ file }) => file).filter((file) => file.endsWith('.ts'));
run('node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...changed);
run('src/config/json-schema.ts', '--write');
run('docs/reference/write.ts');

process.stdout.write(
  `${written.map(({ file }) => `made     ${file}`).join('\n')}\n${registered.map(({ file }) => `changed  ${file}`).join('\n')}

Try it:  npx vitest run test/connectors/${name}
Then make it that of the real service: docs/development/adding-a-connector.md
`,
);
