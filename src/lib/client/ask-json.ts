/** Asks the server for JSON, and makes of its refusal the error that it was. */
import { AppError, InvalidError } from '../core/errors.ts';

/**
 * @param path in the site, parameters encoded
 * @throws AppError with the server's code, or `offline`; InvalidError where a field is to mend
 */
export async function askJson<T>(
	path: string,
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET',
	body?: unknown
): Promise<T> {
	let answer: Response;
	try {
		answer = await fetch(path, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
		});
	} catch {
		throw new AppError('offline');
	}
	if (answer.ok) return (await answer.json()) as T;
	const refusal = (await answer.json().catch(() => ({}))) as {
		code?: unknown;
		details?: Record<string, string | number>;
		field?: unknown;
	};
	const code = typeof refusal.code === 'string' ? refusal.code : 'unexpected';
	if (typeof refusal.field === 'string')
		throw new InvalidError(code, refusal.details, refusal.field);
	throw new AppError(code, refusal.details);
}
