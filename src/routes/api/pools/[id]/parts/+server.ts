/** The way in for a part of a pool. */
import { contributePart } from '$lib/server/pools/contribute';
import { readUpload } from '$lib/server/datasets/upload';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const { description, bytes } = await readUpload(request);
		return contributePart(
			locals.app,
			actor,
			params.id,
			{
				organisationId: String(description.organisationId ?? ''),
				period: String(description.period ?? ''),
				contractVersion: Number(description.contractVersion),
				accepted: description.accepted === true
			},
			bytes
		);
	});
