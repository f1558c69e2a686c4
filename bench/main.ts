import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import { type Report, type ReportRow, thisMachine, told } from './report.ts';

/** `npm run bench [-- NAME…] [--quick] [--json FILE]` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
});

const unknown = positionals.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const rows: ReportRow[] = [];
  for (const [name, { load }] of Object.entries(BENCHES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const start = performance.now();
    const bench = await load();
    const result = await bench({ quick: values.quick });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    // How it goes is apart from what came of it.
    process.stderr.write(
      typeof result === 'string' ? `${name}: skipped: ${result}\n` : `${name}: ${seconds} s\n`,
    );
    if (typeof result !== 'string') rows.push(...result.map((row) => ({ bench: name, ...row })));
  }
  const measured = new Date().toISOString().slice(0, 10);
  const report: Report = { machine: thisMachine(), measured, quick: values.quick, rows };
  process.stdout.write(`${told(report)}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  // The bars are of full inputs.
  if (!values.quick && rows.some(({ ok }) => ok === false)) process.exitCode = 1;
}
