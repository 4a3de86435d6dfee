import { NotFoundError } from '$lib/core/errors';
import { parseVersionRef, type VersionRef } from '$lib/core/notebook/version-ref';
import { levelOnNotebook } from '$lib/server/access/notebook';
import { listStates, readState } from '$lib/server/notebooks/compare-states';
import { answering, requireActor } from '$lib/server/request';
import type { PageServerLoad } from './$types';

/** `de` and `a` name the two states; without them: what it was copied from, or its last version, and today. */
export const load: PageServerLoad = ({ locals, params, url }) =>
	answering(() => {
		const actor = requireActor(locals);
		const choices = listStates(locals.app, actor, params.id);
		const [present] = choices;
		if (!present) throw new NotFoundError();
		const asked = (name: string, otherwise: VersionRef): VersionRef => {
			const text = url.searchParams.get(name);
			if (text === null) return otherwise;
			const ref = parseVersionRef(text);
			if (!ref) throw new NotFoundError();
			return ref;
		};
		// As it was when it was copied, or for who may not see that, as it is now: of another notebook, that one alone is here.
		const origin = choices.find(({ ref }) => ref.kind === 'origin' || ref.notebook !== null);
		const before: VersionRef = origin
			? { notebook: null, kind: 'origin' }
			: (choices.find(({ ref }) => ref.kind === 'kept') ?? present).ref;
		const [de, a] = [asked('de', before), asked('a', present.ref)];
		const [from, to] = [de, a].map((ref) => readState(locals.app, actor, params.id, ref));
		if (!from || !to) throw new NotFoundError();
		return {
			id: params.id,
			/** As the notebook is called today. */
			title: present.title,
			choices,
			/** What this person changed may be proposed to what it was copied from. */
			proposes:
				origin?.readable === true && levelOnNotebook(locals.app, actor, params.id) === 'editor',
			...{ from, to },
			/** What a copy was made from was asked for, and is shown as it is today. */
			originNow:
				(de.kind === 'origin' && from.ref.kind !== 'origin') ||
				(a.kind === 'origin' && to.ref.kind !== 'origin')
		};
	});
