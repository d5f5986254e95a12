import { useState } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { TextArea } from '../../../../ui/input.tsx';
import { parseVariables } from '../rules.ts';
import type { VariableRow } from '../rules.ts';

/** Takes a `.env` file or a JSON object; drops the text once it is used. */
export function PasteVariables({ onUse }: { onUse: (rows: VariableRow[]) => void }) {
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<string[]>([]);
  const use = () => {
    const parsed = parseVariables(text);
    setErrors(parsed.errors);
    if (parsed.errors.length === 0) onUse(parsed.rows);
  };
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken p-2">
      <Field
        label="Variables as .env lines or a JSON object"
        error={errors.length === 0 ? undefined : errors.join(' · ')}
        hint="Nothing is sent until you spawn."
      >
        <TextArea
          rows={4}
          value={text}
          autoComplete="off"
          spellCheck={false}
          placeholder={'NAME=value\nOTHER="two words"'}
          className="font-mono"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div>
        <Button
          size="sm"
          onClick={use}
          disabledReason={text.trim() === '' ? 'Paste variables first' : undefined}
        >
          Use variables
        </Button>
      </div>
    </div>
  );
}
