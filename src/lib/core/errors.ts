/**
 * The one error type that crosses rooms. A `code` names what went wrong; the sentence a person reads is
 * the message `error_<code>` of src/messages/errors.*.json, in French and in English, and says what to do next.
 * `details` fills the message's parameters; it never carries a secret or another person's data.
 */
export class AppError extends Error {
	override readonly name: string = 'AppError';
	readonly code: string;
	readonly details: Readonly<Record<string, string | number>>;
	constructor(code: string, details: Record<string, string | number> = {}) {
		super(code);
		this.code = code;
		this.details = details;
	}
}

/** Missing, or not for this person: the two answer alike, so that an id tells nothing. */
export class NotFoundError extends AppError {
	override readonly name = 'NotFoundError';
	constructor(code = 'not_found') {
		super(code);
	}
}

/** It was there, for this person too, and is no longer: told apart from `NotFoundError` to those who could read it. */
export class GoneError extends AppError {
	override readonly name = 'GoneError';
}

/** The person is known and may see the thing, but may not do this to it. */
export class ForbiddenError extends AppError {
	override readonly name = 'ForbiddenError';
	constructor(code = 'forbidden', details: Record<string, string | number> = {}) {
		super(code, details);
	}
}

/** What was sent cannot be taken as it is; `field` (if any) names the form field to mend. */
export class InvalidError extends AppError {
	override readonly name = 'InvalidError';
	readonly field: string | undefined;
	constructor(code: string, details: Record<string, string | number> = {}, field?: string) {
		super(code, details);
		this.field = field;
	}
}

/** Too many tries; `retryAfter` in seconds. */
export class ThrottledError extends AppError {
	override readonly name = 'ThrottledError';
	readonly retryAfter: number;
	constructor(retryAfter: number) {
		super('throttled', { seconds: Math.ceil(retryAfter) });
		this.retryAfter = retryAfter;
	}
}

/** Too much of it is under way already: the same thing is let through once some of it is over. */
export class BusyError extends AppError {
	override readonly name = 'BusyError';
}

/** Nothing can be written now, whoever asks: the disk is full or broken. Reading goes on. */
export class StoreFullError extends AppError {
	override readonly name = 'StoreFullError';
	constructor() {
		super('store_full');
	}
}

/** HTTP status and WebSocket close code for each error; the only place that maps them. */
export function statusOf(error: unknown): { http: number; close: number } {
	if (error instanceof NotFoundError) return { http: 404, close: 4404 };
	if (error instanceof GoneError) return { http: 410, close: 4410 };
	if (error instanceof ForbiddenError) return { http: 403, close: 4403 };
	if (error instanceof InvalidError) return { http: 400, close: 4400 };
	if (error instanceof ThrottledError || error instanceof BusyError)
		return { http: 429, close: 4429 };
	if (error instanceof StoreFullError) return { http: 507, close: 4507 };
	if (error instanceof AppError) return { http: 409, close: 4409 };
	return { http: 500, close: 1011 };
}
