import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { isParameterValue, parametersOf } from '@cyclorama/shared/catalogue.ts';
import { paths } from '@cyclorama/shared/paths.ts';

import type { ApiDocument } from '../../api/api-document.ts';
import { toCurl } from '../../lib/curl.ts';
import { emptyDraft, formOf, valueOf } from './form.rules.ts';
import type { Draft, FieldForm } from './form.rules.ts';

export type OperationForm = {
  params: readonly string[];
  query: readonly { name: string; form: FieldForm }[];
  /** Null where nothing is sent. */
  body: FieldForm | null;
};
export type Typed = { params: Record<string, string>; query: Record<string, string>; body: Draft };
/** What is sent. `errors`: by field, such as `body.0.type`; nothing is sent while there are any. */
export type Request = { path: string; body: unknown; errors: ReadonlyMap<string, string> };

const methods = { GET: 'get', POST: 'post', DELETE: 'delete' } as const;

/** Null for what the document lacks, since the proxy refuses it. */
export function operationForm(
  { upstream, path, method }: Operation,
  { paths: all, components }: ApiDocument,
): OperationForm | null {
  const documented = all[paths.proxy(upstream, path)]?.[methods[method]];
  if (documented === undefined) return null;
  const { schemas } = components;
  const schema = documented.requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? null : formOf(schema, schemas);
  const isEmpty = body?.kind === 'object' && body.fields.length === 0;
  return {
    params: parametersOf(path),
    query: documented.parameters
      .filter((parameter) => parameter.in === 'query')
      .map((parameter) => ({ name: parameter.name, form: formOf(parameter.schema, schemas) })),
    body: isEmpty ? null : body,
  };
}

export function emptyTyped({ params, query, body }: OperationForm): Typed {
  const blank = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));
  return {
    params: blank(params),
    query: blank(query.map(({ name }) => name)),
    body: body === null ? '' : emptyDraft(body, true),
  };
}

/** Checked by the rules that the server checks by. */
export function requestOf(operation: Operation, form: OperationForm, typed: Typed): Request {
  const errors = new Map<string, string>();
  for (const name of form.params) {
    const value = typed.params[name] ?? '';
    if (value === '') errors.set(`path.${name}`, 'expected a value');
    else if (!isParameterValue(value))
      errors.set(`path.${name}`, 'expected letters, digits, and . _ ~ or - only');
  }
  const query = new URLSearchParams();
  for (const { name } of form.query) {
    const value = typed.query[name] ?? '';
    if (value === '') continue;
    query.set(name, value);
    const problem = operation.query[name]?.safeParse(value).error?.issues[0];
    if (problem !== undefined) errors.set(`query.${name}`, problem.message);
  }
  const body = form.body === null ? undefined : valueOf(form.body, typed.body);
  if (form.body !== null) {
    for (const issue of operation.body.safeParse(body, { reportInput: true }).error?.issues ?? []) {
      const field = ['body', ...issue.path].join('.');
      const isMissing = issue.input === undefined && issue.code !== 'custom';
      if (!errors.has(field)) errors.set(field, isMissing ? 'expected a value' : issue.message);
    }
  }
  const filled = operation.path.replaceAll(
    /\{(\w+)\}/g,
    (_all, name: string) => typed.params[name] || `:${name}`,
  );
  const address = paths.proxy(operation.upstream, filled);
  return { path: query.size === 0 ? address : `${address}?${query.toString()}`, body, errors };
}

/** Null for what no script may do. */
export function curlOf(
  { method, sessionOnly }: Operation,
  { path, body }: Request,
  dashboardUrl: string,
): string | null {
  return sessionOnly ? null : toCurl({ method, url: dashboardUrl + path, body });
}
