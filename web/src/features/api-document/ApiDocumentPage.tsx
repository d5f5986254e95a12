import { paths } from '@cyclorama/shared/paths.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';

import { apiDocumentQuery } from '../../api/api-document.ts';
import type { ApiDocument } from '../../api/api-document.ts';
import { QueryView } from '../../api/query-view.tsx';
import { basePath } from '../../lib/base-path.ts';
import { isTyping } from '../../lib/keys.ts';
import { buttonClass } from '../../ui/button.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { OperationItem } from './components/OperationItem.tsx';
import { filterOperations, groupByTag, rowsOf } from './rows.ts';
import { useApiDocumentSearch } from './search.ts';

export function ApiDocumentPage() {
  const document = useQuery(apiDocumentQuery);
  return (
    <Page
      title="API"
      subtitle="What the page does, scripts can do with an access token. Changes are on record."
      actions={
        <a href={basePath + paths.apiDocument()} download="openapi.json" className={buttonClass('secondary')}>
          OpenAPI document
        </a>
      }
    >
      <QueryView query={document} loading={<LoadingState rows={14} label="Loading the API" />}>
        {(data) => <Operations document={data} />}
      </QueryView>
    </Page>
  );
}

function Operations({ document }: { document: ApiDocument }) {
  const [{ q = '', operation }, set] = useApiDocumentSearch();
  const [target] = useState(operation);
  const rows = useMemo(() => rowsOf(document), [document]);
  const shown = useMemo(() => filterOperations(rows, q), [rows, q]);
  const { schemas } = document.components;
  return (
    <>
      <FilterBar
        value={q}
        onChange={(text) => set({ q: text || undefined })}
        shown={shown.length}
        total={rows.length}
        noun="operations"
      />
      {shown.length === 0 && (
        <EmptyState
          title="No operation matches."
          hint="Filter by path, method, what it does, or who may: “post claims”, “admins only”."
        />
      )}
      {/* j, k and the arrows go from one operation’s button to the next. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="flex flex-col gap-3" onKeyDown={stepOnKey}>
        {groupByTag(shown).map((group) => (
          <Panel key={group.tag} title={group.title} flush>
            <ul>
              {group.rows.map((row) => (
                <OperationItem
                  key={row.id}
                  row={row}
                  schemas={schemas}
                  isOpen={row.id === operation}
                  isTarget={row.id === target}
                  onToggle={() => set({ operation: row.id === operation ? undefined : row.id })}
                />
              ))}
            </ul>
          </Panel>
        ))}
      </div>
    </>
  );
}

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function stepOnKey(event: KeyboardEvent<HTMLElement>): void {
  const { key, ctrlKey, metaKey, altKey, target, currentTarget } = event;
  const by = steps[key];
  if (by === undefined || ctrlKey || metaKey || altKey || isTyping(target)) return;
  const buttons = [...currentTarget.querySelectorAll<HTMLElement>('[data-operation]')];
  const next = buttons[buttons.indexOf(target as HTMLElement) + by];
  if (next === undefined || !buttons.includes(target as HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
