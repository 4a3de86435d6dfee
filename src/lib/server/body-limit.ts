/**
 * How much a request may carry. Kit knows one limit for all (src/server.ts sets it to the widest); here each address
 * has its own, so that a form cannot be used to fill the memory.
 */
import { REPORT_LIMITS } from '../core/report/report.ts';
import { MAX_UPLOAD_BYTES } from './datasets/upload.ts';

/** Kit's own limit, in bytes: above what `readUpload` refuses in words. */
export const MAX_BODY_BYTES = MAX_UPLOAD_BYTES + 10_000_000;
/** Forms, and what scripts send as JSON. */
const ORDINARY = 512 * 1024;
const WIDER: readonly (readonly [path: RegExp, bytes: number])[] = [
	[/^\/api\/datasets(\/[^/]+\/versions)?$/, MAX_BODY_BYTES],
	[/^\/api\/pools\/[^/]+\/parts$/, MAX_BODY_BYTES],
	// Up to four bytes a character.
	[/^\/api\/notebooks\/[^/]+\/report$/, 4 * REPORT_LIMITS.jsonChars]
];

/** The refusal of a body that announces too much for its address, or that does not say how long it is; else null. */
export function refuseLargeBody(request: Request, path: string): Response | null {
	const wider = WIDER.find(([pattern]) => pattern.test(path));
	const announced = request.headers.get('content-length');
	if (announced === null) {
		const unannounced = request.headers.has('transfer-encoding') && !wider;
		return unannounced ? new Response('Length Required', { status: 411 }) : null;
	}
	return Number(announced) > (wider?.[1] ?? ORDINARY)
		? new Response('Payload Too Large', { status: 413 })
		: null;
}
