import { revokeRequest } from '@cyclorama/shared/robot-access.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { useRevoke } from '../queries.ts';
import { tokenHash } from '../token-hash.rules.ts';

/** A pasted token is hashed in the browser and never sent. */
export function RevokePanel({ ownSha256 }: { ownSha256: string | null }) {
  const [token, setToken] = useState('');
  const [hash, setHash] = useState('');
  const [isAsking, setAsking] = useState(false);
  const refused = roleRefusal(useSession().user.role, 'admin') ?? undefined;
  const revoke = useRevoke();
  const parsed = revokeRequest.safeParse({ sha256: hash.trim().toLowerCase() });
  const fault = parsed.success
    ? undefined
    : `Hash: ${parsed.error.issues[0]?.message ?? 'expected a SHA-256'}`;
  const isOwn = parsed.success && parsed.data.sha256 === ownSha256;
  // WebCrypto is missing on plain-http pages other than localhost.
  const subtle = globalThis.isSecureContext ? globalThis.crypto.subtle : undefined;
  const paste = async (text: string) => {
    setToken(text);
    if (subtle !== undefined) setHash(text.trim() === '' ? '' : await tokenHash(text, subtle));
  };
  const close = () => {
    revoke.reset();
    setAsking(false);
  };
  const done = () => {
    setToken('');
    setHash('');
    setAsking(false);
  };
  return (
    <Panel title="Revoke token">
      <div className="flex flex-col gap-3">
        <Field
          label="Token"
          hint={
            subtle === undefined
              ? 'Hashing needs HTTPS. Enter the hash below (printf %s TOKEN | sha256sum).'
              : 'Hashed in your browser. The token itself is not sent.'
          }
        >
          <Input
            type="password"
            value={token}
            disabled={subtle === undefined || refused !== undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => void paste(event.target.value)}
          />
        </Field>
        <Field label="or its SHA-256" error={hash.trim() === '' ? undefined : fault}>
          <Input
            value={hash}
            disabled={refused !== undefined}
            className="font-mono"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setToken('');
              setHash(event.target.value);
            }}
          />
        </Field>
        {isOwn && (
          <p className="text-warning-text">
            This is the dashboard’s own token. Without it no robot can be read here.
          </p>
        )}
        <div>
          <Button disabledReason={refused ?? fault} onClick={() => setAsking(true)}>
            Revoke token…
          </Button>
        </div>
        {revoke.isSuccess && hash === '' && <output>Token revoked.</output>}
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title="Revoke token?"
        body={
          isOwn
            ? 'This is the dashboard’s own token. Robots can’t be read, booked or terminated here until you set a new one.'
            : 'It stops working at once. This can’t be undone.'
        }
        typeToConfirm={isOwn ? 'revoke my own token' : undefined}
        actionLabel="Revoke token"
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => parsed.success && revoke.mutate(parsed.data.sha256, { onSuccess: done })}
      />
    </Panel>
  );
}
