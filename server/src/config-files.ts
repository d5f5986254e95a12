import { FILE_SUFFIX, variables } from './config-variables.ts';
import { secretInFile } from './lib/secret-file.ts';

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
      const text = secretInFile(path);
      if (typeof text === 'string') given[name] = text;
      else faults.push(`${fileName}: ${text.fault}`);
    }
  }
  return { given, faults };
}
