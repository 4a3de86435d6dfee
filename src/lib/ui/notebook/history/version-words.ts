/** What the history calls a version, and when it was kept. */
import { dayOf, hourText, momentText } from '$lib/core/moment';
import type { VersionListing } from '$lib/core/notebook/history';
import type { NotebookComparison } from '$lib/core/notebook/compare-notebooks';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { elided } from '../../elision.ts';

export const versionName = ({
	name,
	kind,
	at
}: Pick<VersionListing, 'name' | 'kind' | 'at'>): string =>
	name ??
	(kind === 'automatic'
		? m.history_version_of({ date: versionMoment(at) })
		: kind === 'before-merge'
			? m.history_before_merge()
			: m.history_before_restore());

const listOf = (names: readonly string[]): string =>
	new Intl.ListFormat(`${getLocale()}-CA`).format(names);

/** Who kept it, who took part and from when: a line each. */
export function versionDetails({
	kind,
	by,
	people,
	at,
	since
}: Omit<VersionListing, 'id' | 'name'>): string[] {
	const lang = getLocale();
	const names = listOf(people);
	if (kind === 'automatic') {
		if (people.length === 0) return since === null ? [m.history_as_found()] : [];
		return [
			since === null || hourText(since, lang) === hourText(at, lang)
				? names
				: m.history_people_since({
						names,
						// Of another day, its hour alone would say little.
						from: dayOf(since) === dayOf(at) ? hourText(since, lang) : versionMoment(since),
						to: hourText(at, lang)
					})
		];
	}
	return [
		m.history_by({ name: by, date: versionMoment(at) }),
		...(people.some((name) => name !== by) ? [elided(m.history_people({ names }), names)] : [])
	];
}

/** From when to when versions are, and who took part in them. @param versions of one day, the latest first */
export function rangeText(versions: readonly VersionListing[]): string {
	const lang = getLocale();
	const [first, last] = [versions.at(-1), versions[0]];
	if (!first || !last) return '';
	const [from, to] = [hourText(first.at, lang), hourText(last.at, lang)];
	const names = listOf([...new Set(versions.flatMap(({ people }) => people))]);
	return [from === to ? from : m.history_range({ from, to }), ...(names ? [names] : [])].join(
		' · '
	);
}

/** One line to choose it by. */
export const versionChoice = (version: VersionListing): string =>
	version.kind === 'automatic'
		? versionName(version)
		: m.history_choice({ name: versionName(version), date: versionMoment(version.at) });

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
