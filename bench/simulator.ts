import { startSimulator } from '../src/demo/server.ts';
import { scaleWorkspace } from '../src/demo/workspace/scale.ts';

/*
 * A generated workspace in a process of its own: `node bench/simulator.ts SIZE` prints its address and credentials as
 * one line of JSON, and for each line that it reads the requests that it has answered since.
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
  say(
    since.map(({ method, path, query, body, isBody }) => ({
      method,
      target: `${path}?${query}`,
      body,
      isBody,
    })),
  );
});
process.stdin.on('end', () => simulator.close());
