/** The datasets that the person may use, and the way in for a new one. */
import { createDataset } from '$lib/server/datasets/create';
import { cleanNotes, fieldsOf } from '$lib/server/datasets/dataset-fields';
import { getLocale } from '$lib/paraglide/runtime';
import { listUsableDatasets } from '$lib/server/datasets/describe';
import { readUpload } from '$lib/server/datasets/upload';
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
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { description, bytes } = await readUpload(request);
		return createDataset(
			locals.app,
			actor,
			{
				...fieldsOf(description),
				organisationId: String(description.organisationId ?? ''),
				notes: cleanNotes(description.notes),
				recipe: description.recipe
			},
			bytes
		);
	});
