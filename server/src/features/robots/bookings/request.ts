import type { BookingRequest, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';

import { AppError } from '../../../lib/errors.ts';
import { refuseIf } from '../../../lib/refuse.ts';
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

/**
 * Type and region of those of which any will do, null where one is asked for. Throws AppError unless all are known and
 * can be booked, and are of one type, since rerobots takes no others together.
 */
export function sharedByAll(
  candidates: readonly (RobotDeployment | null)[] | undefined,
): { type: string; region: string | null } | null {
  if (candidates === undefined) return null;
  const known = candidates.flatMap((one) => one ?? []);
  const [first] = known;
  if (first === undefined || known.length < candidates.length)
    throw new AppError('not-found', 'One of these robots is not known. Nothing was booked.', {
      field: 'body.deploymentIds',
      hint: 'Choose from the robots that are listed.',
    });
  if (known.some(({ type }) => type !== first.type))
    throw new AppError('invalid-request', 'Expected robots of one type. Nothing was booked.', {
      field: 'body.deploymentIds',
    });
  for (const one of known) refuseIf(deploymentRefusal(one), 'Leave this robot out.');
  return {
    type: first.type,
    region: known.every(({ region }) => region === first.region) ? first.region : null,
  };
}

export function requestedRow(
  body: BookingRequest,
  known: { type: string; region: string | null } | null,
  at: { id: string; owner: string; now: number },
): BookingRow {
  return {
    ...nothingYet,
    id: at.id,
    owner: at.owner,
    deployment_id: body.deploymentId ?? null,
    candidates: body.deploymentIds === undefined ? null : JSON.stringify(body.deploymentIds),
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
