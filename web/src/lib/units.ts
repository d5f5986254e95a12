export const NO_VALUE = '–';

type Maybe = number | null | undefined;

const isNumber = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value);

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** At most three significant digits, no trailing zeros: 1.5, 12.3, 340. */
function short(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return value
    .toFixed(digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** `1536` → "1.5 KiB". */
export function formatBytes(bytes: Maybe): string {
  if (!isNumber(bytes)) return NO_VALUE;
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1023.5 && unit < BINARY.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : short(value)} ${BINARY[unit]}`;
}

/** `1536` → "1.5 KiB/s". */
export function formatRate(bytesPerSecond: Maybe): string {
  return isNumber(bytesPerSecond) ? `${formatBytes(bytesPerSecond)}/s` : NO_VALUE;
}

/** 0…100; CPU can be more (per cent of one core). */
export function formatPercent(percent: Maybe): string {
  if (!isNumber(percent)) return NO_VALUE;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent >= 100 ? Math.round(percent) : short(Math.round(percent * 10) / 10)} %`;
}

/** `150` per cent of one core → "1.5 cores". */
export function formatCores(percentOfOneCore: Maybe): string {
  if (!isNumber(percentOfOneCore)) return NO_VALUE;
  const cores = percentOfOneCore / 100;
  const text = cores > 0 && cores < 0.01 ? '< 0.01' : short(cores);
  return `${text} ${text === '1' ? 'core' : 'cores'}`;
}

/** Two largest units: `3_725_000` → "1 h 2 min"; under a second in milliseconds. */
export function formatDuration(milliseconds: Maybe): string {
  if (!isNumber(milliseconds)) return NO_VALUE;
  const total = Math.abs(milliseconds);
  if (total > 0 && total < 1000) return `${Math.round(total)} ms`;
  const seconds = Math.floor(total / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
