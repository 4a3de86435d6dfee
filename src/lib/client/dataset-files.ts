/** Dataset bytes for the cells' worker: asked of the server by the host, for the person of this page. */
import type { LineageSource } from '../core/governance/terms.ts';
import { AppError } from '../core/errors.ts';
import type { Lang } from '../core/notebook/notebook.ts';

export interface LoadedFile {
	readonly bytes: ArrayBuffer;
	readonly source: LineageSource;
}

/** Where the bytes are; a page's head may ask for them before its scripts do. */
export const fileAddress = (name: string): string => `/api/files/${encodeURIComponent(name)}`;

/**
 * @param name `slug@version.arrow`
 * @param use what it is read for, where it is not for a notebook: stewards see it
 * @throws AppError `not_found`, `sign_in_required`, `dataset_withdrawn` and `dataset_expired` (details: title,
 * organisation, and day, the last one, of the latter), `offline` (also when the bytes are cut on their way)
 */
export const loadFile = (name: string, use?: 'page' | 'export'): Promise<LoadedFile> =>
	loadFrom(use ? `${fileAddress(name)}?for=${use}` : fileAddress(name));

/**
 * A file of those that a version of a report opens to its readers; no other is asked for, so that what cells ask tells
 * nobody anything.
 * @throws AppError as `loadFile` does, and `throttled`
 */
export function loadReportFile(
	{ slug, lang, number }: { readonly slug: string; readonly lang: Lang; readonly number: number },
	files: readonly string[],
	name: string
): Promise<LoadedFile> {
	if (!files.includes(name)) return Promise.reject(new AppError('not_found'));
	return loadFrom(`/api/reports/${slug}/${lang}/${String(number)}/${encodeURIComponent(name)}`);
}

async function loadFrom(address: string): Promise<LoadedFile> {
	let answer: Response;
	let bytes: ArrayBuffer;
	try {
		answer = await fetch(address);
		bytes = await answer.arrayBuffer();
	} catch {
		throw new AppError('offline');
	}
	const source = answer.headers.get('x-carnet-source');
	if (!answer.ok || source === null) throw refusalOf(answer.status, bytes);
	return {
		bytes,
		source: JSON.parse(decodeURIComponent(source)) as LineageSource
	};
}

/**
 * Has it written down that a file which is here already is taken out. The server answers as to a browser that has a copy:
 * without the bytes.
 * @param hash of the bytes that are here, in hex
 * @throws AppError as `loadFile` does: the person may have lost the right to it since
 */
export async function recordExport(name: string, hash: string): Promise<void> {
	let answer: Response;
	let bytes: ArrayBuffer;
	try {
		const headers = { 'if-none-match': `"${hash}"` };
		answer = await fetch(`${fileAddress(name)}?for=export`, { headers });
		bytes = await answer.arrayBuffer();
	} catch {
		throw new AppError('offline');
	}
	if (answer.status !== 304 && !answer.ok) throw refusalOf(answer.status, bytes);
}

function refusalOf(status: number, bytes: ArrayBuffer): AppError {
	if (status === 410) return goneOf(bytes);
	if (status === 429) return new AppError('throttled');
	return new AppError(
		status === 401 ? 'sign_in_required' : status === 404 ? 'not_found' : 'unexpected'
	);
}

/** Why a file is there no more, as the server says it. */
function goneOf(bytes: ArrayBuffer): AppError {
	try {
		const { code, details } = JSON.parse(new TextDecoder().decode(bytes)) as {
			code: unknown;
			details: Record<string, string>;
		};
		if (code === 'dataset_withdrawn' || code === 'dataset_expired')
			return new AppError(code, {
				title: String(details.title),
				organisation: String(details.organisation),
				day: String(details.day ?? '')
			});
	} catch {
		// What is no such answer says no more than its status.
	}
	return new AppError('not_found');
}
