import type { BookingRequest } from '@cyclorama/shared/robots.ts';

import { AppError } from '../../../lib/errors.ts';
import { nothingYet } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';

const publicKeyLine = /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-\S+|sk-\S+) +[A-Za-z0-9+/]+=*( .*)?$/;

/** Null if empty. Throws AppError unless it is one line of an OpenSSH public key. */
export function publicKeyOf(text: string | undefined): string | null {
  const line = text?.trim() ?? '';
  if (line === '') return null;
  if (line.includes('PRIVATE KEY')) {
    throw new AppError(
      'invalid-request',
      'This is a private key. Nothing was sent. Replace it, as it must never be shared.',
      {
        field: 'body.sshPublicKey',
        hint: 'Give the public key: the one line of the file that ends in .pub.',
      },
    );
  }
  if (!publicKeyLine.test(line)) {
    throw new AppError(
      'invalid-request',
      'Expected one line of an OpenSSH public key, as in id_ed25519.pub.',
      {
        field: 'body.sshPublicKey',
      },
    );
  }
  return line;
}

export function requestedRow(
  body: BookingRequest,
  known: { type: string; region: string } | null,
  at: { id: string; owner: string; now: number },
): BookingRow {
  return {
    ...nothingYet,
    id: at.id,
    owner: at.owner,
    deployment_id: body.deploymentId ?? null,
    type: body.type ?? known?.type ?? '',
    region: known?.region ?? null,
    state: 'requested',
    upstream_id: null,
    reserve: body.reserve ? 1 : 0,
    vpn: body.vpn ? 1 : 0,
    ssh_public_key: publicKeyOf(body.sshPublicKey),
    expires_in_seconds: body.expiresInSeconds ?? null,
    requested_at: at.now,
  };
}
