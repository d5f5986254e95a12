import { ClipboardPaste, Eye, EyeOff, Plus, X } from 'lucide-react';
import { useState } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { Input, TextArea } from '../../../../ui/input.tsx';
import { parseVariables, variableErrors } from '../rules.ts';
import type { VariableRow } from '../rules.ts';
import { PasteVariables } from './PasteVariables.tsx';

type VariablesFormProps = {
  rows: VariableRow[];
  onChange: (rows: VariableRow[]) => void;
};

/** Values are masked and stay in memory: no storage, no form history, no spell check. */
export function VariablesForm({ rows, onChange }: VariablesFormProps) {
  const [isRevealed, setRevealed] = useState(false);
  const [isPasting, setPasting] = useState(false);
  const errors = variableErrors(rows);
  const replace = (index: number, row: VariableRow) =>
    onChange(rows.map((old, at) => (at === index ? row : old)));
  const add = (more: VariableRow[]) =>
    onChange([...rows.filter((row) => row.name !== '' || row.value !== ''), ...more]);

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">Environment variables</legend>
      {rows.length === 0 && (
        <p className="text-muted">None. The instance starts with its container’s configuration.</p>
      )}
      {rows.map((row, index) => (
        <VariableFields
          // Rows are identified by position and never reordered.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          index={index}
          row={row}
          error={errors[index] ?? undefined}
          isRevealed={isRevealed}
          onChange={(next) => replace(index, next)}
          onRemove={() => onChange(rows.filter((_, at) => at !== index))}
          onPasteMany={(text) => add(parseVariables(text).rows)}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          onClick={() => onChange([...rows, { name: '', value: '' }])}
        >
          Add variable
        </Button>
        <Button
          size="sm"
          icon={<ClipboardPaste aria-hidden size={14} />}
          onClick={() => setPasting(!isPasting)}
        >
          Paste .env or JSON
        </Button>
        {rows.length > 0 && (
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={isRevealed}
            icon={isRevealed ? <EyeOff aria-hidden size={14} /> : <Eye aria-hidden size={14} />}
            onClick={() => setRevealed(!isRevealed)}
          >
            {isRevealed ? 'Hide values' : 'Show values'}
          </Button>
        )}
      </div>
      {isPasting && (
        <PasteVariables
          onUse={(more) => {
            add(more);
            setPasting(false);
          }}
        />
      )}
    </fieldset>
  );
}

type VariableFieldsProps = {
  index: number;
  row: VariableRow;
  error: string | undefined;
  isRevealed: boolean;
  onChange: (row: VariableRow) => void;
  onRemove: () => void;
  onPasteMany: (text: string) => void;
};

function VariableFields({
  index,
  row,
  error,
  isRevealed,
  onChange,
  onRemove,
  onPasteMany,
}: VariableFieldsProps) {
  const label = row.name === '' ? `variable ${index + 1}` : row.name;
  const errorId = `variable-${index}-error`;
  const shared = {
    'aria-label': `Value of ${label}`,
    placeholder: 'value',
    value: row.value,
    autoComplete: 'off',
    spellCheck: false,
    className: 'font-mono',
  };
  return (
    <div>
      <div className="flex items-start gap-2">
        <Input
          aria-label={`Name of ${label}`}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : errorId}
          placeholder="NAME"
          value={row.name}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="basis-2/5 font-mono"
          onChange={(event) => onChange({ ...row, name: event.target.value.trim() })}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text');
            if (row.name !== '' || !/[=\n{]/.test(text)) return;
            event.preventDefault();
            onPasteMany(text);
          }}
        />
        {isRevealed && row.value.includes('\n') ? (
          <TextArea
            {...shared}
            rows={3}
            onChange={(event) => onChange({ ...row, value: event.target.value })}
          />
        ) : (
          <Input
            {...shared}
            type={isRevealed ? 'text' : 'password'}
            // A single-line field drops line breaks, so such a value can be edited only while shown.
            readOnly={row.value.includes('\n')}
            onChange={(event) => onChange({ ...row, value: event.target.value })}
          />
        )}
        <Button
          variant="ghost"
          aria-label={`Remove ${label}`}
          onClick={onRemove}
          icon={<X aria-hidden size={14} />}
        />
      </div>
      {error !== undefined && (
        <p id={errorId} role="alert" className="mt-1 text-xs text-danger-text">
          {error}
        </p>
      )}
    </div>
  );
}
