/** Entering: a person's session in the browser, in the place of the one that it held before. */
import type { Cookies } from '@sveltejs/kit';
import type { App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { createSession } from './session.ts';
import { setSessionCookie } from './session-cookie.ts';

/** @param replacing hash of the session that the browser held, if any: it ends, and what was open by it closes */
export async function enter(
	app: App,
	cookies: Cookies,
	personId: string,
	replacing: string | null
): Promise<void> {
	setSessionCookie(cookies, await createSession(app, personId, replacing));
	if (replacing !== null) roomsOf(app).recheck({ sessionHash: replacing });
}
