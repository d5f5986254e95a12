import { roleFromText } from '@cyclorama/shared/rules/team.ts';
import type { PersonSession, TeamPerson } from '@cyclorama/shared/team.ts';

export const wayLabels: Record<PersonSession['way'], string> = {
  vpn: 'VPN account',
  oidc: 'Sign-in provider',
  passkey: 'Passkey',
  'break-glass': 'Break-glass admin',
};

/** As the rules of `shared` take a person. */
export const toMember = (person: TeamPerson) => ({ ...person, isBlocked: person.blocked !== null });

export function roleOriginText({ roleFrom, roleSet }: Pick<TeamPerson, 'roleFrom' | 'roleSet'>): string {
  return roleFrom === 'team' && roleSet?.by != null ? `set by ${roleSet.by}` : roleFromText[roleFrom];
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  // Each names those before it in its own text.
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\bHeadlessChrome\//, 'Headless Chrome'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** "Firefox on Linux"; what it is not told by, as it is. */
export function browserName(userAgent: string | null): string {
  if (userAgent === null || userAgent === '') return 'Unknown browser';
  const found = (list: typeof BROWSERS): string | undefined =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [found(BROWSERS), found(SYSTEMS)];
  if (browser === undefined) return userAgent;
  return system === undefined ? browser : `${browser} on ${system}`;
}
