import { handOverNotices, handOverRequest, holders } from '@cyclorama/shared/hand-overs.ts';
import { booking, bookingRequest, bookingsQuery, bookingsResponse } from '@cyclorama/shared/robots.ts';
import { z } from 'zod';

import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import type { BookingsService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a booking') });

export function bookingRoutes(bookings: BookingsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/bookings',
      summary: 'Lists the bookings',
      role: 'viewer',
      query: bookingsQuery,
      response: bookingsResponse,
      handler: ({ query }) => bookings.list(query),
    }),
    route({
      method: 'post',
      path: '/api/bookings',
      summary: 'Books a robot',
      role: 'operator',
      body: bookingRequest,
      response: booking,
      status: 201,
      onRepeat: ({ outcome }) => bookings.detail(outcome),
      handler: ({ body, person, requestKey }) => bookings.book(body, person, requestKey),
    }),
    route({
      method: 'get',
      path: '/api/bookings/:id',
      summary: 'One booking',
      role: 'viewer',
      params,
      response: booking,
      handler: ({ params: { id } }) => bookings.detail(id),
    }),
    route({
      method: 'post',
      path: '/api/bookings/:id/terminate',
      summary: 'Ends a booking',
      role: 'operator',
      params,
      response: booking,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => bookings.terminate(id, person),
    }),
    route({
      method: 'post',
      path: '/api/bookings/:id/cancel',
      summary: 'Withdraws a waiting booking',
      role: 'operator',
      params,
      response: booking,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => bookings.cancel(id, person),
    }),
    route({
      method: 'post',
      path: '/api/bookings/:id/hand-over',
      summary: 'Hands a booking over to another person',
      role: 'operator',
      params,
      body: handOverRequest,
      response: booking,
      onRepeat: 'harmless',
      handler: ({ params: { id }, body, person }) => bookings.handOver(id, body.to, person),
    }),
    route({
      method: 'get',
      path: '/api/bookings/:id/holders',
      summary: 'Who held a booking, from its request to its end',
      role: 'viewer',
      params,
      response: holders,
      handler: ({ params: { id } }) => bookings.notices.holders(id),
    }),
    route({
      method: 'get',
      path: '/api/robots/hand-overs',
      summary: 'Robots handed over to you that you have not dismissed',
      role: 'viewer',
      response: handOverNotices,
      handler: ({ person }) => bookings.notices.list(person),
    }),
    route({
      method: 'delete',
      path: '/api/robots/hand-overs/:id',
      summary: 'Dismisses the notice of a hand-over',
      role: 'viewer',
      params: z.object({ id: z.string().min(1).max(100) }),
      response: z.null(),
      status: 204,
      onRepeat: 'harmless',
      handler: async ({ params: { id }, person }) => {
        await bookings.notices.dismiss(id, person);
        return null;
      },
    }),
  ];
}
