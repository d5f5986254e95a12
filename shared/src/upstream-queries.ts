import { z } from 'zod';

/** What the values of proxied query parameters must be, by the upstreams' names of them. */
const id = z.string().regex(/^[0-9a-f]{24}$/, 'expected 24 hexadecimal digits');
const name = z.string().min(1, 'expected a value').max(200, 'expected at most 200 characters');
const count = z.string().regex(/^\d{1,6}$/, 'expected a whole number');
/** rerobots counts the name's presence, or reads `true` and its like. */
const flag = z.string().regex(/^\w{0,5}$/, 'expected nothing, or a word such as true');
const types = z.string().regex(/^[\w!,.-]{1,1000}$/, 'expected types, separated by commas');
const ids = z.string().regex(/^[0-9a-f,-]{1,4000}$/i, 'expected ids, separated by commas');
const order = z.string().regex(/^(inc|dec)_[a-z_]{1,30}$/, 'expected an order such as inc_created');

/** "Internal API Reference". */
export const cycleQueries = {
  container: { 'container-id': id },
  virtualMachine: { 'virtual-machine-id': id },
  integration: { identifier: name, vendor: name },
  cacheEntry: {
    scope: z.enum(['global', 'environment', 'container', 'instance']),
    key: z.string().min(1, 'expected a value').max(1000, 'expected at most 1000 characters'),
  },
} as const;

const time = z.iso.datetime({ offset: true, error: 'expected a time such as 2026-03-26T09:14:50Z' });
const search = z.string().min(1, 'expected a value').max(200, 'expected at most 200 characters');
const states = z.string().regex(/^[a-z,]{1,200}$/, 'expected states, separated by commas');
const sorted = z
  .string()
  .regex(/^-?[a-z_.]{1,40}(,-?[a-z_.]{1,40})*$/, 'expected fields, such as -events.queued');

const pages = { sort: sorted, 'page[number]': count, 'page[size]': count };

/** "Cycle Platform API". */
export const platformQueries = {
  environments: { 'filter[search]': search, 'filter[identifier]': name, 'filter[state]': states, ...pages },
  scopedVariables: {
    'filter[search]': search,
    'filter[identifier]': name,
    'filter[container]': id,
    'filter[state]': states,
    ...pages,
  },
  activity: {
    include: z.literal('users', { error: 'expected users' }),
    'filter[search]': search,
    'filter[state]': states,
    'filter[user]': id,
    'filter[environment]': id,
    'filter[container]': id,
    'filter[instance]': id,
    'filter[server]': id,
    'filter[events]': search,
    'filter[verbosity]': z.enum(['0', '1', '2'], { error: 'expected 0, 1 or 2' }),
    ...pages,
  },
  telemetry: { 'filter[range-start]': time, 'filter[range-end]': time },
  jobs: {
    'filter[state]': states,
    'filter[search]': search,
    'filter[range-start]': time,
    'filter[range-end]': time,
    ...pages,
  },
} as const;

const paging = { sort_by: order, max_per_page: count, page: count };

/** "rerobots API reference", and the running service where it differs. */
export const rerobotsQueries = {
  deployments: {
    q: z.string().max(200, 'expected at most 200 characters'),
    maxlen: z.string().regex(/^(\d{1,6}|u)$/, 'expected a whole number, or u'),
    types,
    info: flag,
    with_dissolved: flag,
    ...paging,
  },
  instances: { include_terminated: flag, include_init_fail: flag, details: flag, ...paging },
  queueLengths: { wds: ids },
  rules: { to_user: name },
} as const;
