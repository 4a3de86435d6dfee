/**
 * What changes something is asked by our own pages. Kit refuses foreign forms; a script of another page can also send
 * what has no body, and the browser adds the cookie where that page is a neighbour's (`autre.exemple.org`). A browser
 * always says which page it sends from; a program that says nothing has no one's cookie.
 */
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The refusal of a request that changes something and comes from another page than ours; else null. */
export function refuseForeignOrigin(request: Request, url: URL): Response | null {
	const origin = request.headers.get('origin');
	if (READING.has(request.method) || origin === null || origin === url.origin) return null;
	return new Response('Forbidden', { status: 403 });
}
