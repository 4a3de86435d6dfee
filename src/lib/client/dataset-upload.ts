/** Sends a table with what is said of it: one request, whose way can be followed and stopped. */
import { AppError, InvalidError } from '../core/errors.ts';
import { UPLOAD_MEDIA_TYPE } from '../core/protocol/import.ts';

export interface UploadedDataset {
	readonly id: string;
	readonly slug: string;
	readonly version: number;
}
export interface UploadWatch {
	readonly signal: AbortSignal;
	/** In bytes. */
	readonly progress: (done: number, total: number) => void;
}
export type UploadDataset = (
	path: string,
	description: Readonly<Record<string, unknown>>,
	table: ArrayBuffer,
	watch: UploadWatch
) => Promise<UploadedDataset>;

/** @throws AppError with the server's code (and the field to mend), `upload_cancelled` or `offline` */
export const uploadDataset: UploadDataset = (path, description, table, { signal, progress }) =>
	new Promise((resolve, reject) => {
		if (signal.aborted) return reject(new AppError('upload_cancelled'));
		const json = new TextEncoder().encode(JSON.stringify(description));
		const length = new DataView(new ArrayBuffer(4));
		length.setUint32(0, json.length, true);
		// fetch does not tell how much of a body has left.
		const request = new XMLHttpRequest();
		const stop = (): void => request.abort();
		const end = (settle: () => void) => (): void => {
			signal.removeEventListener('abort', stop);
			settle();
		};
		request.open('POST', path);
		request.setRequestHeader('content-type', UPLOAD_MEDIA_TYPE);
		request.upload.onprogress = ({ loaded, total }) => progress(loaded, total);
		request.onerror = end(() => reject(new AppError('offline')));
		request.onabort = end(() => reject(new AppError('upload_cancelled')));
		request.onload = end(() => {
			const answer = objectOf(request.responseText);
			if (request.status >= 200 && request.status < 300 && typeof answer.id === 'string')
				resolve(answer as unknown as UploadedDataset);
			else reject(refusalOf(answer));
		});
		signal.addEventListener('abort', stop);
		request.send(new Blob([length.buffer, json, table]));
	});

function objectOf(text: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

function refusalOf({ code, details, field }: Readonly<Record<string, unknown>>): AppError {
	if (typeof code !== 'string') return new AppError('unexpected');
	return new InvalidError(
		code,
		(details ?? {}) as Record<string, string | number>,
		typeof field === 'string' ? field : undefined
	);
}
