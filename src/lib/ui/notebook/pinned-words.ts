/** What a newer version of a dataset brings, in a few words. */
import type { VersionChanges } from '$lib/core/dataset/compare-versions';
import { m } from '$lib/paraglide/messages';
import { numberLocale } from '../table/format.ts';

const counted = (count: number): { count: number; text: string } => ({
	count,
	text: count.toLocaleString(numberLocale())
});

/** « 1 204 lignes de plus, 1 colonne de plus »: what its rows and columns are beside the older one's. */
export function changeWords({ rows, added, removed, retyped }: VersionChanges): string {
	const more = rows.after - rows.before;
	return [
		more > 0
			? m.pinned_rows_more(counted(more))
			: more < 0
				? m.pinned_rows_fewer(counted(-more))
				: m.pinned_rows_same(),
		...(added.length ? [m.pinned_columns_more(counted(added.length))] : []),
		...(removed.length ? [m.pinned_columns_fewer(counted(removed.length))] : []),
		...(retyped.length ? [m.pinned_columns_retyped(counted(retyped.length))] : [])
	].join(', ');
}
