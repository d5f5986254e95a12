/**
 * Axis marks from 0 to a round value at or above `max`, in about `steps` steps. Binary steps in powers of two (labels read
 * 256 MiB, not 244.1), decimal in 1, 2, 2.5 or 5 times a power of ten.
 */
export function valueTicks(max: number, base: 'decimal' | 'binary', steps = 4): number[] {
  const top = Number.isFinite(max) && max > 0 ? max : 1;
  const step = base === 'binary' ? binaryStep(top / steps) : decimalStep(top / steps);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function binaryStep(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, least)) - 1e-9);
}
