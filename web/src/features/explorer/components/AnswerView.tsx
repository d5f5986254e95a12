import { Download } from 'lucide-react';

import { saveFile } from '../../../lib/save-file.ts';
import { formatBytes, formatDuration } from '../../../lib/units.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { Answer } from '../queries.ts';

/** More would hold up the browser. */
const MOST_SHOWN = 200_000;

export function AnswerView({ answer, name }: { answer: Answer; name: string }) {
  const { status, milliseconds, bytes, text, leftOut } = answer;
  const shown = text.slice(0, MOST_SHOWN);
  return (
    <Panel
      title="Answer"
      actions={
        <>
          <CopyButton text={text} label="answer" />
          <Button
            size="sm"
            variant="ghost"
            icon={<Download aria-hidden size={14} />}
            onClick={() => saveFile(`${name}.json`, text, 'application/json')}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <output className="flex flex-wrap items-center gap-2">
          <Badge tone={status < 300 ? 'success' : 'danger'}>{status}</Badge>
          <span className="tabular-nums">{formatDuration(milliseconds)}</span>
          <span className="tabular-nums">{formatBytes(bytes)}</span>
        </output>
        {leftOut !== null && (
          <p className="text-muted">Left out, since their names are unknown: {leftOut}.</p>
        )}
        {text === '' ? (
          <p className="text-muted">The answer has no content.</p>
        ) : (
          <CodeBlock
            text={shown}
            label="Answer as JSON"
            className="max-h-[60vh] rounded-md border border-line bg-sunken p-2"
          />
        )}
        {text.length > shown.length && (
          <p className="text-muted">Only the start is shown: save it to see all of it.</p>
        )}
      </div>
    </Panel>
  );
}
