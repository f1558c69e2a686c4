/** Where the program talks while it works. The command line decides how it looks; libraries only call it. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  debug(message: string): void;
  /** Counts of one source, as often as they change; the receiver throttles. `total` is absent while unknown. */
  progress(source: string, done: number, total?: number): void;
}

export const silentLogger: Logger = { info() {}, warn() {}, debug() {}, progress() {} };
