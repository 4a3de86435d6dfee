/** A report's address, from its title: lower case, accents folded, words joined by hyphens. */

/** Words kept, in characters: an address that can be read aloud and typed. */
const MAX = 80;

/** '' for a title without a letter or a figure. */
export function slugOf(title: string): string {
	const folded = title
		.replace(/[œŒ]/g, 'oe')
		.replace(/[æÆ]/g, 'ae')
		.replace(/ß/g, 'ss')
		.normalize('NFKD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	if (folded.length <= MAX) return folded;
	// Cut between words where there is a cut to be had.
	const cut = folded.slice(0, MAX + 1).lastIndexOf('-');
	return folded.slice(0, cut > 20 ? cut : MAX);
}

/** The first of `base`, `base-2`, `base-3`… that is not `taken`; `fallback` names what a title cannot. */
export function freeSlug(
	title: string,
	taken: (slug: string) => boolean,
	fallback = 'rapport'
): string {
	const base = slugOf(title) || fallback;
	let slug = base;
	for (let n = 2; taken(slug); n++) slug = `${base}-${n}`;
	return slug;
}
