import { revokeRequest } from '@cyclorama/shared/robot-access.ts';
import { useState } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { useRevoke } from '../queries.ts';
import { tokenHash } from '../token-hash.rules.ts';

/** Revokes one token by its hash: given, or made here from a pasted token, which is sent nowhere. */
export function RevokePanel({ ownSha256 }: { ownSha256: string | null }) {
  const [token, setToken] = useState('');
  const [hash, setHash] = useState('');
  const [isAsking, setAsking] = useState(false);
  const revoke = useRevoke();
  const parsed = revokeRequest.safeParse({ sha256: hash.trim().toLowerCase() });
  const fault = parsed.success
    ? undefined
    : `Hash: ${parsed.error.issues[0]?.message ?? 'expected a SHA-256'}`;
  const isOwn = parsed.success && parsed.data.sha256 === ownSha256;
  // WebCrypto is there only in pages served over HTTPS or from this very machine.
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
    <Panel title="Revoke a token">
      <div className="flex flex-col gap-3">
        <Field
          label="Token"
          hint={
            subtle === undefined
              ? 'This page is not served over HTTPS, so the browser can’t hash: give the hash below (printf %s TOKEN | sha256sum).'
              : 'Hashed in this browser as you paste it; the token itself is sent nowhere.'
          }
        >
          <Input
            type="password"
            value={token}
            disabled={subtle === undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => void paste(event.target.value)}
          />
        </Field>
        <Field label="or its SHA-256" error={hash.trim() === '' ? undefined : fault}>
          <Input
            value={hash}
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
            This is the dashboard’s own token: it can read nothing afterwards.
          </p>
        )}
        <div>
          <Button disabledReason={fault} onClick={() => setAsking(true)}>
            Revoke this token…
          </Button>
        </div>
        {revoke.isSuccess && hash === '' && <output>The token is revoked.</output>}
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title="Revoke this token?"
        body={
          isOwn
            ? 'It is the dashboard’s own token. Everything here stands still until you set another one; what uses it elsewhere stops too.'
            : 'Whatever uses it stops working at once. A revoked token can’t be brought back.'
        }
        typeToConfirm={isOwn ? 'revoke my own token' : undefined}
        actionLabel="Revoke this token"
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => parsed.success && revoke.mutate(parsed.data.sha256, { onSuccess: done })}
      />
    </Panel>
  );
}
