import { storeFaultOf } from './faults.ts';

/** What keeps a store from being used, as one sentence for whoever runs it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export function unusable(dataDir: string, cause: unknown): StoreError {
  const fault = storeFaultOf(cause, 'sqlite');
  const why =
    fault === null
      ? `${cause instanceof Error ? cause.message : 'unknown fault'}.`
      : `${fault.message} ${fault.hint}`;
  return new StoreError(`The data in ${dataDir} (DATA_DIR) can’t be used: ${why}`, { cause });
}
