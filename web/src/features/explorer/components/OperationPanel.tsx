import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { isExplorable } from '@cyclorama/shared/rules/explorer.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { apiDocumentQuery } from '../../../api/api-document.ts';
import type { ApiDocument } from '../../../api/api-document.ts';
import { QueryView } from '../../../api/query-view.tsx';
import { useSession } from '../../../api/session.ts';
import { dashboardUrl } from '../../../lib/base-path.ts';
import { Button } from '../../../ui/button.tsx';
import { CurlBlock } from '../../../ui/curl-block.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorState, LoadingState } from '../../../ui/states.tsx';
import { useOperation } from '../queries.ts';
import { curlOf, emptyTyped, operationForm, requestOf } from '../request.rules.ts';
import type { OperationForm } from '../request.rules.ts';
import { pageOf } from '../rows.ts';
import { AnswerView } from './AnswerView.tsx';
import { OperationFields } from './OperationFields.tsx';
import { OperationMarks } from './OperationMarks.tsx';
import { SendDialog } from './SendDialog.tsx';

type OperationPanelProps = { operation: Operation; onClose: () => void };

export function OperationPanel({ operation, onClose }: OperationPanelProps) {
  const document = useQuery(apiDocumentQuery);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Panel
        title={`${operation.method} ${operation.path}`}
        actions={
          <Button size="sm" variant="ghost" className="lg:hidden" onClick={onClose}>
            All operations
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <p className="flex flex-wrap items-center gap-2">
            {operation.help} <OperationMarks operation={operation} />
          </p>
          {!isExplorable(operation) && <Elsewhere operation={operation} />}
        </div>
      </Panel>
      {isExplorable(operation) && (
        <QueryView query={document} loading={<LoadingState rows={4} label="Loading the form" />}>
          {(data) => <DocumentedForm operation={operation} document={data} />}
        </QueryView>
      )}
    </div>
  );
}

function Elsewhere({ operation }: { operation: Operation }) {
  const page = pageOf(operation);
  if (page === null) return null;
  return (
    <p>
      Done on the page <Link to={page.to}>{page.label}</Link>.
    </p>
  );
}

function DocumentedForm({ operation, document }: { operation: Operation; document: ApiDocument }) {
  const form = useMemo(() => operationForm(operation, document), [operation, document]);
  return form === null ? null : <Form operation={operation} form={form} />;
}

function Form({ operation, form }: { operation: Operation; form: OperationForm }) {
  const { user } = useSession();
  const [typed, setTyped] = useState(() => emptyTyped(form));
  const [isTried, setTried] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const { mutate, data, error, isPending } = useOperation();
  const request = requestOf(operation, form, typed);
  const refusal = roleRefusal(user.role, operation.role) ?? undefined;
  const curl = curlOf(operation, request, dashboardUrl);
  const { method, changes } = operation;
  const send = () => {
    setAsked(false);
    mutate({ method, path: request.path, body: request.body });
  };
  return (
    <>
      <Panel title="Request">
        <form
          noValidate
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (refusal !== undefined || request.errors.size > 0) return;
            if (changes) setAsked(true);
            else send();
          }}
        >
          <OperationFields
            form={form}
            typed={typed}
            onChange={setTyped}
            errors={isTried ? request.errors : new Map()}
          />
          {curl === null ? (
            <p className="text-muted">Scripts can’t do this: it needs a person signed in on the page.</p>
          ) : (
            <CurlBlock command={curl} />
          )}
          <div>
            <Button
              type="submit"
              variant={operation.takesDown === undefined ? 'primary' : 'danger'}
              disabledReason={refusal}
              pending={isPending}
            >
              {changes ? `Send ${method}…` : 'Send'}
            </Button>
          </div>
        </form>
      </Panel>
      {error !== null && <ErrorState error={error} />}
      {data !== undefined && <AnswerView answer={data} name={operation.id} />}
      {isAsked && (
        <SendDialog
          operation={operation}
          instance={typed.params['instance'] ?? ''}
          onSend={send}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
