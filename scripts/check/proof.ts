import type { Count } from './count.ts';
import { withEnd } from './count.ts';
import { capture } from './run.ts';

export async function proof(script: string, ...flags: string[]): Promise<Count> {
  const { ok, output } = await capture(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--',
    script,
    ...flags,
  ]);
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  if (!ok) console.log(output);
  const remarks = output.split('\n').filter((line) => line.startsWith('✗'));
  return withEnd(
    { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0, remarks },
    ok,
    script,
  );
}
