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

export interface UploadReading {
	/** Bytes that the body may have. */
	readonly most?: number;
	/** Called with the description once it is here, before the rest is read: throws to refuse it. */
	readonly allow?: ((description: Upload['description']) => void) | undefined;
	/** Called with how many bytes are to be held, before they are allocated: throws to refuse them. */
	readonly hold?: (bytes: number) => void;
}

/**
 * Where it throws, the rest of the body is left to the caller, unread and unlocked.
 * @throws InvalidError `table_too_large` or `upload_malformed`; what `allow` and `hold` throw
 */
export async function readUpload(
	request: Request,
	{ most = MAX_UPLOAD_BYTES, allow, hold }: UploadReading = {}
): Promise<Upload> {
	const tooLarge = () => new InvalidError('table_too_large', { megabytes: Math.floor(most / 1e6) });
	if (request.headers.get('content-type') !== UPLOAD_MEDIA_TYPE)
		throw new InvalidError('upload_malformed');
	const announced = Number(request.headers.get('content-length') ?? NaN);
	if (announced > most) throw tooLarge();
	// Grows as bytes come: what is announced is not believed before it is here.
	const first = Math.min(Number.isFinite(announced) ? announced : 0, 1 << 20) || 65_536;
	hold?.(first);
	let body = new Uint8Array(first);
	let length = 0;
	let description: Upload['description'] | null = null;
	const reader = request.body?.getReader();
	try {
		for (;;) {
			const { done, value: part } = (await reader?.read()) ?? { done: true };
			if (done || !part) break;
			if (length + part.length > most) throw tooLarge();
			if (length + part.length > body.length) {
				const size = Math.min(most, Math.max(body.length * 2, length + part.length));
				// The narrower one is there until it is copied.
				hold?.(body.length + size);
				const wider = new Uint8Array(size);
				wider.set(body.subarray(0, length));
				body = wider;
				hold?.(size);
			}
			body.set(part, length);
			length += part.length;
			if (description === null) {
				description = descriptionIn(body.subarray(0, length));
				if (description) allow?.(description);
			}
		}
	} finally {
		reader?.releaseLock();
	}
	if (description === null) throw new InvalidError('upload_malformed');
	return { description, bytes: body.subarray(4 + descriptionLength(body), length) };
}

/** Of at least four bytes. @throws InvalidError `upload_malformed` */
function descriptionLength(body: Uint8Array): number {
	const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
	if (length > MAX_DESCRIPTION_BYTES) throw new InvalidError('upload_malformed');
	return length;
}

/** The description at the head of a body, of which more may come; null until it is whole. */
function descriptionIn(body: Uint8Array): Upload['description'] | null {
	if (body.length < 4) return null;
	const length = descriptionLength(body);
	if (4 + length > body.length) return null;
	let description: unknown;
	try {
		description = JSON.parse(
			new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(4, 4 + length))
		);
	} catch {
		throw new InvalidError('upload_malformed');
	}
	if (typeof description !== 'object' || description === null || Array.isArray(description))
		throw new InvalidError('upload_malformed');
	return description as Record<string, unknown>;
}
