/** Collects what was checked: one line each, and the count at the end. */
export type Report = {
  readonly passed: number;
  readonly failed: number;
  /** `problem` is null where the check holds, else what was seen instead. */
  note(scene: string, what: string, problem: string | null): void;
};

/** Prints to `print`, a line a check. */
export function createReport(print: (line: string) => void): Report {
  let passed = 0;
  let failed = 0;
  return {
    get passed() {
      return passed;
    },
    get failed() {
      return failed;
    },
    note(scene, what, problem) {
      if (problem === null) passed += 1;
      else failed += 1;
      print(`${problem === null ? '✓' : '✗'} ${scene}: ${what}${problem === null ? '' : ` — ${problem}`}`);
    },
  };
}
