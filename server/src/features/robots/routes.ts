import { handOverRequest } from '@cyclorama/shared/robot-fleet.ts';
import {
  booking,
  bookingRequest,
  bookingsQuery,
  bookingsResponse,
  deploymentsQuery,
  deploymentsResponse,
} from '@cyclorama/shared/robots.ts';
import { z } from 'zod';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { RobotsService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a booking') });

/** Robots and bookings. Everyone may look; operators book, and end their own; admins end any. */
export function robotRoutes(robots: RobotsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/robots/deployments',
      role: 'viewer',
      query: deploymentsQuery,
      response: deploymentsResponse,
      handler: ({ query }) => robots.deployments(query),
    }),
    route({
      method: 'get',
      path: '/api/bookings',
      role: 'viewer',
      query: bookingsQuery,
      response: bookingsResponse,
      handler: ({ query }) => robots.bookings(query),
    }),
    route({
      method: 'post',
      path: '/api/bookings',
      role: 'operator',
      body: bookingRequest,
      response: booking,
      status: 201,
      handler: ({ body, person }) => robots.book(body, person),
    }),
    route({
      method: 'get',
      path: '/api/bookings/:id',
      role: 'viewer',
      params,
      response: booking,
      handler: ({ params: { id } }) => robots.booking(id),
    }),
    route({
      method: 'post',
      path: '/api/bookings/:id/terminate',
      role: 'operator',
      params,
      response: booking,
      handler: ({ params: { id }, person }) => robots.terminate(id, person),
    }),
    route({
      method: 'post',
      path: '/api/bookings/:id/cancel',
      role: 'operator',
      params,
      response: booking,
      handler: ({ params: { id }, person }) => robots.cancel(id, person),
    }),
    route({
      method: 'post',
      path: '/api/bookings/:id/hand-over',
      role: 'operator',
      params,
      body: handOverRequest,
      response: booking,
      handler: ({ params: { id }, body, person }) => robots.handOver(id, body.to, person),
    }),
  ];
}
