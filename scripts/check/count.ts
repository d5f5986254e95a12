/** What came of a step; `remarks` names, a line each, what failed or passed only at its second try. */
export type Count = { passed: number; failed: number; skipped: number; remarks: string[] };

export type Step = {
  name: string;
  run(): Promise<Count>;
};

/** The count of a step that is one check by itself; `why` says so where it failed. */
export function one(ok: boolean, why: string): Count {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, remarks: ok ? [] : [why] };
}

/** A test runner that ended badly without a failed test, as on an error outside all tests, counts as one failure. */
export function withEnd(count: Count, endedWell: boolean, who: string): Count {
  if (endedWell || count.failed > 0) return count;
  return { ...count, failed: 1, remarks: [...count.remarks, `${who} ended badly though no test failed`] };
}
