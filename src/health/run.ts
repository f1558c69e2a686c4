import { counted } from '../core/counted.ts';
import { ctxError } from '../core/errors/index.ts';
import { readLastRun } from '../pipeline/last-run.ts';
import { readableAge } from './age.ts';
import { type Check, failed, ok, skip } from './check.ts';
import { isStale, maxAgeOf } from './freshness.ts';

/** What the last run on this clone came to, and which sources were not read for too long. */
export const runCheck: Check = {
  name: 'last run',
  async run({ repo, loaded, now }) {
    if (repo === undefined || loaded === undefined) return skip('no run yet');
    const run = await readLastRun(repo.gitDir);
    if (run === undefined) return skip('no run on this clone yet');
    const findings = loaded.config.sources.flatMap((source) => {
      const last = run.sources[source.id];
      if (last === undefined || last.status === 'skipped') return [];
      const read = last.read === undefined ? undefined : Date.parse(last.read);
      const maxAge = maxAgeOf(source, loaded.config);
      if (!isStale(read, maxAge, now())) return [];
      const ago = read === undefined ? null : readableAge((now() - read) / 1000);
      return [failed(ctxError('status.stale', { source: source.id, ago, maxAge }), 'warn')];
    });
    if (run.ended !== undefined && (run.outcome === 'failed' || run.outcome === 'partial')) {
      const [first] = run.problems;
      findings.push({
        status: 'warn',
        detail: `${run.outcome}, ${counted(run.failures, 'failure')}, at ${run.ended}${first ? `: ${first.message}` : ''}`,
        fix: first?.hint ?? 'Run `ctx build` and read what it says.',
      });
    }
    if (findings.length > 0) return findings;
    const at = run.ended ?? run.started;
    return ok(`${run.outcome ?? 'not ended'}, ${readableAge((now() - Date.parse(at)) / 1000)} ago`);
  },
};
