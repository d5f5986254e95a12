import type { TargetKind } from '@cyclorama/shared/catalogue.ts';

import type { CarryOut } from '../../lib/activity-note.ts';
import { redactUrls } from '../../lib/redact-url.ts';
import type { ProxyCall } from './proxy-call.ts';
import type { ProxyAnswer } from './proxy-exchange.ts';

type Named = { kind: string; id: string; name: string };

export type RecordDeps = {
  carryOut: CarryOut;
  /** What people call a target; null where it is known by its id only. */
  nameTarget: (kind: TargetKind, id: string) => Promise<Named | null>;
};

/** Stores what is about to be changed, then asks, then stores how it ended, also where the outcome is unknown. */
export async function recorded(
  { actor, call, body }: { actor: string; call: ProxyCall; body: unknown },
  ask: () => Promise<ProxyAnswer>,
  { carryOut, nameTarget }: RecordDeps,
): Promise<ProxyAnswer> {
  const given = givenFields(body);
  const detail = given === '' ? null : `Given: ${given}.`;
  const subject = await subjectOf(call, body, nameTarget);
  return carryOut({ actor, action: `proxy.${call.operation.id}`, subject, detail }, ask, ({ status }) => ({
    outcome: status < 300 ? 'done' : status < 500 ? 'refused' : 'failed',
    detail: [`Answered ${status}.`, detail].filter((part) => part !== null).join(' '),
  }));
}

async function subjectOf(
  { operation, params, upstream, url }: ProxyCall,
  body: unknown,
  nameTarget: RecordDeps['nameTarget'],
): Promise<Named> {
  const { target } = operation;
  const id = target && ('param' in target ? params[target.param] : textAt(body, target.field));
  if (target === undefined || id === undefined) {
    return { kind: upstream, id: operation.id, name: `${operation.method} ${url.split('?', 1)[0] ?? ''}` };
  }
  const shown = redactUrls(id);
  return (await nameTarget(target.kind, id)) ?? { kind: target.kind, id: shown, name: shown };
}

function textAt(body: unknown, field: string): string | undefined {
  const value: unknown =
    typeof body === 'object' && body !== null ? new Map(Object.entries(body)).get(field) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Names only: values may be secrets. `src, action`, or `2 × event, priority` for a list. */
function givenFields(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const items: unknown[] = Array.isArray(body) ? body : [body];
  const names = new Set(items.flatMap((item) => Object.keys(Object(item))));
  const shown = [...names].filter((name) => /^\w{1,40}$/.test(name)).join(', ');
  return Array.isArray(body) && shown !== '' ? `${body.length} × ${shown}` : shown;
}
