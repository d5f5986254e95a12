import type { ClaimSecrets } from '@cyclorama/shared/claims.ts';

import { AppError } from '../../../lib/errors.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import type { ClaimRow } from '../../../store/claims.ts';

/** Null if none are stored. Throws AppError if they can't be decrypted. */
export function storedVariables(
  row: Pick<ClaimRow, 'variables'>,
  box: SecretBox,
): Record<string, string> | null {
  return row.variables === null ? null : (JSON.parse(opened(row.variables, box)) as Record<string, string>);
}

/** Throws AppError if they were deleted or can't be decrypted. */
export function storedSecrets(row: ClaimRow, box: SecretBox): ClaimSecrets {
  if (row.token === '' && row.variables === null) {
    throw new AppError('not-allowed-now', 'This claim is over; its token and variables were deleted.');
  }
  return {
    token: row.token === '' ? '' : opened(row.token, box),
    environmentVariables: storedVariables(row, box) ?? {},
  };
}

function opened(sealed: string, box: SecretBox): string {
  try {
    return box.open(sealed);
  } catch (cause) {
    const message = 'The stored token and variables of this claim can’t be decrypted.';
    throw new AppError('not-allowed-now', message, {
      hint: 'It was encrypted under another SESSION_SECRET. Start a new claim.',
      cause,
    });
  }
}
