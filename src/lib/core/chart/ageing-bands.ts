/** The names of age bands. */
import type { Lang } from '../notebook/notebook.ts';

/** One more than the thresholds, which are whole numbers of days, the least first. */
export function bandLabels(thresholds: readonly number[], lang: Lang): string[] {
	const [first] = thresholds;
	const last = thresholds.at(-1);
	if (first === undefined || last === undefined) return [];
	const french = lang === 'fr';
	const between = thresholds.slice(1).map((to, at) => {
		const from = (thresholds[at] ?? 0) + 1;
		return from >= to ? `${to}` : french ? `${from} à ${to}` : `${from} to ${to}`;
	});
	return french
		? [`jusqu’à ${first}`, ...between, `plus de ${last}`]
		: [`up to ${first}`, ...between, `over ${last}`];
}
