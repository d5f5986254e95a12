import type { Metric, MonitoringEvent } from '@cyclorama/shared/monitoring.ts';

type Common = { tags: string; labels: string };
export type MetricDraft = Common & { metric: string; type: Metric['type']; value: string };
export type EventDraft = Common & {
  event: string;
  type: MonitoringEvent['type'];
  priority: MonitoringEvent['priority'];
  text: string;
  componentId: string;
  componentType: string;
};

/** As typed: what is no number stays text, so that the schema names it. */
export function metricOf({ metric, type, value, ...common }: MetricDraft, now: string): unknown {
  const number = Number(value);
  const values = [value.trim() === '' || Number.isNaN(number) ? value : number];
  return { metric: metric.trim(), type, ...commonOf(common), points: [{ time: now, values }] };
}

export function eventOf({ componentId, componentType, ...draft }: EventDraft): unknown {
  const component = {
    ...(componentId.trim() === '' ? {} : { id: componentId.trim() }),
    ...(componentType.trim() === '' ? {} : { type: componentType.trim() }),
  };
  return {
    event: draft.event.trim(),
    type: draft.type,
    priority: draft.priority,
    ...(draft.text.trim() === '' ? {} : { text: draft.text }),
    ...(Object.keys(component).length === 0 ? {} : { metadata: { component } }),
    ...commonOf(draft),
  };
}

function commonOf({ tags, labels }: Common): object {
  const given = tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const named = labels
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at === -1
        ? ([line, ''] as const)
        : ([line.slice(0, at).trim(), line.slice(at + 1).trim()] as const);
    });
  return {
    ...(given.length === 0 ? {} : { tags: given }),
    ...(named.length === 0 ? {} : { labels: Object.fromEntries(named) }),
  };
}

/** The messages of a schema for lists, by the field of the form. */
export function formErrors(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const [, field = '', ...rest] = path.split('.');
      if (field === 'points') return ['value', message];
      if (field === 'metadata') return ['component', message];
      return [field, field === 'labels' && rest.length > 0 ? `${rest.join('.')}: ${message}` : message];
    }),
  );
}
