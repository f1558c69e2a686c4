/* Preloaded into a run that is measured: tells its parent the most memory that it ever had, in KB, when it ends. */
process.channel?.unref();
process.on('exit', () => process.send?.({ maxRSS: process.resourceUsage().maxRSS }));
