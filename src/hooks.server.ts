import type { Handle, ServerInit } from '@sveltejs/kit';
import { scriptsIn } from '$lib/core/page-scripts';
import { paraglideMiddleware } from '$lib/paraglide/server';
import { actorOfCookies } from '$lib/server/auth/session';
import { setSessionCookie } from '$lib/server/auth/session-cookie';
import { refuseLargeBody } from '$lib/server/body-limit';
import { refuseForeignOrigin } from '$lib/server/foreign-origin';
import { theApp } from '$lib/server/platform';
import { withSecurityHeaders } from '$lib/server/security-headers';

export const init: ServerInit = () => {
	theApp();
};

const answer: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		const app = theApp();
		const identified = await actorOfCookies(app, request.headers.get('cookie'));
		event.locals.app = app;
		event.locals.actor = identified?.actor ?? null;
		event.locals.sessionHash = identified?.sessionHash ?? null;
		if (identified?.renewed) setSessionCookie(event.cookies, identified.renewed);
		const theme = event.cookies.get('theme');
		const response = await resolve(event, {
			transformPageChunk: ({ html }) =>
				scriptsIn(html, locale)
					.replace('%lang%', locale === 'en' ? 'en-CA' : 'fr-CA')
					.replace('%theme%', theme === 'light' || theme === 'dark' ? theme : 'auto')
		});
		const preloads = response.headers.get('link');
		if (preloads !== null && locale === 'en')
			response.headers.set('link', scriptsIn(preloads, locale));
		return response;
	});

export const handle: Handle = async (input) =>
	withSecurityHeaders(
		refuseForeignOrigin(input.event.request, input.event.url) ??
			refuseLargeBody(input.event.request, input.event.url.pathname) ??
			(await answer(input)),
		input.event.url,
		{ signedIn: input.event.locals.actor != null && !isPublic(input.event.route.id) }
	);

/**
 * A public report is the same page for everyone, but its author: then it says itself how it is kept. Where it is
 * explored, the page has scripts, and is told who they run for.
 */
const isPublic = (route: string | null): boolean =>
	route !== null && route.startsWith('/rapports/[slug]') && !route.endsWith('/explorer');
