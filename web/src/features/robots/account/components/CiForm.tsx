import { ciRequest } from '@cyclorama/shared/robot-access.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { ciOutcome } from '../ci.rules.ts';
import { useStartBuild } from '../queries.ts';

const empty = { repositoryUrl: '', branch: '', commit: '' };
const labels: Record<string, string> = { repositoryUrl: 'Repository', branch: 'Branch', commit: 'Commit' };

export function CiForm() {
  const { user } = useSession();
  const [form, setForm] = useState(empty);
  const start = useStartBuild();
  const set = (part: Partial<typeof empty>) => setForm({ ...form, ...part });
  const filled = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const parsed = ciRequest.safeParse(filled);
  const issue = parsed.error?.issues[0];
  const field = String(issue?.path[0] ?? '');
  const fault = issue === undefined ? undefined : `${labels[field] ?? field}: ${issue.message}`;
  const faultAt = (name: keyof typeof empty) => (form[name] !== '' && field === name ? fault : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) start.mutate(parsed.data);
  };
  return (
    <form aria-label="Start build" onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-[2fr_1fr_1fr]">
        <Field label="Repository" error={faultAt('repositoryUrl')}>
          <Input
            type="url"
            value={form.repositoryUrl}
            placeholder="https://github.com/you/robot"
            onChange={(event) => set({ repositoryUrl: event.target.value })}
          />
        </Field>
        <Field label="Branch" error={faultAt('branch')}>
          <Input
            value={form.branch}
            placeholder="main"
            onChange={(event) => set({ branch: event.target.value })}
          />
        </Field>
        <Field label="Commit" error={faultAt('commit')}>
          <Input
            value={form.commit}
            className="font-mono"
            placeholder="newest"
            onChange={(event) => set({ commit: event.target.value })}
          />
        </Field>
      </div>
      <div>
        <Button
          type="submit"
          pending={start.isPending}
          disabledReason={roleRefusal(user.role, 'operator') ?? fault}
        >
          Start build
        </Button>
      </div>
      {start.isError && <ErrorState compact error={start.error} />}
      {start.data !== undefined && (
        <output className="flex flex-wrap items-center gap-x-4">
          <span>{ciOutcome(start.data)}</span>
          {start.data.projectId !== null && (
            <span>
              Project <CopyId id={start.data.projectId} label="project id" />
            </span>
          )}
          {start.data.jobId !== null && (
            <span>
              Job <CopyId id={start.data.jobId} label="job id" />
            </span>
          )}
          {start.data.note !== null && <span>{start.data.note}</span>}
        </output>
      )}
    </form>
  );
}
