/** The datasets that the person may use, and the way in for a new one. */
import { createDataset, requireSteward } from '$lib/server/datasets/create';
import { cleanNotes, fieldsOf } from '$lib/server/datasets/dataset-fields';
import { getLocale } from '$lib/paraglide/runtime';
import { listUsableDatasets } from '$lib/server/datasets/describe';
import { receiveUpload } from '$lib/server/datasets/receive-upload';
import { textIn } from '$lib/server/form';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, url }) =>
	answeringJson(() => {
		const workshopId = url.searchParams.get('workshop');
		return listUsableDatasets(
			locals.app,
			requireActor(locals),
			getLocale(),
			workshopId ? { workshopId } : {}
		);
	});

export const POST: RequestHandler = ({ locals, request }) =>
	answeringJson(() => {
		const { app } = locals;
		const actor = requireActor(locals);
		return receiveUpload(app, actor, request, {
			description: (sent) => void requireSteward(app, actor, textIn(sent, 'organisationId')),
			take: ({ description, bytes }) =>
				createDataset(
					app,
					actor,
					{
						...fieldsOf(description),
						organisationId: textIn(description, 'organisationId'),
						notes: cleanNotes(description.notes),
						recipe: description.recipe
					},
					bytes
				)
		});
	});
