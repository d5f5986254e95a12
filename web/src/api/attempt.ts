import { ApiError, isUnreachable } from './http.ts';

/** 128 random bits; `crypto.randomUUID` does not exist on plain http. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** True where the request may have been carried out: no answer came, or one that doesn't tell. */
function isOpen(error: unknown): boolean {
  if (isUnreachable(error)) return true;
  return error instanceof ApiError && (error.code === 'unreadable' || error.code === 'internal');
}

export type Attempts = {
  /** The same key for the same input as long as it is not known what became of it, else a new one. */
  keyFor(input: unknown): string;
  answered(): void;
  failed(error: unknown): void;
};

/** Keys that let the server tell a request sent again from a new one. */
export function createAttempts(): Attempts {
  let attempt: { key: string; input: string } | null = null;
  return {
    keyFor(input) {
      const text = JSON.stringify(input) ?? '';
      if (attempt?.input !== text) attempt = { key: newKey(), input: text };
      return attempt.key;
    },
    answered() {
      attempt = null;
    },
    failed(error) {
      if (!isOpen(error)) attempt = null;
    },
  };
}
