/**
 * Between a route and a capability: who asks, and what a refusal becomes. Routes stay thin by calling these.
 */
import { error, fail, type ActionFailure } from '@sveltejs/kit';
import { AppError, ForbiddenError, InvalidError, statusOf, StoreFullError } from '../core/errors.ts';
import type { Actor, App } from './app.ts';
import { storeFails } from './db/database.ts';
import { logError } from './log.ts';

/** What a person is told of it. Throws again what is nobody's refusal. */
function refusalOf(thrown: unknown): AppError {
	if (thrown instanceof AppError) return thrown;
	if (!storeFails(thrown)) throw thrown;
	logError('nothing could be written:', thrown);
	return new StoreFullError();
}

interface Locals {
	readonly app: App;
	readonly actor: Actor | null;
}

/** The person who asks, or an error that the error page answers with « connectez-vous ». */
export function requireActor(locals: Locals): Actor {
	if (locals.actor) return locals.actor;
	throw new ForbiddenError('sign_in_required');
}

/** Runs a load or an endpoint; a refusal becomes Kit's HTTP error, with its code. */
export async function answering<T>(work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		const cause = refusalOf(thrown);
		const status = cause.code === 'sign_in_required' ? 401 : statusOf(cause).http;
		error(status, { message: cause.code, code: cause.code, details: { ...cause.details } });
	}
}

export interface FormRefusal {
	code: string;
	details: Record<string, string | number>;
	/** Name of the form field to mend, if one is at fault. */
	field: string | undefined;
}

/** Runs a form action; a refusal is handed back to the form, which keeps what the person typed. */
export async function submitting<T>(
	work: () => T | Promise<T>
): Promise<T | ActionFailure<{ refusal: FormRefusal }>> {
	try {
		return await work();
	} catch (thrown) {
		const cause = refusalOf(thrown);
		return fail(statusOf(cause).http, {
			refusal: {
				code: cause.code,
				details: { ...cause.details },
				field: cause instanceof InvalidError ? cause.field : undefined
			}
		});
	}
}

/**
 * The object that a script sent as JSON. The media type is asked for because a page of another site can send any
 * other without the browser asking us first.
 * @throws InvalidError `request_malformed`
 */
export async function jsonBody(
	request: Request,
	maxChars = 100_000
): Promise<Readonly<Record<string, unknown>>> {
	const type = request.headers.get('content-type')?.split(';')[0]?.trim();
	const announced = Number(request.headers.get('content-length') ?? 0);
	if (type === 'application/json' && announced <= 4 * maxChars) {
		const text = await request.text();
		try {
			const body: unknown = text.length > maxChars ? null : JSON.parse(text);
			if (typeof body === 'object' && body !== null && !Array.isArray(body))
				return body as Record<string, unknown>;
		} catch {
			// Answered below, like any other body that is no object.
		}
	}
	throw new InvalidError('request_malformed');
}

/** Runs an endpoint that a script calls: a refusal becomes JSON `{ code, details, field }` with its status. */
export async function answeringJson(work: () => unknown): Promise<Response> {
	try {
		return Response.json(await work(), { headers: { 'cache-control': 'private, no-store' } });
	} catch (thrown) {
		const cause = refusalOf(thrown);
		const status = cause.code === 'sign_in_required' ? 401 : statusOf(cause).http;
		const field = cause instanceof InvalidError ? cause.field : undefined;
		return Response.json({ code: cause.code, details: cause.details, field }, { status });
	}
}
