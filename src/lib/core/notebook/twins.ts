/** Starters that are one notebook in two languages, as one entry of a list. */
import type { Lang } from './notebook.ts';

/** What a list needs to know of a notebook to pair it. */
export interface Pairable {
	readonly id: string;
	readonly title: string;
	readonly lang: Lang;
	readonly starter: boolean;
	readonly twinId: string | null;
}

/** The same starter in the other language. */
export interface Twin {
	readonly id: string;
	readonly title: string;
	readonly lang: Lang;
}

/**
 * Of two starters that are twins and both in the list, keeps the one in `lang`, at its place; it names the other. What
 * has no twin in the list stays as it is.
 */
export function pairTwins<T extends Pairable>(
	list: readonly T[],
	lang: Lang
): (T & { readonly twin: Twin | null })[] {
	const starters = new Map(list.filter(({ starter }) => starter).map((one) => [one.id, one]));
	return list.flatMap((one): (T & { readonly twin: Twin | null })[] => {
		const other = one.starter && one.twinId !== null ? starters.get(one.twinId) : undefined;
		if (!other || other.twinId !== one.id || other.lang === one.lang)
			return [{ ...one, twin: null }];
		if (one.lang !== lang) return [];
		return [{ ...one, twin: { id: other.id, title: other.title, lang: other.lang } }];
	});
}
