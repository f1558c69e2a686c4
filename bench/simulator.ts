import { startSimulator } from '../src/demo/server.ts';
import { scaleWorkspace } from '../src/demo/workspace/scale.ts';

/*
 * A generated workspace in a process of its own: `node bench/simulator.ts SIZE` prints its address and credentials as
 * one line of JSON, and for each line that it reads how many requests it has answered since, in all and for bodies.
 */
const size = Number(process.argv[2]);
const simulator = await startSimulator({
  workspace: scaleWorkspace({ pages: size, tickets: size, seed: 1 }),
});
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
say({ url: simulator.url, ...simulator.credentials });

let told = 0;
process.stdin.setEncoding('utf8').on('data', () => {
  const since = simulator.requests.slice(told);
  told = simulator.requests.length;
  say({ requests: since.length, bodies: since.filter(({ isBody }) => isBody).length });
});
process.stdin.on('end', () => simulator.close());
