/** The bytes of a dataset version, asked for by the name that a notebook's source gives it. */
import { AppError } from '$lib/core/errors';
import { ARROW_MEDIA_TYPE } from '$lib/core/protocol/import';
import { accessWayOf } from '$lib/server/datasets/access-log';
import { readDatasetFile } from '$lib/server/datasets/read';
import { answeringJson } from '$lib/server/request';
import type { RequestHandler } from './$types';

/** `?for=page` or `?for=export` says what it is read for, where it is not for a notebook. */
export const GET: RequestHandler = async ({ locals, params, request, url }) => {
	try {
		// Before anything is said of a cached copy: who asks may have lost the right to it.
		const way = accessWayOf(url.searchParams.get('for'));
		const file = readDatasetFile(locals.app, locals.actor, params.name, way);
		const etag = `"${file.source.hash}"`;
		const headers = {
			'cache-control': 'private, no-cache',
			vary: 'cookie',
			etag,
			'x-carnet-source': encodeURIComponent(JSON.stringify(file.source))
		};
		if (request.headers.get('if-none-match') === etag)
			return new Response(null, { status: 304, headers });
		const { byteLength, stream } = await file.open();
		return new Response(stream, {
			headers: {
				...headers,
				'content-type': ARROW_MEDIA_TYPE,
				'content-length': String(byteLength),
				'content-disposition': `attachment; filename="${params.name}"`
			}
		});
	} catch (cause) {
		if (!(cause instanceof AppError)) throw cause;
		// As JSON: the page that asked says why, in its own words.
		return answeringJson(() => {
			throw cause;
		});
	}
};
