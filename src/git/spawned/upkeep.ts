import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './command.ts';

/** git's own bound for what `git maintenance` calls enough: https://git-scm.com/docs/git-maintenance#_tasks */
const ENOUGH_COMMITS = 100;
/** A stream of revisions is written without deltas, each version whole. */
const ENOUGH_REVISIONS = 1000;

/** git's own bounds for what `git gc --auto` calls much: https://git-scm.com/docs/git-gc#_configuration */
const MUCH = { objects: 6700, packs: 50 };

/** Its own graph of commits would have no changed paths. */
const GC = [`gc.auto=${MUCH.objects}`, 'gc.autoDetach=false', 'gc.writeCommitGraph=false'];

export interface UpkeepOptions {
  readonly cwd: string;
  /** Where the objects are. */
  readonly commonDir: string;
  readonly branchRef: string;
  /** How many commits the run has just made for revisions. */
  readonly revisions: number;
}

/**
 * What no command of a run does by itself, between runs: packs anew after a replay, packs what has piled up, and notes
 * which commits changed which paths, without which `git log -- PATH` and `git blame` read every commit's trees.
 */
export async function upkeep({ cwd, commonDir, branchRef, revisions }: UpkeepOptions): Promise<void> {
  const objects = join(commonDir, 'objects');
  if (revisions >= ENOUGH_REVISIONS) await git(['repack', '-A', '-d', '-f', '--quiet'], { cwd });
  else if (isMuch(objects)) await git(['gc', '--auto', '--quiet'], { cwd, settings: GC });
  const graphs = join(objects, 'info');
  const hasGraph = ['commit-graph', 'commit-graphs'].some((name) => existsSync(join(graphs, name)));
  if (hasGraph) {
    // Goes on with changed paths where the graph has them.
    const settings = [`maintenance.commit-graph.auto=${ENOUGH_COMMITS}`, 'maintenance.auto=true'];
    await git(['maintenance', 'run', '--auto', '--quiet', '--task=commit-graph'], { cwd, settings });
    return;
  }
  const counted = ['rev-list', '--count', `--max-count=${ENOUGH_COMMITS}`, branchRef];
  if (Number(await git(counted, { cwd })) < ENOUGH_COMMITS) return;
  await git(['commit-graph', 'write', '--reachable', '--changed-paths', '--no-progress'], { cwd });
}

/**
 * Whether git may find that much has piled up, which is seldom and costs a process to be told. Loose objects lie in 256 folders
 * by their ids, of which git counts one, too.
 */
function isMuch(objects: string): boolean {
  const packs = namesIn(join(objects, 'pack')).filter((name) => name.endsWith('.pack'));
  return namesIn(join(objects, '17')).length > MUCH.objects / 256 || packs.length > MUCH.packs;
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
