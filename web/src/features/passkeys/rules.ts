import type { PasskeyPolicy, PasskeysResponse } from '@cyclorama/shared/passkeys.ts';

export const policyText: Record<PasskeyPolicy, string> = {
  off: 'Passkeys are switched off here. Your admin can switch them on.',
  'second-factor': 'If you have a passkey, you are asked for it after your password.',
  alone:
    'A passkey signs you in without your password. If you have one, you are also asked for it after your password.',
};

/** Why none can be added; undefined where one can. */
export function addRefusal(
  { policy, refusal }: Pick<PasskeysResponse, 'policy' | 'refusal'>,
  browser: string | null,
): string | undefined {
  if (policy === 'off') return 'Passkeys are switched off here.';
  return refusal ?? browser ?? undefined;
}

export function nameRefusal(name: string): string | undefined {
  const text = name.trim();
  if (text === '') return 'Enter a name';
  return text.length > 60 ? 'At most 60 characters' : undefined;
}
