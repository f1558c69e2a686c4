import { readFileSync } from 'node:fs';
import { BENCHES } from '../../../bench/benches.ts';
import { machineText, type Report, table } from '../../../bench/report.ts';
import { page } from './markdown.ts';

/** What a run of all benches on a quiet machine measured: `npm run bench -- --json docs/reference/performance.json`. */
export function performancePage(): string {
  const { machine, measured, rows }: Report = JSON.parse(
    readFileSync(new URL('../performance.json', import.meta.url), 'utf8'),
  );
  return page(
    '# Performance',
    `What \`npm run bench\` measured on ${measured}: ${machineText(machine)}. Times of one machine tell little about another; the
ratio to a peer that was measured in the same run, taking turns with ours, tells more. A figure is the median of its rounds. The
bars are what we hold ourselves to, and a missed one is shown as missed.`,
    '![Each ratio as a share of what its bar allows](performance/bars.svg)',
    '![Time, requests, memory and disk by the number of documents](performance/cost.svg)',
    ...Object.entries(BENCHES).flatMap(([name, { title, about }]) => {
      const own = rows.filter(({ bench }) => bench === name);
      return own.length === 0 ? [] : [`## ${title}`, `${about} (\`npm run bench -- ${name}\`)`, table(own)];
    }),
    '## How to repeat it',
    `\`\`\`sh
npm ci
npm ci --prefix bench        # the peers, which are no part of the program
python3 -m venv bench/.venv && bench/.venv/bin/pip install -r bench/requirements.txt   # the one that comes with Python
npm run bench                # half an hour on two cores; let nothing else run
npm run bench -- --quick     # two minutes: it runs, and no bar is judged
npm run bench -- search-speed search-cold --json figures.json
\`\`\``,
    `This page is made by \`npm run bench -- --json docs/reference/performance.json\`, then \`npm run reference\`, then
\`npm run bench:plots\`. Real pages and judged collections are read from \`../shared/corpus\`, next to the project; where they are absent, a
bench that needs them says so and is left out.`,
    `PyPI was out of reach in this run: for the client of LangChain's loader, \`atlassian-python-api\`, stood the few calls that the loader makes of
it, written down again with the same library for HTTP.`,
  );
}
