import { firstLoadSize } from '../lib/size.ts';
import { one } from './count.ts';
import type { Count } from './count.ts';

const LIMIT_KB = 150;

/** What the first route loads, held against its limit; where that is broken, file by file. */
export function firstLoad(): Count {
  const { kB, files } = firstLoadSize();
  console.log(`first route: ${kB.toFixed(1)} kB of JavaScript, gzipped (limit ${LIMIT_KB})`);
  if (kB <= LIMIT_KB) return one(true, '');
  for (const file of files) console.log(`  ${file.kB.toFixed(1).padStart(7)}  ${file.file}`);
  return one(false, `the first route loads ${kB.toFixed(1)} kB, more than ${LIMIT_KB}`);
}
