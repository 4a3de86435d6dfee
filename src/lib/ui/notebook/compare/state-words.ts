/** What a compared state of a notebook is called, and who and when. */
import { momentText } from '$lib/core/moment';
import type { StateHeading } from '$lib/core/notebook/compared-state';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { versionName } from '../history/version-words.ts';

/** @param pageId the notebook whose page it is */
export function stateName(state: StateHeading, pageId: string): string {
	const { ref, kept, number, at, title, notebookId } = state;
	if (ref.kind === 'origin') return m.compare_state_origin({ title });
	const name =
		ref.kind === 'kept' && kept
			? versionName({ name: kept.name, kind: kept.kind, at })
			: ref.kind === 'frozen'
				? m.compare_state_frozen({ number: number ?? 0 })
				: m.compare_state_present();
	return notebookId === pageId ? name : m.compare_state_of({ title, name });
}

/** One line under the name. */
export function stateDetails({ ref, kept, owner, at }: StateHeading): string {
	const date = momentText(at, getLocale());
	if (ref.kind === 'present') return m.compare_last_edit({ date });
	const by = kept ? kept.by : ref.kind === 'origin' ? owner : '';
	const names = kept?.kind === 'automatic' ? kept.people.join(', ') : by;
	return names === '' ? date : m.compare_by({ names, date });
}

/** One line to choose it by. */
export const stateChoice = (state: StateHeading, pageId: string): string => {
	const name = stateName(state, pageId);
	const dated = state.ref.kind === 'present' || state.kept?.kind === 'automatic';
	return dated ? name : m.history_choice({ name, date: momentText(state.at, getLocale()) });
};
