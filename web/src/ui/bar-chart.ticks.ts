/** From zero to at least `most`, in steps of 1, 2 or 5 times a power of ten: two or three steps. */
export function niceTicks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const raw = most / 3;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? power * 10;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, at) => at * step);
}
