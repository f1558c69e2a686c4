import { processTimes } from './processes.ts';
import { builtProgram } from './program.ts';
import { atMost, type Bench, compared, measured } from './row.ts';

/** Whole processes of what people and shells start most often, against one that does nothing. */
export const startUp: Bench = async ({ quick }) => {
  const program = builtProgram();
  const [help, version, nothing] = processTimes({
    rounds: quick ? 11 : 41,
    warmUp: 3,
    starts: [{ args: [program, '--help'] }, { args: [program, '--version'] }, { args: ['-e', '0'] }],
  });
  const row = (name: string, times: readonly number[]) =>
    compared(measured(`start-up, ctx ${name}`, 'ms', times), 'node -e 0', nothing, atMost(2));
  return [row('--help', help), row('--version', version)];
};
