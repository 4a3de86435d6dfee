/** A part of a pool is a table as a dataset is: the server takes one of the same size. */
import { expect, it } from 'vitest';
import { refuseLargeBody } from '$lib/server/body-limit';

it('a part of a few megabytes is let in, as a dataset of that size is', () => {
	const asked = (path: string) =>
		refuseLargeBody(
			new Request(`http://127.0.0.1${path}`, {
				method: 'POST',
				headers: { 'content-length': '5000000' }
			}),
			path
		)?.status ?? 200;
	expect(asked('/api/datasets')).toBe(200);
	expect(asked('/api/pools/abc/parts')).toBe(200);
});
