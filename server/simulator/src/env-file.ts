import { rename, rm, writeFile } from 'node:fs/promises';

/** Atomic, so that a reader never sees half a file; readable by its owner only. */
export async function writeEnvFile(path: string, variables: Record<string, string>): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  const text = Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
