export type Advisory = { severity: string; module: string; title: string; patched: string; url: string };
export type AuditAnswer = { kind: 'known'; advisories: Advisory[] } | { kind: 'unknown'; why: string };

/** What `pnpm audit --json` printed. Anything but a whole answer is `unknown`, never an empty list. */
export function readAudit(stdout: string, stderr: string): AuditAnswer {
  const answer = parse(stdout);
  const { advisories } = answer ?? {};
  const metadata = answer?.['metadata'];
  if (typeof advisories !== 'object' || advisories === null || typeof metadata !== 'object')
    return { kind: 'unknown', why: reasonIn(`${stderr}\n${stdout}`) };
  return { kind: 'known', advisories: Object.values(advisories).map(presented) };
}

type Raw = Record<string, unknown>;

function parse(text: string): Raw | null {
  try {
    return JSON.parse(text) as Raw;
  } catch {
    return null;
  }
}

function presented(raw: Raw): Advisory {
  const word = (key: string): string => (typeof raw[key] === 'string' ? raw[key] : 'unknown');
  return {
    severity: word('severity'),
    module: word('module_name'),
    title: word('title'),
    patched: word('patched_versions'),
    url: word('url'),
  };
}

function reasonIn(text: string): string {
  const status = /responded with (\d{3})/.exec(text)?.[1];
  if (status !== undefined) return `its audit endpoint answered ${status}.`;
  const code = /\b(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ERR_[A-Z_]+)\b/.exec(text)?.[1];
  return code === undefined ? 'it gave no answer that can be read.' : `${code}.`;
}
