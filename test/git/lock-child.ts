import { lockRepo } from '../../src/git/lock.ts';

/** Takes the lock of the git folder in its first argument and keeps it until it is killed. */
await lockRepo(process.argv[2] ?? '');
process.stdout.write('held');
setInterval(() => {}, 1000);
