/** What lies between two notebooks, counted in one sentence. */
import { m } from '$lib/paraglide/messages';

export interface ChangeCounts {
	readonly added: number;
	readonly removed: number;
	readonly moved: number;
	readonly changed: number;
	readonly retitled: boolean;
}

/** « 1 cellule ajoutée, 2 changées »; '' where nothing differs. */
export function countsText({ added, removed, moved, changed, retitled }: ChangeCounts): string {
	return [
		...(changed ? [m.compare_count_changed({ count: changed })] : []),
		...(added ? [m.compare_count_added({ count: added })] : []),
		...(removed ? [m.compare_count_removed({ count: removed })] : []),
		...(moved ? [m.compare_count_moved({ count: moved })] : []),
		...(retitled ? [m.compare_count_title()] : [])
	].join(', ');
}
