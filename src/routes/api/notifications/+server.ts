/** `GET`: what the one who asks is told (`Notifications`): the last ones, and how many are unread. */
import { listNotifications } from '$lib/server/notifications/list';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) =>
	answeringJson(() => listNotifications(locals.app, requireActor(locals)));
