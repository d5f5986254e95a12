import { measureFirstLoad } from '../lib/first-load.ts';
import { one } from './count.ts';
import type { Count } from './count.ts';

const LIMIT_KB = 139;

export async function firstLoad(): Promise<Count> {
  const { js, css } = await measureFirstLoad();
  console.log(
    `first route on the wire: ${js.kB.toFixed(1)} kB of JavaScript (limit ${LIMIT_KB}), ${css.kB.toFixed(1)} kB of styles`,
  );
  if (js.kB <= LIMIT_KB) return one(true, '');
  for (const { bytes, encoding, path } of js.files)
    console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)}  ${encoding.padEnd(8)}  ${path}`);
  return one(false, `the first route loads ${js.kB.toFixed(1)} kB, more than ${LIMIT_KB}`);
}
