import { useEffect, useRef } from 'react';

import { TextArea } from './input.tsx';

/** For browsers that let nothing be copied by a button: the text, selected. */
export function TextToCopy({ text, label }: { text: string; label: string }) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);
  return (
    <span className="flex flex-col gap-1">
      <span role="alert">Copying is blocked here. Select the text and copy it.</span>
      <TextArea
        ref={area}
        readOnly
        rows={Math.min(8, text.split('\n').length + 1)}
        value={text}
        spellCheck={false}
        aria-label={`Text of ${label}`}
        className="font-mono text-xs"
        onFocus={(event) => event.target.select()}
      />
    </span>
  );
}
