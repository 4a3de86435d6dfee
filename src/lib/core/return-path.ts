/**
 * Where to go back to after signing in: a path of this site only. An address of elsewhere, however it is written
 * (`//`, a backslash, a control character that browsers drop), would make our page send people to it.
 */
export function returnPath(text: string | null | undefined): string | null {
	if (!text || text.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text)) return null;
	const url = new URL(text, 'https://here.invalid');
	// Dots are resolved by now: `/.//elsewhere` has become `//elsewhere`.
	if (url.host !== 'here.invalid' || url.pathname.startsWith('//')) return null;
	return url.pathname + url.search + url.hash;
}
