/** What a worker loads only when it is needed: the network may be gone by then. */
import { AppError } from '../core/errors.ts';

/** @throws AppError `offline` when it could not be loaded */
export async function loaded<T>(loading: Promise<T>): Promise<T> {
	try {
		return await loading;
	} catch {
		throw new AppError('offline');
	}
}
