import { framePage } from '$lib/server/sandbox/frame-page';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request }) => framePage(request);
