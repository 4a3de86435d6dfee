/** The session's cookie, in Kit's hands. */
import type { Cookies } from '@sveltejs/kit';
import type { SessionCookie } from './session.ts';

export function setSessionCookie(cookies: Cookies, cookie: SessionCookie): void {
	// The value is letters and digits alone.
	cookies.set(cookie.name, cookie.value, { ...cookie.attributes });
}
