import { createHash } from 'node:crypto';

/** A secret that was found: never itself, only where it is, how it begins and the start of its SHA-256. */
export type Finding = { rule: string; line: number; begins: string; print: string };

type Rule = { name: string; pattern: RegExp };

/** Formats that vendors give their secrets, so that a match is hardly ever something else. */
const formats: Rule[] = [
  { name: 'private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=\\n\s]{40,}/g },
  { name: 'AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/g },
  { name: 'GitLab token', pattern: /\bglpat-[\w-]{20,}/g },
  { name: 'Slack token', pattern: /\bxox[abprs]-[\w-]{20,}/g },
  { name: 'Google key', pattern: /\bAIza[\w-]{35}\b/g },
  { name: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}/g },
  { name: 'access token of this dashboard', pattern: /\bcyc_[A-Za-z0-9_-]{40,}/g },
  { name: 'JSON web token', pattern: /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/g },
  {
    name: 'password in an address',
    pattern: /\b[a-z][a-z+]{2,12}:\/\/[^\s:/@'"`${}<>]+:(?!password@)[^\s:/@'"`${}<>]{8,}@[\w.-]+/g,
  },
];

/** A value that looks random, given to a name that says secret. */
const assigned =
  /(?:secret|token|passw(?:or)?d|api[_-]?key|access[_-]?key|private[_-]?key)\w*["'`]?\s*[:=]\s*["'`]([A-Za-z0-9+/_=-]{24,})["'`]/gi;
/** Bits a character; words and names stay below, random base64 of this length is above. */
const RANDOM_BITS = 4.2;

export function secretsIn(text: string): Finding[] {
  const found: Finding[] = [];
  const note = (rule: string, index: number, value: string): void => {
    const line = text.slice(0, index).split('\n').length;
    const print = createHash('sha256').update(value).digest('hex').slice(0, 12);
    found.push({ rule, line, begins: value.slice(0, 8), print });
  };
  for (const { name, pattern } of formats)
    for (const match of text.matchAll(pattern)) note(name, match.index, match[0]);
  for (const match of text.matchAll(assigned)) {
    const [, value = ''] = match;
    if (bitsOf(value) >= RANDOM_BITS && /\d/.test(value))
      note('random value of a secret’s name', match.index, value);
  }
  return found;
}

/** Shannon entropy a character. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const each of text) counts.set(each, (counts.get(each) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
