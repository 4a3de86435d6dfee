/** The way in for a newer version of a dataset. */
import { addVersion } from '$lib/server/datasets/create';
import { cleanNotes } from '$lib/server/datasets/dataset-fields';
import { readUpload } from '$lib/server/datasets/upload';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { description, bytes } = await readUpload(request);
		return addVersion(locals.app, actor, params.id, bytes, {
			notes: cleanNotes(description.notes),
			recipe: description.recipe,
			...(typeof description.after === 'number' && { after: description.after })
		});
	});
