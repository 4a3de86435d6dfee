/** The way in for a newer version of a dataset. */
import { addVersion, requireGovern } from '$lib/server/datasets/create';
import { cleanNotes } from '$lib/server/datasets/dataset-fields';
import { receiveUpload } from '$lib/server/datasets/receive-upload';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(() => {
		const { app } = locals;
		const actor = requireActor(locals);
		return receiveUpload(app, actor, request, {
			address: () => void requireGovern(app, actor, params.id),
			take: ({ description, bytes }) =>
				addVersion(app, actor, params.id, bytes, {
					notes: cleanNotes(description.notes),
					recipe: description.recipe,
					...(typeof description.after === 'number' && { after: description.after })
				})
		});
	});
