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
		const origin = choices.find(({ ref }) => ref.kind === 'origin');
		const before = origin ?? choices.find(({ ref }) => ref.kind === 'kept') ?? present;
		const read = (ref: VersionRef) => readState(locals.app, actor, params.id, ref);
		return {
			id: params.id,
			/** As the notebook is called today. */
			title: present.title,
			choices,
			/** What this person changed may be proposed to what it was copied from. */
			proposes:
				origin?.readable === true && levelOnNotebook(locals.app, actor, params.id) === 'editor',
			from: read(asked('de', before.ref)),
			to: read(asked('a', present.ref))
		};
	});
