import type { InstanceDetail, Task, TaskAction } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { isOpenTask, taskRefusal } from '@cyclorama/shared/rules/tasks.ts';
import { Play, Square } from 'lucide-react';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useSendTask } from '../queries.ts';
import { warningOf } from '../rules.ts';

type InstanceActionsProps = {
  detail: InstanceDetail;
  task: Task | null;
};

/** A button that can't be used stays visible with the reason on it. Stopping asks for confirmation. */
export function InstanceActions({ detail, task }: InstanceActionsProps) {
  const { instance } = detail;
  const isOwn = detail.isOwn === true;
  const { user } = useSession();
  const context = { instance, task, role: user.role };
  const [asking, setAsking] = useState(false);
  const send = useSendTask(instance.id);
  const warning = warningOf('stop', isOwn);
  const stop = () => send.mutate('stop', { onSuccess: () => setAsking(false) });
  const pending = (action: TaskAction) =>
    (send.isPending && send.variables === action) || (isOpenTask(task) && task.action === action);
  return (
    <>
      <Button
        icon={<Play aria-hidden size={14} />}
        disabledReason={taskRefusal('start', context) ?? undefined}
        pending={pending('start')}
        onClick={() => send.mutate('start')}
      >
        {pending('start') ? 'Starting…' : `Start ${isolated(instance.name)}`}
      </Button>
      <Button
        icon={<Square aria-hidden size={13} />}
        disabledReason={taskRefusal('stop', context) ?? undefined}
        pending={pending('stop')}
        onClick={() => {
          send.reset();
          setAsking(true);
        }}
      >
        {pending('stop') ? 'Stopping…' : `Stop ${isolated(instance.name)}`}
      </Button>
      {send.error !== null && !asking && !isToldBy(task, send.error) && (
        <div className="w-full">
          <ErrorState compact error={send.error} />
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Stop ${isolated(instance.name)}?`}
        body={warning ?? 'Open connections are dropped. You can start it again.'}
        actionLabel={`Stop ${isolated(instance.name)}`}
        typeToConfirm={isOwn ? instance.name : undefined}
        onConfirm={stop}
        pending={send.isPending}
        error={send.error}
      />
    </>
  );
}

/** The task shown beside the buttons keeps the refusal. */
function isToldBy(task: Task | null, error: Error): boolean {
  return task?.state === 'refused' && task.failure?.message.includes(error.message) === true;
}
