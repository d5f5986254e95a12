import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import type { RecordSignature } from '../lib/record-signature.ts';
import { signedParts } from './activity-chain.ts';
import type { NewEntry } from './activity-chain.ts';

const signedLine = z.object({
  signature: z.string(),
  entry: z.custom<NewEntry>((value) => typeof value === 'object' && value !== null),
});

/** Entries that could not be stored, as a log tells them; `forged` are the lines whose signature does not hold. */
export async function checkLogLines(
  file: string,
  signature: Pick<RecordSignature, 'isSigned'>,
): Promise<{ signed: number; forged: number[] }> {
  const forged: number[] = [];
  let signed = 0;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number += 1;
    const { data } = signedLine.safeParse(parsed(line));
    if (data === undefined) continue;
    signed += 1;
    if (!signature.isSigned(signedParts(data.entry), data.signature)) forged.push(number);
  }
  return { signed, forged };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
