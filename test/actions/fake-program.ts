import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a program into `<folder>/bin` that appends its arguments to `<folder>/NAME.log` as a line of JSON, then runs `body`. */
export function fakeProgram(folder: string, name: string, body: string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const file = join(folder, 'bin', name);
  writeFileSync(
    file,
    `#!/usr/bin/env node
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const after = (option) => args[args.indexOf(option) + 1];
appendFileSync(${JSON.stringify(join(folder, `${name}.log`))}, JSON.stringify(args) + '\\n');
${body}
`,
  );
  chmodSync(file, 0o700);
}
