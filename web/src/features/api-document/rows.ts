import type { ApiDocument, DocumentedOperation } from '../../api/api-document.ts';
import { matchesText } from '../../lib/text-filter.ts';

export type OperationRow = {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{id}`. */
  path: string;
  tag: string;
  role: DocumentedOperation['x-role'];
  sessionOnly: boolean;
  confirm: boolean;
  operation: DocumentedOperation;
};
export type OperationGroup = { tag: string; title: string; rows: OperationRow[] };

const methods = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

export function rowsOf({ paths }: ApiDocument): OperationRow[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      return {
        id: operation.operationId,
        method: methods[method],
        path,
        tag: operation.tags[0] ?? '',
        role: operation['x-role'],
        sessionOnly: operation['x-session-only'],
        confirm: operation['x-confirm'],
        operation,
      };
    }),
  );
}

export function filterOperations(rows: readonly OperationRow[], text: string | undefined): OperationRow[] {
  return rows.filter(({ id, method, path, tag, operation: { summary, description } }) =>
    matchesText(text, [id, method, path, tag, summary, description]),
  );
}

/** By name, the upstreams’ own operations last: there are more of them than of the dashboard’s. */
export function groupByTag(rows: readonly OperationRow[]): OperationGroup[] {
  const groups = Map.groupBy(rows, ({ tag }) => tag);
  const isProxy = (tag: string): number => Number(tag.startsWith('proxy'));
  return [...groups]
    .map(([tag, all]) => ({ tag, title: titleOf(tag), rows: all }))
    .toSorted(
      (one, other) => isProxy(one.tag) - isProxy(other.tag) || one.title.localeCompare(other.title, 'en'),
    );
}

/** `claim-batches` → `Claim batches`. */
function titleOf(tag: string): string {
  const words = tag.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
