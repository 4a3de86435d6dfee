/** What the history calls a version, and when it was kept. */
import { momentText } from '$lib/core/moment';
import type { VersionListing } from '$lib/core/notebook/history';
import type { NotebookComparison } from '$lib/core/notebook/compare-notebooks';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

export const versionName = ({ name }: Pick<VersionListing, 'name'>): string =>
	name ?? m.history_before_restore();

export const versionMoment = (at: number): string => momentText(at, getLocale());

/** One line of a source, to name its cell by. */
export function excerptOf(source: string, max = 80): string {
	const line = source.split('\n').find((text) => text.trim() !== '') ?? '';
	const letters = [...line.trim()];
	return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : letters.join('');
}

/** What changed since, in one sentence. */
export function changesText({ cells, titleChanged, moved }: NotebookComparison): string {
	const count = (fate: string): number => cells.filter((cell) => cell.fate === fate).length;
	const [changed, removed, added] = ['changed', 'removed', 'added'].map(count);
	const list = [
		...(changed ? [m.history_count_changed({ count: changed })] : []),
		...(removed ? [m.history_count_removed({ count: removed })] : []),
		...(added ? [m.history_count_added({ count: added })] : []),
		...(moved ? [m.history_moved()] : []),
		...(titleChanged ? [m.history_retitled()] : [])
	];
	return list.length === 0 ? m.history_same_all() : m.history_changes({ list: list.join(', ') });
}
