import { json } from '@sveltejs/kit';
import { answers } from '$lib/server/db/database';
import { version } from '../../../package.json';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => {
	const well = answers(locals.app.db);
	return json(
		{ status: well ? 'ok' : 'failing', version, database: well ? 'ok' : 'failing' },
		{ status: well ? 200 : 503 }
	);
};
