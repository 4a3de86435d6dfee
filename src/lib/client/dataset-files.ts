/** Dataset bytes for the cells' worker: asked of the server by the host, for the person of this page. */
import type { LineageSource } from '../core/governance/terms.ts';
import { AppError } from '../core/errors.ts';

export interface LoadedFile {
	readonly bytes: ArrayBuffer;
	readonly source: LineageSource;
}

/** Where the bytes are; a page's head may ask for them before its scripts do. */
export const fileAddress = (name: string): string => `/api/files/${encodeURIComponent(name)}`;

/**
 * @param name `slug@version.arrow`
 * @throws AppError `not_found`, `sign_in_required`, `offline` (also when the bytes are cut on their way)
 */
export async function loadFile(name: string): Promise<LoadedFile> {
	let answer: Response;
	let bytes: ArrayBuffer;
	try {
		answer = await fetch(fileAddress(name));
		bytes = await answer.arrayBuffer();
	} catch {
		throw new AppError('offline');
	}
	const source = answer.headers.get('x-carnet-source');
	if (!answer.ok || source === null)
		throw new AppError(
			answer.status === 401
				? 'sign_in_required'
				: answer.status === 404
					? 'not_found'
					: 'unexpected'
		);
	return {
		bytes,
		source: JSON.parse(decodeURIComponent(source)) as LineageSource
	};
}
