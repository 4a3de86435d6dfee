/**
 * Headers on every answer of the app but the sandbox frame, which has its own. The pages' Content-Security-Policy
 * is Kit's (svelte.config.js), with the one frame that a page may hold named here, because the address that people
 * type is only known at run time.
 */
import { PAGE_PERMISSIONS, SANDBOX_PATH } from './sandbox/policy.ts';

export function withSecurityHeaders(response: Response, url: URL): Response {
	if (url.pathname === SANDBOX_PATH) return response;
	const { headers } = response;
	const set = (name: string, value: string) => {
		if (!headers.has(name)) headers.set(name, value);
	};
	try {
		addHeaders(set);
	} catch {
		// Some answers (a redirect made by the platform) can't be changed: answer with a copy that can.
		const copy = new Response(response.body, response);
		return withSecurityHeaders(copy, url);
	}
	const policy = headers.get('content-security-policy');
	if (policy)
		headers.set(
			'content-security-policy',
			policy.replace(/frame-src 'self'/, `frame-src ${url.origin}${SANDBOX_PATH}`)
		);
	return response;
}

function addHeaders(set: (name: string, value: string) => void): void {
	set('x-content-type-options', 'nosniff');
	set('referrer-policy', 'strict-origin-when-cross-origin');
	set('permissions-policy', PAGE_PERMISSIONS);
	set('cross-origin-opener-policy', 'same-origin');
	set('cross-origin-resource-policy', 'same-origin');
}
