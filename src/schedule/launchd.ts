import { join } from 'node:path';
import { homeOf } from '../core/paths.ts';
import { fileArtifact } from './artifacts.ts';
import { LABEL, launchAgent } from './launch-agent.ts';
import { ask, demand, type Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';
import { scriptFiles } from './script-files.ts';

/** The agents of a user of macOS: launchctl(1). */
export function launchd(machine: Machine): Scheduler {
  const library = join(homeOf(machine.env), 'Library');
  const script = scriptFiles(machine, 'launchd', join(library, 'Logs', 'context-sync.log'));
  const agent = fileArtifact(join(library, 'LaunchAgents', `${LABEL}.plist`));
  const domain = `gui/${machine.user}`;
  const service = `${domain}/${LABEL}`;
  const isLoaded = async () => (await ask(machine, ['launchctl', 'print', service]))?.code === 0;
  const unload = async () => {
    if (await isLoaded()) await demand(machine, ['launchctl', 'bootout', service]);
  };
  return {
    kind: 'launchd',
    artifacts: [script.artifact, agent],
    contents: (job) => [script.content(job), launchAgent(job, script.path, script.log)],
    async obstacle() {
      const ran = await ask(machine, ['launchctl', 'print', domain]);
      if (ran === undefined) return 'there is no launchctl';
      return ran.code === 0 ? undefined : ran.stderr.trim() || `launchctl fails with ${ran.code}`;
    },
    async activate() {
      // What is loaded stays as it was read.
      await unload();
      await demand(machine, ['launchctl', 'enable', service]);
      await demand(machine, ['launchctl', 'bootstrap', domain, agent.place]);
    },
    deactivate: unload,
    forget: async () => {},
    advice: async () => undefined,
    state: async () => script.state(await isLoaded()),
    start: { command: ['launchctl', 'kickstart', service], waits: false },
    logs: script.logs,
  };
}
