import { scheduleState } from '../schedule/schedule.ts';
import { thisMachine } from '../schedule/this-machine.ts';
import { readableAge } from './age.ts';
import { type Check, type Finding, ok, skip } from './check.ts';

/** Whether runs begin by themselves on this machine. They may well begin elsewhere, as in a workflow. */
export const timerCheck: Check = {
  name: 'timer',
  async run({ env, now }, { signal }): Promise<Finding> {
    const { kind, active, next, last } = await scheduleState(thisMachine({ env, now, signal }));
    if (kind === null) return skip('none on this machine; `ctx schedule install` makes one');
    const bad = (detail: string, fix: string): Finding => ({ status: 'warn', detail, fix });
    if (!active)
      return bad(`${kind}: it is installed, and no run will begin by itself`, 'Run `ctx schedule install`.');
    if (last?.ok === false)
      return bad(
        `${kind}: the run of ${last.at.toISOString()} failed${last.code === null ? '' : ` (exit code ${last.code})`}`,
        'Read why with `ctx schedule logs`, and try it with `ctx schedule run`.',
      );
    const due = next === null ? '' : `, next run in ${readableAge((next.getTime() - now()) / 1000)}`;
    return ok(`${kind}${due}`);
  },
};
