import { dashboardUrl } from '../lib/base-path.ts';
import { toCurl } from '../lib/curl.ts';
import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy.tsx';
import { CurlBlock } from './curl-block.tsx';
import { Panel } from './panel.tsx';

export type RawAnswerProps = {
  /** Of the API, with which a script gets the same. */
  path: string;
  data: unknown;
};

/** As the API answers: values of variables and other secrets never leave the server. */
export function RawAnswer({ path, data }: RawAnswerProps) {
  const text = JSON.stringify(data, null, 2);
  return (
    <>
      <CurlBlock command={toCurl({ method: 'GET', url: dashboardUrl + path })} />
      <Panel title="JSON" actions={<CopyButton text={text} label="JSON" />} flush>
        <CodeBlock text={text} label="JSON of the answer" className="max-h-[70vh] p-3" />
      </Panel>
    </>
  );
}
