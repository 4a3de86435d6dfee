/** `POST { ids }`: they are read; all of them, where none is named. Answers what is told (`Notifications`). */
import { listNotifications } from '$lib/server/notifications/list';
import { markNotificationsRead } from '$lib/server/notifications/read';
import { answeringJson, jsonBody, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { ids } = await jsonBody(request);
		markNotificationsRead(locals.app, actor, ids);
		return listNotifications(locals.app, actor);
	});
