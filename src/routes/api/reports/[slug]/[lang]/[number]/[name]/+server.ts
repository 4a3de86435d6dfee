/** The bytes of a dataset version that a report's readers explore: by the report and the name in its own list. */
import { AppError, NotFoundError } from '$lib/core/errors';
import { ARROW_MEDIA_TYPE } from '$lib/core/protocol/import';
import { readExploredFile, versionAddress } from '$lib/server/reports/explore';
import { answeringJson } from '$lib/server/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, getClientAddress }) => {
	try {
		const address = versionAddress(params);
		if (!address) throw new NotFoundError();
		const file = readExploredFile(locals.app, address, params.name, getClientAddress());
		const { byteLength, stream } = await file.open();
		return new Response(stream, {
			headers: {
				// Its owner may end it at any time: no copy is kept on the way, nor by the browser.
				'cache-control': 'private, no-store',
				'content-type': ARROW_MEDIA_TYPE,
				'content-length': String(byteLength),
				'content-disposition': `attachment; filename="${params.name}"`,
				'x-carnet-source': encodeURIComponent(JSON.stringify(file.source))
			}
		});
	} catch (cause) {
		if (!(cause instanceof AppError)) throw cause;
		return answeringJson(() => {
			throw cause;
		});
	}
};
