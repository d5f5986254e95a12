export type Report = {
  readonly passed: number;
  readonly failed: number;
  /** `problem`: what was seen instead; null where the check holds. */
  note(scene: string, what: string, problem: string | null): void;
};

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
