type Level = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: Level, message: string, fields?: object) => void;

const severity: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Lines as the dashboard's logger writes them; pino would cost ten of the sixty megabytes. */
export function createLog(least: Level): Log {
  return (level, message, fields = {}) => {
    if (severity[level] < severity[least]) return;
    const line = { level, time: new Date().toISOString(), ...fields, msg: message };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}
