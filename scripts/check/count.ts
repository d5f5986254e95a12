/** `remarks`: one line per test that failed or passed only on retry. */
export type Count = { passed: number; failed: number; skipped: number; remarks: string[] };

export type Step = {
  name: string;
  run(): Promise<Count>;
};

export function one(ok: boolean, why: string): Count {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, remarks: ok ? [] : [why] };
}

/** A runner that exits with an error but no failed test, as after an error outside all tests, counts as one failure. */
export function withEnd(count: Count, endedWell: boolean, who: string): Count {
  if (endedWell || count.failed > 0) return count;
  return {
    ...count,
    failed: 1,
    remarks: [...count.remarks, `${who} exited with an error although no test failed`],
  };
}
