/** The words of a refresh: what is to be looked at before the next version is made. */
import type { JoinConcern } from '$lib/core/dataset/refresh';
import type { MergeMode } from '$lib/core/dataset/recipe';
import type { RefreshShape } from '$lib/client/refresh-session.svelte';
import { m } from '$lib/paraglide/messages';
import { countText, typeName } from '../table/format.ts';

export function concernText(concern: JoinConcern): string {
	if (concern.code === 'retyped') {
		const { column, before, after } = concern;
		return m.refresh_retyped({ column, before: typeName(before), after: typeName(after) });
	}
	const counted = { count: concern.rows, text: countText(concern.rows) };
	switch (concern.code) {
		case 'twice':
			return m.refresh_twice({ ...counted, key: keyText(concern.key) });
		case 'fewer':
			return m.refresh_fewer(counted);
		case 'doubled':
			return m.refresh_doubled(counted);
		case 'keyless':
			return m.refresh_keyless(counted);
	}
}

export const keyText = (key: readonly string[]): string => key.join(' + ');

/** Whether it can be stored at once says which of the two titles of the same shape. */
export function shapeTitle(shape: RefreshShape, ready: boolean): string {
	if (shape === 'same') return ready ? m.refresh_same_title() : m.refresh_look_title();
	const titles: Record<Exclude<RefreshShape, 'same'>, () => string> = {
		near: m.refresh_near_title,
		other: m.refresh_other_title,
		none: m.refresh_none_title,
		aside: m.refresh_aside_title
	};
	return titles[shape]();
}

export const WAYS: Record<MergeMode, { label: () => string; text: () => string }> = {
	add: { label: m.refresh_way_add, text: m.refresh_way_add_text },
	replace: { label: m.refresh_way_replace, text: m.refresh_way_replace_text },
	merge: { label: m.refresh_way_merge, text: m.refresh_way_merge_text }
};
