import type { InstanceDetail, Task, TaskAction } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { isOpenTask, ownInstanceRefusal, taskRefusal } from '@cyclorama/shared/rules/tasks.ts';
import { Play, RotateCw, Square } from 'lucide-react';
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
  const [asking, setAsking] = useState<'stop' | 'restart' | null>(null);
  const send = useSendTask(instance.id);
  const ask = (action: 'stop' | 'restart') => {
    send.reset();
    setAsking(action);
  };
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
        onClick={() => ask('stop')}
      >
        {pending('stop') ? 'Stopping…' : `Stop ${isolated(instance.name)}`}
      </Button>
      <Button
        icon={<RotateCw aria-hidden size={13} />}
        disabledReason={(isOwn ? ownInstanceRefusal : taskRefusal('restart', context)) ?? undefined}
        pending={pending('restart')}
        onClick={() => ask('restart')}
      >
        {pending('restart') ? 'Restarting…' : `Restart ${isolated(instance.name)}`}
      </Button>
      {send.error !== null && asking === null && !isToldBy(task, send.error) && (
        <div className="w-full">
          <ErrorState compact error={send.error} />
        </div>
      )}
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={`${asking === 'restart' ? 'Restart' : 'Stop'} ${isolated(instance.name)}?`}
        body={
          asking === 'restart'
            ? 'It is stopped, then started. Open connections are dropped.'
            : (warningOf('stop', isOwn) ?? 'Open connections are dropped. You can start it again.')
        }
        actionLabel={`${asking === 'restart' ? 'Restart' : 'Stop'} ${isolated(instance.name)}`}
        typeToConfirm={isOwn ? instance.name : undefined}
        onConfirm={() => asking !== null && send.mutate(asking, { onSuccess: () => setAsking(null) })}
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
