import type { ReactNode } from 'react';

import type { Parameter, Responses } from '../../../api/api-document.ts';
import { dashboardUrl } from '../../../lib/base-path.ts';
import type { Schemas } from '../../../lib/json-schema.ts';
import { CopyButton } from '../../../ui/copy.tsx';
import { CurlBlock } from '../../../ui/curl-block.tsx';
import { curlOf } from '../curl.rules.ts';
import type { OperationRow } from '../rows.ts';
import { FieldList, SchemaTree } from './SchemaTree.tsx';

const places = { path: 'In the path', query: 'Query', header: 'Headers', cookie: 'Cookies' } as const;

export function OperationDetail({ row, schemas }: { row: OperationRow; schemas: Schemas }) {
  const { operation } = row;
  const curl = curlOf(row, { schemas, dashboardUrl });
  const body = operation.requestBody;
  return (
    <div className="flex min-w-0 flex-col gap-3 border-t border-line bg-panel px-3 py-3">
      <p className="flex flex-wrap items-center gap-1">
        {operation.description}
        <CopyButton text={linkTo(row)} label="link to this operation" />
      </p>
      {curl === null ? (
        <p className="text-muted">Scripts can’t do this: it needs a person signed in on the page.</p>
      ) : (
        <CurlBlock command={curl} />
      )}
      <Parameters parameters={operation.parameters} schemas={schemas} />
      {body !== undefined && (
        <Part title={body.required ? 'Body' : 'Body, optional'}>
          <Media content={body.content} schemas={schemas} />
        </Part>
      )}
      <Answers responses={operation.responses} schemas={schemas} />
    </div>
  );
}

function linkTo({ id }: OperationRow): string {
  return `${dashboardUrl}/access-tokens/api?operation=${encodeURIComponent(id)}`;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h4 className="mb-1 text-xs font-medium text-muted">{title}</h4>
      {children}
    </section>
  );
}

function Parameters({ parameters, schemas }: { parameters: readonly Parameter[]; schemas: Schemas }) {
  const groups = [...Map.groupBy(parameters, (parameter) => parameter.in)];
  return groups.map(([place, all]) => (
    <Part key={place} title={places[place]}>
      <FieldList fields={all} schemas={schemas} />
    </Part>
  ));
}

function Media({ content, schemas }: { content: Responses[string]['content']; schemas: Schemas }) {
  const isJson = Object.keys(content).join('') === 'application/json';
  return Object.entries(content).map(([type, { schema }]) => (
    <div key={type} className="min-w-0">
      {(!isJson || schema === undefined) && <p className="font-mono text-xs wrap-anywhere">{type}</p>}
      {schema !== undefined && <SchemaTree schema={schema} schemas={schemas} />}
    </div>
  ));
}

const passedOn: Readonly<Record<string, string>> = {
  '2XX': 'The upstream’s answer',
  default: 'The upstream’s refusal',
};

/** Successes with their form; errors have one form, and only differ in their codes. */
function Answers({ responses, schemas }: { responses: Responses; schemas: Schemas }) {
  const all = Object.entries(responses);
  const isError = ([status]: (typeof all)[number]): boolean => Number(status) >= 400;
  const errors = all.filter(isError);
  return (
    <>
      {all
        .filter((each) => !isError(each))
        .map(([status, { description, content }]) => (
          <Part key={status} title={passedOn[status] ?? `${status} ${description}`}>
            {status in passedOn && <p className="text-muted">{description}</p>}
            <Media content={content} schemas={schemas} />
          </Part>
        ))}
      {errors.length > 0 && (
        <details className="min-w-0">
          <summary className="cursor-pointer text-xs font-medium text-muted">Errors</summary>
          <ul className="mt-1 text-xs">
            {errors.map(([status, { description }]) => (
              <li key={status} className="wrap-anywhere">
                <code className="font-mono">{status}</code> {description}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
