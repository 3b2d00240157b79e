const RANK = { debug: 10, info: 20, warn: 30, error: 40 } as const;

export type Level = keyof typeof RANK;
export const LEVELS = Object.keys(RANK) as Level[];

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** One JSON object per line; `context` is on every line. Nothing is logged per order: that is what metrics are for. */
export function createLog(
  threshold: Level,
  context: Record<string, unknown>,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  const at = (level: Level) => (message: string, fields?: Record<string, unknown>) => {
    if (RANK[level] < RANK[threshold]) return;
    const time = new Date().toISOString();
    write(`${JSON.stringify({ time, level, ...context, message, ...fields })}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
