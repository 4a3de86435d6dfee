/** The way in for a part of a pool. */
import { contributePart, requireContributor } from '$lib/server/pools/contribute';
import { rolesOnPool } from '$lib/server/access/pool';
import { requireAllowed } from '$lib/server/access/require';
import { receiveUpload } from '$lib/server/datasets/receive-upload';
import { textIn } from '$lib/server/form';
import { answeringJson, requireActor } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(() => {
		const { app } = locals;
		const actor = requireActor(locals);
		return receiveUpload(app, actor, request, {
			address: () =>
				requireAllowed(rolesOnPool(app, actor, params.id), 'pool.read', 'pool.contribute'),
			description: (sent) =>
				void requireContributor(app, actor, params.id, textIn(sent, 'organisationId')),
			take: ({ description, bytes }) =>
				contributePart(
					app,
					actor,
					params.id,
					{
						organisationId: textIn(description, 'organisationId'),
						period: textIn(description, 'period'),
						contractVersion:
							typeof description.contractVersion === 'number' ? description.contractVersion : 0,
						accepted: description.accepted === true
					},
					bytes
				)
		});
	});
