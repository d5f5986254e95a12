import type { KeyPair } from './key-pair.rules.ts';
import { publicKeyError } from './ssh-key.rules.ts';

export type KeyMode = 'make' | 'paste' | 'none';

export type KeyChoice = {
  mode: KeyMode;
  pair: KeyPair | null;
  /** The private key was downloaded or copied. */
  isSaved: boolean;
  pasted: string;
};

export const noKeyYet: KeyChoice = { mode: 'make', pair: null, isSaved: false, pasted: '' };

export const keyModes: readonly { value: KeyMode; label: string }[] = [
  { value: 'make', label: 'Create key pair' },
  { value: 'paste', label: 'Use my public key' },
  { value: 'none', label: 'No key' },
];

export function keyChoiceRefusal({ mode, pair, isSaved, pasted }: KeyChoice): string | null {
  if (mode === 'none') return null;
  if (mode === 'paste') {
    return pasted.trim() === '' ? 'Paste your public key or choose another option' : publicKeyError(pasted);
  }
  if (pair === null) return 'Create a key pair or choose another option';
  return isSaved ? null : 'Save the private key first';
}

export function publicKeyOf({ mode, pair, pasted }: KeyChoice): string {
  if (mode === 'make') return pair?.publicKey ?? '';
  return mode === 'paste' ? pasted.trim() : '';
}
