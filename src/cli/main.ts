#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`ctx needs Node.js 22.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Other commands are over before it matters.
  if (['build', 'backfill', 'index', 'slack', 'demo'].includes(process.argv[2] ?? ''))
    (await import('./heap.ts')).fitHeap();
  // Compiled code is kept between runs, in a folder for each set of flags: V8 takes none that was compiled under others, so that
  // these come first.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  // Imported only now, since older versions of Node.js cannot load what it needs.
  const { runProgram } = await import('./program.ts');
  const controller = new AbortController();
  const interrupt = () => {
    // The first signal ends the run in order, the next one at once.
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe has seen enough, as in `ctx build --help | head`.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await runProgram(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    // Few commands read it, and to open it takes a search a twentieth of its time.
    get stdin() {
      return process.stdin;
    },
    env: process.env,
    cwd: process.cwd(),
    signal: controller.signal,
  });
  process.off('SIGINT', interrupt);
  process.off('SIGTERM', interrupt);
}

export {};
