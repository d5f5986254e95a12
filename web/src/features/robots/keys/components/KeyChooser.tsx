import { Download, KeyRound } from 'lucide-react';
import { useState } from 'react';

import { saveFile } from '../../../../lib/save-file.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { CopyButton } from '../../../../ui/copy.tsx';
import { Field } from '../../../../ui/field.tsx';
import { TextArea } from '../../../../ui/input.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { TextToCopy } from '../../../../ui/text-to-copy.tsx';
import { keyModes } from '../key-choice.rules.ts';
import type { KeyChoice } from '../key-choice.rules.ts';
import { makeKeyPair } from '../key-pair.rules.ts';
import { publicKeyError } from '../ssh-key.rules.ts';

type KeyChooserProps = {
  choice: KeyChoice;
  userName: string;
  onChange: (change: Partial<KeyChoice>) => void;
};

/** The private key never leaves the browser. */
export function KeyChooser({ choice, userName, onChange }: KeyChooserProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">SSH key</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {keyModes.map(({ value, label }) => (
          <label key={value} className="inline-flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name="key-mode"
              className="size-4 accent-accent"
              checked={choice.mode === value}
              onChange={() => onChange({ mode: value })}
            />
            {label}
          </label>
        ))}
      </div>
      {choice.mode === 'make' && <MadePair choice={choice} userName={userName} onChange={onChange} />}
      {choice.mode === 'paste' && (
        <Field
          label="Your SSH public key"
          error={publicKeyError(choice.pasted) ?? undefined}
          hint="One line, such as ~/.ssh/id_ed25519.pub."
        >
          <TextArea
            rows={2}
            value={choice.pasted}
            spellCheck={false}
            autoComplete="off"
            placeholder="ssh-ed25519 AAAA… you@host"
            className="font-mono"
            onChange={(event) => onChange({ pasted: event.target.value })}
          />
        </Field>
      )}
      {choice.mode === 'none' && (
        <p className="text-xs text-muted">
          rerobots creates the key pair. Anyone with the account’s API token can read its private key.
        </p>
      )}
    </fieldset>
  );
}

function MadePair({ choice: { pair, isSaved }, userName, onChange }: KeyChooserProps) {
  const [fault, setFault] = useState<unknown>(null);
  const [isBlocked, setIsBlocked] = useState(false);
  const make = async () => {
    try {
      const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
      onChange({ pair: await makeKeyPair(userName, random(32), random(4)), isSaved: false });
      setFault(null);
    } catch (error) {
      setFault(error);
    }
  };
  if (pair === null) {
    return (
      <div className="flex flex-col items-start gap-2">
        <Button size="sm" icon={<KeyRound aria-hidden size={13} />} onClick={() => void make()}>
          Create key pair
        </Button>
        <p className="text-xs text-muted">Ed25519, created in your browser. Only the public key is sent.</p>
        {fault !== null && <ErrorState compact error={fault} />}
      </div>
    );
  }
  const saved = () => onChange({ isSaved: true });
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2">
      <p className="min-w-0 break-all">
        <code className="font-mono text-xs">{pair.fingerprint}</code>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="sm"
          icon={<Download aria-hidden size={13} />}
          onClick={() => {
            if (saveFile(pair.fileName, pair.privateKey)) saved();
            else setIsBlocked(true);
          }}
        >
          Download {pair.fileName}
        </Button>
        <span className="inline-flex items-center gap-1 text-xs">
          or copy it
          <CopyButton
            text={pair.privateKey}
            label="private key"
            onCopied={saved}
            onBlocked={() => setIsBlocked(true)}
          />
        </span>
      </div>
      {isBlocked && (
        <div className="flex flex-col gap-1 text-xs">
          <TextToCopy text={pair.privateKey} label="private key" />
          <Checkbox
            label="I have saved the private key"
            checked={isSaved}
            onCheckedChange={(checked) => onChange({ isSaved: checked })}
          />
        </div>
      )}
      <output className="text-xs text-muted">
        {isSaved
          ? 'Saved. Keep it secret: it opens the robot.'
          : 'Save the private key now. It is gone when this dialog closes.'}
      </output>
    </div>
  );
}
