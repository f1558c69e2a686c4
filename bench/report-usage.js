/*
 * Preloaded into a run that is measured: tells its parent, when it ends, the most memory that it ever had, in KB, and the time
 * that processors worked for it, in microseconds. No TypeScript: what strips types would count.
 */
process.channel?.unref();
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send?.({ maxRSS, cpuTime: userCPUTime + systemCPUTime });
});
