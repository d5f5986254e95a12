import { readFileSync } from 'node:fs';

/** Without line ends at its end; `fault` never holds the path or content. */
export function secretInFile(path: string): string | { fault: string } {
  try {
    const text = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
    return text === '' ? { fault: 'expected a file with the secret in it; it is empty' } : text;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { fault: `expected the path of a file this process can read (${code})` };
  }
}
