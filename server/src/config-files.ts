import { readFileSync } from 'node:fs';

import { FILE_SUFFIX, variables } from './config-variables.ts';

type Env = Record<string, string | undefined>;

/** `faults` name variables and never hold a value, a path or content. */
export type GivenVariables = { given: Record<string, string>; faults: string[] };

/**
 * The variables that are set; a secret may be given by the path of a file (`NAME_FILE`), as Docker and Kubernetes mount
 * them. Line ends at the end of the file are not part of the secret.
 */
export function givenVariables(env: Env): GivenVariables {
  const given: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, variable] of Object.entries(variables)) {
    const fileName = name + FILE_SUFFIX;
    const [value, path] = [env[name], 'secret' in variable ? env[fileName] : undefined];
    if (value && path) faults.push(`${name}, ${fileName}: expected one of them, not both`);
    else if (value) given[name] = value;
    else if (path) {
      const text = contentOf(path);
      if (typeof text === 'string') given[name] = text;
      else faults.push(`${fileName}: ${text.fault}`);
    }
  }
  return { given, faults };
}

function contentOf(path: string): string | { fault: string } {
  try {
    const text = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
    return text === '' ? { fault: 'expected a file with the secret in it; it is empty' } : text;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { fault: `expected the path of a file this process can read (${code})` };
  }
}
