/** Asks the server for JSON, and makes of its refusal the error that it was. */
import { AppError, InvalidError } from '../core/errors.ts';

/**
 * @param path in the site, parameters encoded
 * @throws AppError with the server's code, `offline` (also when the answer is cut on its way), or `unexpected`; InvalidError where a field is to mend
 */
export async function askJson<T>(
	path: string,
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'GET',
	body?: unknown
): Promise<T> {
	let answer: Response;
	let text: string;
	try {
		answer = await fetch(path, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
		});
		text = await answer.text();
	} catch {
		throw new AppError('offline');
	}
	const said = parsed(text);
	if (answer.ok) {
		if (said === undefined) throw new AppError('unexpected');
		return said as T;
	}
	const refusal = (said ?? {}) as {
		code?: unknown;
		details?: Record<string, string | number>;
		field?: unknown;
	};
	const code = typeof refusal.code === 'string' ? refusal.code : 'unexpected';
	if (typeof refusal.field === 'string')
		throw new InvalidError(code, refusal.details, refusal.field);
	throw new AppError(code, refusal.details);
}

/** undefined for what is no JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
