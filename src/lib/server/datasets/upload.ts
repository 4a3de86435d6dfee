/**
 * The body of an upload: four bytes (little-endian) that say how long the JSON description is, the description,
 * then the table. One body, read once, refused as soon as it is longer than it may be.
 */
import { InvalidError } from '../../core/errors.ts';
import { UPLOAD_MEDIA_TYPE } from '../../core/protocol/import.ts';
import { ARROW_LIMITS } from '../../tables/check-arrow.ts';

/** Of the description. */
const MAX_DESCRIPTION_BYTES = 1_000_000;
/** What one upload may weigh, in bytes. */
export const MAX_UPLOAD_BYTES = ARROW_LIMITS.bytes + MAX_DESCRIPTION_BYTES + 4;
export interface Upload {
	readonly description: Readonly<Record<string, unknown>>;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** @throws InvalidError `table_too_large` or `upload_malformed` */
export async function readUpload(request: Request, most = MAX_UPLOAD_BYTES): Promise<Upload> {
	const tooLarge = () => new InvalidError('table_too_large', { megabytes: Math.floor(most / 1e6) });
	if (request.headers.get('content-type') !== UPLOAD_MEDIA_TYPE)
		throw new InvalidError('upload_malformed');
	const announced = Number(request.headers.get('content-length') ?? NaN);
	if (announced > most) throw tooLarge();
	// Grows as bytes come: what is announced is not believed before it is here.
	let body = new Uint8Array(
		Math.min(Number.isFinite(announced) ? announced : 0, 1 << 20) || 65_536
	);
	let length = 0;
	for await (const chunk of request.body ?? []) {
		const part = chunk as Uint8Array;
		if (length + part.length > most) throw tooLarge();
		if (length + part.length > body.length) {
			const wider = new Uint8Array(Math.min(most, Math.max(body.length * 2, length + part.length)));
			wider.set(body.subarray(0, length));
			body = wider;
		}
		body.set(part, length);
		length += part.length;
	}
	if (length < 4) throw new InvalidError('upload_malformed');
	const json = new DataView(body.buffer).getUint32(0, true);
	if (json > MAX_DESCRIPTION_BYTES || 4 + json > length) throw new InvalidError('upload_malformed');
	let description: unknown;
	try {
		description = JSON.parse(
			new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(4, 4 + json))
		);
	} catch {
		throw new InvalidError('upload_malformed');
	}
	if (typeof description !== 'object' || description === null || Array.isArray(description))
		throw new InvalidError('upload_malformed');
	return {
		description: description as Record<string, unknown>,
		bytes: body.subarray(4 + json, length)
	};
}
