/**
 * Headers on every answer of the app but the sandbox frame, which has its own. The pages' Content-Security-Policy
 * is Kit's (svelte.config.js), with the one frame that a page may hold named here, because the address that people
 * type is only known at run time.
 */
import { PAGE_PERMISSIONS, SANDBOX_PATH } from './sandbox/policy.ts';

/** @param to whom it answers: what is made for a signed-in person is kept by no cache, theirs included */
export function withSecurityHeaders(
	response: Response,
	url: URL,
	to: { readonly signedIn: boolean }
): Response {
	if (url.pathname === SANDBOX_PATH) return response;
	const { headers } = response;
	const set = (name: string, value: string) => {
		if (!headers.has(name)) headers.set(name, value);
	};
	try {
		addHeaders(set);
		// The next person at this browser goes back to it otherwise.
		if (to.signedIn && MADE_FOR_SOMEONE.test(headers.get('content-type') ?? ''))
			headers.set('cache-control', 'private, no-store');
	} catch {
		// Some answers (a redirect made by the platform) can't be changed: answer with a copy that can.
		const copy = new Response(response.body, response);
		return withSecurityHeaders(copy, url, to);
	}
	const policy = headers.get('content-security-policy');
	if (policy)
		headers.set(
			'content-security-policy',
			policy.replace(/frame-src 'self'/, `frame-src ${url.origin}${SANDBOX_PATH}`)
		);
	return response;
}

/** Pages and their data; files and scripts say themselves how they may be kept. */
const MADE_FOR_SOMEONE = /^(?:text\/html|application\/json|text\/sveltekit-data)\b/;

function addHeaders(set: (name: string, value: string) => void): void {
	set('x-content-type-options', 'nosniff');
	set('referrer-policy', 'strict-origin-when-cross-origin');
	set('permissions-policy', PAGE_PERMISSIONS);
	set('cross-origin-opener-policy', 'same-origin');
	set('cross-origin-resource-policy', 'same-origin');
}
