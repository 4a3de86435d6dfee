/** When a version of someone's was made and last changed, and how its main changes are told. */
import { momentText } from '$lib/core/moment';
import type { MainChange } from '$lib/core/notebook/fork-summary';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

export function forkMoment({
	createdAt,
	updatedAt
}: {
	readonly createdAt: number;
	readonly updatedAt: number;
}): string {
	const lang = getLocale();
	return updatedAt === createdAt
		? m.lineage_made({ date: momentText(createdAt, lang) })
		: m.lineage_edited({ date: momentText(updatedAt, lang) });
}

const KINDS: Readonly<Record<MainChange['kind'], () => string>> = {
	added: () => `+ ${m.compare_added()}`,
	removed: () => `− ${m.compare_removed()}`,
	changed: () => `≠ ${m.compare_changed()}`
};
export const changeKind = (kind: MainChange['kind']): string => KINDS[kind]();
