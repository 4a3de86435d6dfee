/** The bytes of a dataset version, asked for by the name that a notebook's source gives it. */
import { ARROW_MEDIA_TYPE } from '$lib/core/protocol/import';
import { openDatasetFile } from '$lib/server/datasets/read';
import { answering } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, request }) =>
	answering(async () => {
		// Before anything is said of a cached copy: who asks may have lost the right to it.
		const file = openDatasetFile(locals.app, locals.actor, params.name);
		const etag = `"${file.source.hash}"`;
		const headers = {
			'cache-control': 'private, no-cache',
			vary: 'cookie',
			etag,
			'x-carnet-source': encodeURIComponent(JSON.stringify(file.source))
		};
		if (request.headers.get('if-none-match') === etag)
			return new Response(null, { status: 304, headers });
		const bytes = await file.bytes();
		return new Response(bytes, {
			headers: {
				...headers,
				'content-type': ARROW_MEDIA_TYPE,
				'content-length': String(bytes.length),
				'content-disposition': `attachment; filename="${params.name}"`
			}
		});
	});
